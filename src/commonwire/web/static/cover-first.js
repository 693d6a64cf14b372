// Two choices beside every file field: cover before sending, send small. A picture that
// is chosen then goes through `prepare`, and nothing of it is sent before that is done.

import { canvasWorks } from "./canvas-test.js";
import { prepare } from "./pictures.js";

const words = document.getElementById("covering")?.dataset;
// One dialog at a time.
let last = Promise.resolve();

for (const choices of document.querySelectorAll(".first")) {
  choices.hidden = false;
}

// By delegation, since addenda come with fields of their own.
document.addEventListener("change", async ({ target }) => {
  const choices = target.closest?.(".first");
  if (!choices || !target.checked || (await canvasWorks())) {
    return;
  }
  target.checked = false;
  choices.querySelectorAll("label").forEach((label) => (label.hidden = true));
  say(choices, words.blocked);
});

function beside(input) {
  return input.closest(".upload").querySelector(".first");
}

// What is ticked beside this field.
export function chosen(input) {
  const isTicked = (what) => beside(input)?.querySelector(what).checked ?? false;
  return { cover: isTicked("[data-cover]"), small: isTicked("[data-small]") };
}

// What may be sent of a file chosen in this field; null when it is to be left out.
export function prepared(file, { cover, small }, input) {
  if (!cover && !small) {
    return file;
  }
  const choices = beside(input);
  last = last.then(async () => {
    say(choices, words.making);
    const made = await prepare(file, { cover, small }, words).catch(() => null);
    say(choices, made ? "" : words.leftOut.replace("{names}", file.name));
    return made;
  });
  return last;
}

function say(choices, text) {
  choices.querySelector("[role=status]").textContent = text;
}
