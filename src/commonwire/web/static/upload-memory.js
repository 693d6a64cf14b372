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
  return sheet.dataset.draft && isOurs && (upload.transfer.where || !isEnded(upload));
}

function describe({ transfer, original, choices, isMade, input }) {
  const { where, offset, length } = transfer;
  return { where, offset, length, original, choices, isMade, field: input.name };
}

export function remembered() {
  return JSON.parse(sessionStorage.getItem(key()) ?? "[]");
}
