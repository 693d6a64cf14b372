// The files on their way to the site, and the states that each goes through.

export const sheet = document.querySelector("form.publish-form");
export const uploads = [];
const told = document.getElementById("told");
const ENDED = ["failed", "unfit", "foreign"];
const UNDERWAY = ["sending", "cut"];

export function isEnded({ state }) {
  return ENDED.includes(state);
}

export function isUnderway({ state }) {
  return UNDERWAY.includes(state);
}

// Those that are not here yet, whatever keeps them.
sheet.underway = () => uploads.filter((upload) => !isEnded(upload)).length;

// Those of them that nothing moves until somebody does something.
sheet.standing = () => ({ paused: inState("paused"), missing: inState("missing") });

function inState(state) {
  return uploads.filter((upload) => upload.state === state).length;
}

// With the cards of those that are here.
export function count() {
  return uploads.length + sheet.querySelectorAll("[data-file]").length;
}

// `words` are the site's own sentence, or say more than the state does.
export function change(upload, state, words = "") {
  upload.state = state;
  upload.said = words;
  upload.line.show(state, percent(upload), words);
  if (isEnded(upload)) {
    told.textContent = `${upload.name}: ${words}`;
  }
  tell(state);
}

export function draw(upload, more) {
  upload.line.draw(upload.state, percent(upload, more), upload.said);
}

function percent({ transfer }, more = 0) {
  const { offset, length } = transfer;
  return Math.floor((100 * Math.min(length, offset + more)) / (length || 1));
}

export function forget(upload) {
  uploads.splice(uploads.indexOf(upload), 1);
}

// To whoever waits for them, and to what is remembered of them.
export function tell(what) {
  sheet.dispatchEvent(new CustomEvent("uploads", { detail: what }));
}
