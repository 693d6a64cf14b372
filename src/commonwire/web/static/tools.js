// The buttons under a stage of boxes, and a line that says how many are covered.

import { drags } from "./drag.js";

const MIDDLE = { left: 0.4, top: 0.4, width: 0.2, height: 0.2 };

export function tools(boxes, ...more) {
  const { words } = boxes;
  const add = button(words.add, () => boxes.add(MIDDLE));
  add.dataset.add = "";
  const remove = button(words.remove, () => boxes.remove(boxes.selected));
  const undo = button(words.undo, () => boxes.undo());
  // A press must not take the focus from the box that it is about.
  remove.addEventListener("pointerdown", (event) => event.preventDefault());
  const status = document.createElement("p");
  status.role = "status";
  const row = document.createElement("div");
  row.className = "tools";
  row.append(add, remove, undo, ...more, status);
  row.addEventListener("keydown", (event) => boxes.key(event));
  boxes.addEventListener("change", () => {
    remove.disabled = !boxes.selected;
    if (!boxes.canUndo && document.activeElement === undo) {
      add.focus(); // what is disabled loses the focus to nothing
    }
    undo.disabled = !boxes.canUndo;
    const count = boxes.all.length;
    const said = count ? words.covered.replace("{count}", count) : words.none;
    // Said once, not with every step that a box is pulled.
    if (status.textContent !== said) {
      status.textContent = said;
    }
  });
  drags(boxes);
  boxes.draw();
  return row;
}

export function button(words, pressed) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", pressed);
  return made;
}
