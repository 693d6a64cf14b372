// What people do with a file on its way: add it, pause it, try again, give it up, or
// choose it again after a reload.

import { chosen } from "./cover-first.js";
import { Transfer } from "./transfer.js";
import { both } from "./upload-begin.js";
import { Line } from "./upload-line.js";
import { change, draw, forget, sheet, tell, uploads } from "./upload-list.js";
import { go, next } from "./upload-run.js";

export function add(upload, length) {
  upload.transfer = new Transfer(length, (more) => draw(upload, more));
  upload.line = new Line({ ...upload, length }, sheet.dataset, {
    pause: () => pause(upload),
    resume: () => go(upload),
    retry: () => retry(upload),
    choose: () => choose(upload),
    cancel: () => giveUp(upload),
    away: () => giveUp(upload),
  });
  uploads.push(upload);
  upload.input.closest(".upload").before(upload.line.element);
  change(upload, upload.state);
  return upload;
}

export function fresh(file, input) {
  const { name, size, lastModified } = file;
  const original = { name, size, lastModified };
  return { file, input, name, original, choices: chosen(input), state: "waiting" };
}

// The file of an upload that a reload has parted from it, or another in its place. Only
// what was sent as it is can be continued: what was made here is made again, so that
// nothing is sent uncovered that was to be covered.
export function again(upload, file) {
  const choices = both(upload.choices, chosen(upload.input));
  const coversMore = choices.cover && !upload.choices.cover;
  if (upload.transfer.where && !upload.isMade && !coversMore && isSame(upload, file)) {
    upload.file = file;
    upload.prepared = true;
    go(upload);
    return;
  }
  const anew = add({ ...fresh(file, upload.input), choices }, file.size);
  upload.line.element.replaceWith(anew.line.element);
  giveUp(upload);
}

export function isSame({ original }, file) {
  return ["name", "size", "lastModified"].every((what) => original[what] === file[what]);
}

function choose(upload) {
  const picker = document.createElement("input");
  picker.type = "file";
  picker.accept = upload.input.accept;
  picker.addEventListener("change", () => again(upload, picker.files[0]));
  picker.click();
}

function pause(upload) {
  change(upload, "paused");
  upload.transfer.stop();
  next();
}

function retry(upload) {
  if (upload.state === "cut") {
    upload.wake?.();
  } else {
    // It asks first how far it is; what is gone begins anew.
    go(upload);
  }
}

function giveUp(upload) {
  upload.state = "failed"; // whatever comes of it now is not waited for
  upload.transfer.drop().catch(() => {});
  const { element } = upload.line;
  const after = element.nextElementSibling?.querySelector("input, button");
  element.remove();
  after?.focus();
  forget(upload);
  tell("away");
  next();
}
