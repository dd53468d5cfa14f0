// Time left until a deadline, by the clock of the server; the deadline itself is always in the page.
"use strict";
(() => {
  const unit = (count, name) =>
    new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: name, unitDisplay: "long" }).format(count);

  const left = (milliseconds) => {
    const minutes = Math.floor(milliseconds / 60000);
    const days = Math.floor(minutes / 1440);
    const hours = Math.floor((minutes % 1440) / 60);
    const parts = days ? [[days, "day"], [hours, "hour"]] : [[hours, "hour"], [minutes % 60, "minute"]];
    const written = parts.filter(([count]) => count > 0).map(([count, name]) => unit(count, name));
    const words = written.length ? written : ["< " + unit(1, "minute")];
    return new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(words);
  };

  const draw = () => {
    for (const time of document.querySelectorAll("[data-countdown]")) {
      const note = time.parentElement.querySelector("[data-left]");
      // A page that was swapped in later brings a later clock.
      if (!time.dataset.since) time.dataset.since = performance.now();
      const now = Date.parse(time.dataset.now) + (performance.now() - Number(time.dataset.since));
      const rest = Date.parse(time.dateTime) - now;
      if (Number.isNaN(rest) || !note) continue;
      if (!note.dataset.zone) note.dataset.zone = note.textContent;
      const words = rest > 0 ? `${note.dataset.leftLabel} ${left(rest)}` : note.dataset.closed;
      const text = `${words} · ${note.dataset.zone}`;
      if (note.textContent !== text) note.textContent = text;
    }
  };

  draw();
  setInterval(draw, 15000);
  document.addEventListener("htmx:afterSettle", draw);
})();
