// Small courtesies of every page; nothing depends on them.
"use strict";
(() => {
  // What asks for attention takes focus: the list of errors of a form, or the title of a page that was swapped in.
  const attend = (root, swapped) => {
    const wanted = root.querySelector("[data-focus]") || (swapped && root.querySelector("#page-title"));
    if (wanted) wanted.focus();
  };

  // Radio groups that are wrong: the fieldset is the target of a link; focus goes on to its first control.
  const follow = (event) => {
    const link = event.target.closest(".error-summary a");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    const control = field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea");
    if (!control) return;
    event.preventDefault();
    control.focus();
  };

  const close = (keep) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== keep) menu.open = false;
  };

  document.addEventListener("click", (event) => {
    close(event.target.closest("details.menu"));
    follow(event);
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const config = event.detail.requestConfig;
    if (config && config.boosted) attend(document, true);
  });
  attend(document, false);
})();
