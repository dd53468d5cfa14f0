// Keeps what was typed in a form when the connection is lost, and offers to send it again.
// Forms with `data-connection` are sent by htmx; their idempotency key makes a second sending safe.
"use strict";
(() => {
  const PREFIX = "portaria:form:";
  const account = () => document.body.dataset.account;
  const name = (form) => PREFIX + location.pathname + "#" + form.id;
  const guarded = (element) => (element instanceof HTMLFormElement && element.matches("[data-connection]") ? element : null);
  const secret = (control) => control.type === "password" || control.type === "file" || control.name === "csrfmiddlewaretoken";

  // Storage may be forbidden by the browser; the form then simply is not kept.
  const store = (act) => { try { return act(sessionStorage); } catch { return null; } };
  const forget = (form) => store((kept) => kept.removeItem(name(form)));
  const forgetAll = () => store((kept) => {
    for (const key of Object.keys(kept)) if (key.startsWith(PREFIX)) kept.removeItem(key);
  });

  const typed = (form) => {
    const entries = [];
    for (const control of form.elements) {
      if (!control.name || control.disabled || secret(control) || control.type === "submit" || control.type === "button") continue;
      if ((control.type === "checkbox" || control.type === "radio") && !control.checked) continue;
      if (control.type === "select-multiple") for (const one of control.selectedOptions) entries.push([control.name, one.value]);
      else entries.push([control.name, control.value]);
    }
    for (const item of form.querySelectorAll("[data-option]")) {
      entries.push(["title of " + item.dataset.value, item.querySelector("[data-title]").textContent]);
    }
    return entries;
  };

  const keep = (form) => store((kept) => kept.setItem(name(form), JSON.stringify({ account: account(), entries: typed(form) })));

  const fill = (form, entries) => {
    const values = new Map();
    for (const [field, value] of entries) values.set(field, [...(values.get(field) || []), value]);
    for (const control of form.elements) {
      if (!control.name || secret(control) || control.closest("[data-option]") || control.tagName === "BUTTON") continue;
      const given = values.get(control.name) || [];
      if (control.type === "checkbox" || control.type === "radio") control.checked = given.includes(control.value);
      else if (control.type === "select-multiple") for (const one of control.options) one.selected = given.includes(one.value);
      else if (given.length) control.value = given.shift();
    }
    form.dispatchEvent(new CustomEvent("portaria:restored", { bubbles: true, detail: entries }));
  };

  const clear = (form) => form.querySelector(":scope > .connection")?.remove();

  const say = (form, when) => {
    clear(form);
    const notice = document.getElementById("connection-words").content.firstElementChild.cloneNode(true);
    for (const words of notice.querySelectorAll("[data-when]")) if (words.dataset.when !== when) words.remove();
    if (when === "kept") notice.setAttribute("role", "status");
    notice.querySelector("[data-send]").addEventListener("click", () => {
      form.requestSubmit(form.contains(form.portariaSubmitter ?? null) ? form.portariaSubmitter : null);
    });
    notice.querySelector("[data-discard]").addEventListener("click", () => { forget(form); location.reload(); });
    form.prepend(notice);
    if (when !== "kept") notice.focus();
  };

  const restore = () => {
    for (const form of document.querySelectorAll("form[data-connection]")) {
      const kept = JSON.parse(store((all) => all.getItem(name(form))) || "null");
      if (!kept) continue;
      if (kept.account !== account()) { forget(form); continue; }
      fill(form, kept.entries);
      say(form, "kept");
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-forget]")) forgetAll();
    if (guarded(form)) form.portariaSubmitter = event.submitter;
  }, true);
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = guarded(event.detail.elt);
    if (form) { clear(form); keep(form); }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = guarded(event.detail.requestConfig?.elt);
    if (!form) return;
    const { status, responseText } = event.detail.xhr;
    if (status >= 500) { event.detail.shouldSwap = false; say(form, "failed"); return; }
    // A page to sign in again, or a refusal without the form: it has not arrived and stays kept. A refusal that
    // brings the form back carries what was typed; the copy would undo what is changed in it from now on.
    const answered = /<body[^>]*data-account="([^"]*)"/.exec(responseText);
    const own = !answered || answered[1] === account();
    if (own && (status < 400 || responseText.includes(`id="${form.id}"`))) forget(form);
  });
  for (const lost of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(lost, (event) => {
      const form = guarded(event.detail.elt);
      if (form) say(form, "lost");
    });
  }
  restore();
})();
