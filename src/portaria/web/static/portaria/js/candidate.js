// Says on each programme that was found whether it stands in the form, and aloud how many were found.
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
  // A live region has to be there before its words: the list of programmes is replaced with its own.
  const say = (event) => {
    const count = event.target.id === "found" && event.target.querySelector(".found-count");
    if (count) document.getElementById("found-said").textContent = count.textContent;
  };
  document.addEventListener("htmx:afterSettle", say);
  document.addEventListener("change", mark);
  document.addEventListener("portaria:restored", mark);
  document.addEventListener("htmx:afterSettle", mark);
  mark();
})();
