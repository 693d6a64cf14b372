// Boxes over a picture, which say what to cover. `drag.js` draws and pulls them; the
// keyboard moves them here. Sides are parts of the picture's width and height.

import { fill } from "./fill.js";

const STEP = 0.01;
const LEAST = 0.01;
const REMEMBERED = 200;
const ARROWS = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

export class Boxes extends EventTarget {
  all = [];
  style = "solid";
  #past = [];
  #faces = [];
  #elements = new Map();
  #numbers = 0;

  constructor(picture, words) {
    super();
    this.picture = picture;
    this.words = words;
    this.stage = document.createElement("div");
    this.stage.className = "stage";
    this.stage.append(picture);
    this.stage.addEventListener("keydown", (event) => this.key(event));
    this.stage.addEventListener("focusin", () => this.#tell());
  }

  // Outlines that a tap covers; nothing is covered by finding it.
  offer(faces) {
    for (const face of faces) {
      const button = this.#button("face");
      button.addEventListener("click", () => this.#coverFace(face));
      this.#faces.push({ ...face, button });
    }
    this.draw();
  }

  get selected() {
    const focused = this.stage.querySelector(".box:focus") ?? this.stage.querySelector(".box.last");
    return this.all.find((box) => this.#elements.get(box.id) === focused);
  }

  element(box) {
    return this.#elements.get(box.id);
  }

  boxOf(element) {
    return this.all.find((box) => this.#elements.get(box.id) === element);
  }

  remember() {
    this.#past.push(this.all.map((box) => ({ ...box })));
    this.#past.splice(0, this.#past.length - REMEMBERED);
  }

  undo() {
    const focused = this.boxOf(document.activeElement);
    this.all = this.#past.pop() ?? this.all;
    this.draw();
    if (focused && !this.element(focused)) {
      this.#refocus(focused);
    }
  }

  put(box) {
    const added = { ...box, id: (this.#numbers += 1) };
    this.all.push(added);
    this.draw();
    return added;
  }

  add(box) {
    this.remember();
    const added = this.put(box);
    this.element(added).focus();
  }

  change(box, sides) {
    const width = Math.min(1, Math.max(LEAST, sides.width));
    const height = Math.min(1, Math.max(LEAST, sides.height));
    const left = Math.min(1 - width, Math.max(0, sides.left));
    const top = Math.min(1 - height, Math.max(0, sides.top));
    Object.assign(box, { left, top, width, height });
    this.draw();
  }

  remove(box) {
    this.remember();
    this.all = this.all.filter((other) => other !== box);
    this.draw();
    this.#refocus(box);
  }

  // From a box that is gone: to the face it covered, to another, or to where one is added.
  #refocus(box) {
    const face = this.#faces.find((each) => each.number === box.face);
    const next = face?.button ?? this.stage.querySelector(".box");
    const other = next ?? this.stage.querySelector(".face:not([hidden])");
    (other ?? document.querySelector(".tools [data-add]"))?.focus();
  }

  draw() {
    for (const [id, element] of this.#elements) {
      if (!this.all.some((box) => box.id === id)) {
        element.remove();
        this.#elements.delete(id);
      }
    }
    for (const face of this.#faces) {
      face.button.hidden = this.all.some((box) => box.face === face.number);
      face.button.ariaLabel = this.words.face.replace("{number}", face.number);
      lay(face.button, face);
    }
    for (const [index, box] of this.all.entries()) {
      const element = this.#elements.get(box.id) ?? this.#made(box);
      element.ariaLabel = this.#name(box, index + 1);
      lay(element, box);
      fill(element.firstChild, this.picture, box, this.style);
    }
    this.stage.dataset.style = this.style;
    this.#tell();
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  // Of the stage, and of the tools below it.
  key(event) {
    const box = this.boxOf(event.target);
    if (event.key === "z" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.undo();
    } else if (box && ["Delete", "Backspace"].includes(event.key)) {
      event.preventDefault();
      this.remove(box);
    } else if (box && ARROWS[event.key]) {
      event.preventDefault();
      this.#move(box, ...ARROWS[event.key], event.shiftKey);
    }
  }

  #made(box) {
    const element = this.#button("box");
    element.append(document.createElement("canvas"));
    element.addEventListener("focus", () => this.#mark(element));
    // What came from a face goes again by the tap that covered it.
    element.addEventListener("click", () => {
      const now = this.boxOf(element);
      if (now?.face) {
        this.remove(now);
      }
    });
    this.#elements.set(box.id, element);
    return element;
  }

  #button(kind) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = kind;
    this.stage.append(button);
    return button;
  }

  #mark(element) {
    this.stage.querySelectorAll(".last").forEach((old) => old.classList.remove("last"));
    element.classList.add("last");
  }

  #coverFace({ number, left, top, width, height }) {
    this.add({ left, top, width, height, face: number });
  }

  #name(box, number) {
    return ["left", "top", "width", "height"].reduce(
      (words, side) => words.replace(`{${side}}`, Math.round(100 * box[side])),
      this.words.box.replace("{number}", number),
    );
  }

  #move(box, x, y, sizing) {
    this.remember();
    const { left, top, width, height } = box;
    const moved = { left: left + x, top: top + y, width, height };
    this.change(box, sizing ? { left, top, width: width + x, height: height + y } : moved);
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

function lay(element, box) {
  for (const [side, name] of [
    ["left", "left"],
    ["top", "top"],
    ["width", "width"],
    ["height", "height"],
  ]) {
    element.style[name] = `${100 * box[side]}%`;
  }
}
