// A file's place on the site is asked for, once what its author chose was done to it.

import { chosen, prepared } from "./cover-first.js";
import { Refusal } from "./tus.js";
import { sheet, tell } from "./upload-list.js";

let beginning = Promise.resolve();

export async function begin(upload) {
  if (!upload.prepared) {
    await prepare(upload);
  }
  const token = await sheet.draft();
  const part = Number(upload.input.name.match(/^addendum-(\d+)-/)?.[1] ?? -1) + 1;
  if (part) {
    await sheet.save(); // the site must know the part before it gets a file
  }
  const { transfer } = upload;
  // It may have been paused and resumed while it was being begun.
  await inTurn(() => transfer.where ?? transfer.begin(`/publish/${token}/files/`, part));
  tell("begun");
}

async function prepare(upload) {
  // What was ticked since it was chosen counts too.
  upload.choices = both(upload.choices, chosen(upload.input));
  const file = await prepared(upload.file, upload.choices, upload.input);
  if (!file) {
    throw new Refusal(sheet.dataset.omitted.replace("{name}", upload.name));
  }
  upload.isMade = file !== upload.file;
  upload.file = file;
  upload.transfer.length = file.size;
  upload.line.describe(file);
  upload.prepared = true;
}

export function both(one, other) {
  return { cover: one.cover || other.cover, small: one.small || other.small };
}

// One after the other: the site keeps files in the order in which they were begun.
function inTurn(start) {
  const begun = beginning.then(start);
  beginning = begun.catch(() => {});
  return begun;
}
