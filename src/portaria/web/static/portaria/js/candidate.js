// Says on each programme that was found whether it stands in the form, and aloud how many were found and what the form gives.
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
  // A live region has to be there before its words: what is replaced has but one short sentence said.
  const SAID = { found: ".found-count", preview: ".preview-said" };
  const say = (event) => {
    const words = event.target.id in SAID && event.target.querySelector(SAID[event.target.id]);
    if (words) document.getElementById(`${event.target.id}-said`).textContent = words.textContent;
  };
  document.addEventListener("htmx:afterSettle", say);
  document.addEventListener("change", mark);
  document.addEventListener("portaria:restored", mark);
  document.addEventListener("htmx:afterSettle", mark);
  mark();
})();
