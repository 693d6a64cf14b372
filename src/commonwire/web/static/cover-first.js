// Two choices beside every file field: cover before sending, send small. What is chosen
// then goes through `prepare`, and nothing of it can be sent before that is done.

import { canvasWorks, prepare } from "./pictures.js";

const words = document.getElementById("covering")?.dataset;

for (const choices of document.querySelectorAll(".first")) {
  choices.hidden = false;
}

// By delegation, since addenda come with fields of their own.
document.addEventListener("change", async ({ target }) => {
  const choices = target.closest?.(".first");
  if (!choices || !target.checked) {
    return;
  }
  if (!(await canvasWorks())) {
    target.checked = false;
    choices.querySelectorAll("label").forEach((label) => (label.hidden = true));
    say(choices, words.blocked);
    return;
  }
  const input = choices.parentElement.querySelector("[type=file]");
  if (input.files.length) {
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

// Replaces the files of a field by what may be sent.
export async function ready(input) {
  const choices = input.parentElement.querySelector(".first");
  const cover = choices?.querySelector("[data-cover]").checked;
  const small = choices?.querySelector("[data-small]").checked;
  if (!cover && !small) {
    return;
  }
  const files = [...input.files];
  const left = [];
  const sent = new DataTransfer();
  input.value = "";
  say(choices, words.making);
  for (const file of files) {
    const made = await prepare(file, { cover, small }, words).catch(() => null);
    made ? sent.items.add(made) : left.push(file.name);
  }
  input.files = sent.files;
  say(choices, left.length ? words.leftOut.replace("{names}", left.join(", ")) : "");
}

function say(choices, text) {
  choices.querySelector("[role=status]").textContent = text;
}
