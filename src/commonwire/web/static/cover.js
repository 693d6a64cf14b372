// Boxes drawn on the picture itself. Without this script the page's numbered faces and
// squares are ticked, and the server draws.

import { Boxes } from "./boxes.js";
import { tools } from "./tools.js";

const sheet = document.getElementById("cover");
const plain = sheet.querySelectorAll(".without-script");
const picture = new Image();
picture.alt = sheet.dataset.alt;
picture.addEventListener("load", begin);
picture.src = sheet.dataset.image;

function begin() {
  const boxes = new Boxes(picture, document.getElementById("covering").dataset);
  const place = sheet.querySelector(".with-script");
  // What is covered already comes first, so that nothing else is said before.
  boxes.offer(boxesIn("[data-face]").map(({ face, ...box }) => ({ ...box, number: face })));
  boxesIn("[name=box]").forEach((box) => boxes.put(box));
  place.prepend(boxes.stage, tools(boxes));
  place.hidden = false;
  restyle(boxes);
  sheet.addEventListener("change", () => restyle(boxes));
  // Undoing is heard all over the page, on which nothing is typed.
  document.addEventListener("keydown", (event) => event.defaultPrevented || boxes.key(event));
  for (const part of plain) {
    part.hidden = part.disabled = true;
  }
  sheet.addEventListener("formdata", ({ formData }) => {
    boxes.all.forEach((box) => formData.append("box", outward(box)));
  });
}

// A box over a found face knows which, so that a tap gives the face back.
function boxesIn(which) {
  return [...sheet.querySelectorAll(`input${which}`)].map((input) => {
    const [left, top, width, height] = input.dataset.box.split(",").map((side) => side / 100);
    return { left, top, width, height, face: Number(input.dataset.face) || undefined };
  });
}

function restyle(boxes) {
  boxes.style = sheet.querySelector("[name=style]:checked").value;
  boxes.draw();
}

// In hundredths of a percent, and never less than was drawn. What is less than NOTHING
// comes of adding, and would let a box grow with each time it is sent.
const NOTHING = 1e-6;
function outward({ left, top, width, height }) {
  const [x, y] = [left, top].map((side) => Math.floor(side * 10_000 + NOTHING));
  const right = Math.min(10_000, Math.ceil((left + width) * 10_000 - NOTHING));
  const bottom = Math.min(10_000, Math.ceil((top + height) * 10_000 - NOTHING));
  return [x, y, right - x, bottom - y].map((side) => (side / 100).toFixed(2)).join(",");
}
