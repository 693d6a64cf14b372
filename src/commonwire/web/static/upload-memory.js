// Across a reload, until the tab is closed: which file was which, and what was to be
// done to it. The files themselves cannot be kept.

import { isEnded, sheet, uploads } from "./upload-list.js";

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

function isWorthIt(upload) {
  const isOurs = !["here", "foreign"].includes(upload.state);
  const isKnown = upload.transfer.where || refusal(upload) || !isEnded(upload);
  return sheet.dataset.draft && isOurs && isKnown;
}

function describe(upload) {
  const { original, choices, isMade, input } = upload;
  const { where, offset, length } = upload.transfer;
  const refused = refusal(upload);
  return { where, offset, length, original, choices, isMade, refused, field: input.name };
}

// Why the site will never take it: said until it is put away, and never asked for again.
function refusal({ state, said }) {
  return state === "unfit" ? said : "";
}

export function remembered() {
  return JSON.parse(sessionStorage.getItem(key()) ?? "[]");
}
