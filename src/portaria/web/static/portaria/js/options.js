// The list of options: buttons act at once, items can be dragged, changes are said aloud.
// Without this script the same buttons submit the form.
"use strict";
(() => {
  const items = (root) => [...root.querySelectorAll("[data-option]")];
  const title = (item) => item.querySelector("[data-title]").textContent.trim();
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const renumber = (root) => {
    const all = items(root);
    all.forEach((item, index) => {
      item.querySelector("[data-number]").textContent = index + 1;
      item.querySelector('[data-move="up"]').disabled = index === 0;
      item.querySelector('[data-move="down"]').disabled = index === all.length - 1;
    });
    const count = root.querySelector("[data-count]");
    count.textContent = fill(count.dataset.countText, { count: all.length, limit: count.dataset.limit });
    root.querySelector("[data-empty]").hidden = all.length > 0;
  };

  const tell = (root, text) => { root.querySelector("[data-say]").textContent = text; };

  const changed = (root, text) => {
    renumber(root);
    tell(root, text);
    root.querySelector(".options-list").dispatchEvent(new Event("change", { bubbles: true }));
  };

  const moved = (root, item) => {
    const all = items(root);
    changed(root, fill(root.dataset.moved, { title: title(item), position: all.indexOf(item) + 1, total: all.length }));
  };

  const remove = (root, item) => {
    const near = item.nextElementSibling || item.previousElementSibling;
    const text = fill(root.dataset.removed, { title: title(item) });
    item.remove();
    changed(root, text);
    const next = near ? near.querySelector('[data-move="remove"]') : root.querySelector("[data-empty]");
    if (!near) next.tabIndex = -1;
    next.focus();
  };

  const act = (event) => {
    const button = event.target.closest("[data-options] [data-move]");
    if (!button) return;
    event.preventDefault();
    const root = button.closest("[data-options]");
    const item = button.closest("[data-option]");
    if (button.dataset.move === "remove") return remove(root, item);
    if (button.dataset.move === "up") item.previousElementSibling?.before(item);
    else item.nextElementSibling?.after(item);
    moved(root, item);
    // At the end of its way a button is disabled: focus goes to the one that leads back.
    if (button.disabled) item.querySelector(`[data-move]:not(:disabled)`).focus();
    else button.focus();
  };

  const drawn = (root, values) => {
    const item = root.querySelector("template").content.firstElementChild.cloneNode(true);
    for (const part of [item, ...item.querySelectorAll("*")]) {
      for (const attribute of part.attributes) attribute.value = fill(attribute.value, values);
    }
    item.querySelector("[data-title]").textContent = values.title;
    const note = item.querySelector("[data-note]");
    if (values.note) note.textContent = values.note; else note.remove();
    return item;
  };

  const add = (event) => {
    const button = event.target.closest("[data-add]");
    const root = button && document.getElementById(button.dataset.add);
    if (!root) return;
    event.preventDefault();
    const all = items(root);
    const limit = Number(root.querySelector("[data-count]").dataset.limit);
    const { value, title: name, note } = button.dataset;
    const found = all.findIndex((item) => item.dataset.value === value);
    const say = (text, position) => fill(text, { title: name, position, limit });
    if (found >= 0) return tell(root, say(root.dataset.present, found + 1));
    if (all.length >= limit) return tell(root, say(root.dataset.full));
    root.querySelector(".options-list").append(drawn(root, { value, title: name, note }));
    changed(root, say(root.dataset.added, all.length + 1));
  };

  const start = () => {
    for (const root of document.querySelectorAll("[data-options]:not(.options-live)")) {
      root.classList.add("options-live");
      if (!window.Sortable) continue;
      window.Sortable.create(root.querySelector(".options-list"), {
        handle: ".option-handle",
        draggable: "[data-option]",
        animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
        ghostClass: "option-ghost",
        chosenClass: "option-dragged",
        onEnd: (end) => { if (end.oldIndex !== end.newIndex) moved(root, end.item); },
      });
    }
  };

  // A form that was kept comes back in the order in which it was left.
  document.addEventListener("portaria:restored", (event) => {
    for (const root of event.target.querySelectorAll("[data-options]")) {
      const list = root.querySelector(".options-list");
      const name = root.querySelector("template").content.querySelector("input").name;
      const order = event.detail.filter(([field]) => field === name).map(([, value]) => value);
      for (const value of order) {
        const [, title = value] = event.detail.find(([field]) => field === "title of " + value) || [];
        list.append(items(root).find((one) => one.dataset.value === value) || drawn(root, { value, title }));
      }
      for (const item of items(root)) if (!order.includes(item.dataset.value)) item.remove();
      renumber(root);
    }
  });
  document.addEventListener("click", act);
  document.addEventListener("click", add);
  document.addEventListener("htmx:afterSettle", start);
  start();
})();
