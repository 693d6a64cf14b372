// After a reload: files that were on their way are asked for again, and what is
// only half on the site is shown, whoever began it.

import { add } from "./upload-doing.js";
import { change, isUnderway, sheet, uploads } from "./upload-list.js";
import { remembered } from "./upload-memory.js";
import { arrived } from "./upload-run.js";

export async function recall() {
  remembered().forEach(show);
  // What was made here is made again: the site need not keep a part of it.
  const dropped = uploads.filter((upload) => upload.isMade);
  await Promise.all(dropped.map((upload) => upload.transfer.drop().catch(() => {})));
  const status = await fetch(`/publish/${sheet.dataset.draft}/files.json`);
  const { arriving } = await status.json();
  for (const one of arriving) {
    if (!uploads.some((upload) => isOf(upload, one)) && !uploads.some(isBeingBegun)) {
      showForeign(one);
    }
  }
  const cut = uploads.filter(({ state, transfer, isMade }) => state === "missing" && transfer.where && !isMade);
  await Promise.all(cut.map((upload) => compare(upload, arriving.find((one) => isOf(upload, one)))));
}

function isOf({ transfer }, { id }) {
  return transfer.where?.endsWith(`/${id}`);
}

// By this page, just now: which of those at the site it is cannot be told yet.
function isBeingBegun(upload) {
  return isUnderway(upload) && !upload.transfer.where;
}

function show({ where, offset, length, original, choices, isMade, refused, field }) {
  const input = sheet.querySelector(`.upload [name="${field}"]`) ?? inputOf(0);
  const upload = { input, name: original.name, original, choices, isMade, state: "missing" };
  add(upload, isMade ? original.size : length);
  Object.assign(upload.transfer, { where, offset: isMade ? 0 : offset, unsure: true });
  change(upload, refused ? "unfit" : "missing", refused || why(upload));
}

// Empty where it goes on from where it is.
function why({ choices, isMade, transfer }) {
  if (transfer.where && !isMade) {
    return "";
  }
  const { coveredAgain, smallAgain, unsent } = sheet.dataset;
  return choices.cover ? coveredAgain : isMade ? smallAgain : unsent;
}

async function compare(upload, one) {
  const { transfer } = upload;
  if (one) {
    transfer.offset = one.offset;
  } else {
    await transfer.askHowFar(); // here, or given up by the site
  }
  if (upload.state !== "missing") {
    return; // it was chosen meanwhile
  }
  if (transfer.isWhole) {
    await arrived(upload);
  } else {
    change(upload, "missing", why(upload));
  }
}

function showForeign({ id, part, offset, length }) {
  const { foreign, unnamed, draft } = sheet.dataset;
  const upload = add({ input: inputOf(part), name: unnamed, state: "foreign" }, length);
  Object.assign(upload.transfer, { where: `/publish/${draft}/files/${id}`, offset });
  change(upload, "foreign", foreign.replace("{percent}", Math.floor((100 * offset) / length)));
}

function inputOf(part) {
  const inputs = sheet.querySelectorAll(".upload input[type=file]");
  return [...inputs].find(({ name }) => name === `addendum-${part - 1}-files`) ?? inputs[0];
}
