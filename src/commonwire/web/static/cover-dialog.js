// Asks which parts of a picture to cover, before it leaves the device.

import { Boxes } from "./boxes.js";
import { findFaces } from "./find-faces.js";
import { button, tools } from "./tools.js";

const SHOWN = 1600;

// The boxes, or null where the picture is to be left out.
export function askBoxes(picture, name, words) {
  const canvas = shrunk(picture);
  const boxes = new Boxes(canvas, words);
  const finding = button(words.find, async () => {
    finding.disabled = true;
    said.textContent = words.finding;
    try {
      const faces = await findFaces(canvas, words.finder);
      boxes.offer(faces);
      const count = faces.length;
      said.textContent = count ? words.found.replace("{count}", count) : words.foundNone;
    } catch {
      said.textContent = words.notFound;
    }
  });
  const said = paragraph("");
  said.role = "status";
  const content = [paragraph(words.how), boxes.stage, tools(boxes, finding), said];
  return ask(words.title.replace("{name}", name), words.done, content, words).then((done) =>
    done ? boxes.all : null,
  );
}

// A film, or what the browser cannot open: whether it may go as it is.
export function askUncovered(name, words) {
  const title = words.unreadable.replace("{name}", name);
  return ask(title, words.sendUncovered, [paragraph(words.unreadableHelp)], words);
}

function ask(title, yes, content, words) {
  const dialog = document.createElement("dialog");
  dialog.className = "covering";
  const heading = document.createElement("h2");
  heading.textContent = title;
  heading.id = "covering-title";
  dialog.setAttribute("aria-labelledby", heading.id);
  const done = button(yes, () => dialog.close("done"));
  done.className = "main";
  const out = button(words.leaveOut, () => dialog.close());
  const row = document.createElement("p");
  row.className = "buttons";
  row.append(done, out);
  dialog.append(heading, ...content, row);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "done");
    });
  });
}

function paragraph(words) {
  const made = document.createElement("p");
  made.textContent = words;
  return made;
}

function shrunk(picture) {
  const part = Math.min(1, SHOWN / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * part));
  canvas.height = Math.max(1, Math.round(picture.height * part));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}
