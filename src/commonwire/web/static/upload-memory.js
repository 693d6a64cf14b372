// Across a reload, until the tab is closed: which file was which, and what was to be
// done to it. Files themselves cannot be kept: they are asked for again.

import { add } from "./upload-doing.js";
import { change, sheet, uploads } from "./upload-list.js";

sheet.addEventListener("uploads", remember);
window.addEventListener("pagehide", remember);

function key() {
  return `uploads of ${sheet.dataset.draft}`;
}

function remember() {
  const known = uploads.filter(isWorthIt).map(describe);
  try {
    if (known.length) {
      sessionStorage.setItem(key(), JSON.stringify(known));
    } else {
      sessionStorage.removeItem(key()); // nothing stays on the device
    }
  } catch {
    // Storage may be switched off; then a reload begins anew.
  }
}

function isWorthIt({ transfer, isMade, state }) {
  return sheet.dataset.draft && (transfer.where || isMade) && state !== "here";
}

function describe({ transfer, original, choices, isMade, input }) {
  const { where, offset, length } = transfer;
  return { where, offset, length, original, choices, isMade, field: input.name };
}

export async function recall() {
  const known = JSON.parse(sessionStorage.getItem(key()) ?? "[]");
  known.forEach(show);
  if (known.length) {
    await compare();
  }
}

function show({ where, offset, length, original, choices, isMade, field }) {
  const input = sheet.querySelector(`.upload [name="${field}"]`) ?? fields()[0];
  const upload = { input, name: original.name, original, choices, isMade, state: "missing" };
  add(upload, isMade ? original.size : length);
  Object.assign(upload.transfer, { where, offset: isMade ? 0 : offset, unsure: true });
  change(upload, "missing", isMade ? whyAnew(choices) : "");
}

function whyAnew({ cover }) {
  return cover ? sheet.dataset.coveredAgain : sheet.dataset.smallAgain;
}

function fields() {
  return sheet.querySelectorAll(".upload input[type=file]");
}

// With what the site has of them.
async function compare() {
  // What was made here is made again: the site need not keep a part of it.
  await Promise.all(uploads.filter((upload) => upload.isMade).map((upload) => upload.transfer.drop()));
  const status = await (await fetch(`/publish/${sheet.dataset.draft}/files.json`)).json();
  for (const upload of uploads.filter(({ state, transfer }) => state === "missing" && transfer.where)) {
    const one = status.arriving.find(({ id }) => upload.transfer.where.endsWith(`/${id}`));
    if (one) {
      upload.transfer.offset = one.offset;
      change(upload, "missing", upload.said);
    }
  }
}
