// Says on each programme that was found whether it stands in the form.
"use strict";
(() => {
  const mark = () => {
    const chosen = new Set([...document.querySelectorAll('#application input[name="options"]')].map((input) => input.value));
    for (const button of document.querySelectorAll("[data-add]")) {
      const there = chosen.has(button.dataset.value);
      for (const words of button.querySelectorAll("[data-there]")) words.hidden = !there;
      for (const words of button.querySelectorAll("[data-not-there]")) words.hidden = there;
    }
  };
  document.addEventListener("change", mark);
  document.addEventListener("portaria:restored", mark);
  document.addEventListener("htmx:afterSettle", mark);
  mark();
})();
