// Sends chosen or dropped files at once, in pieces (tus 1.0), three side by side. What is
// cut goes on by itself; after a reload the same files are asked for again. Without this
// script the files go with the form.

import { prepared } from "./cover-first.js";

const sheet = document.querySelector("form.publish-form");
const told = document.getElementById("told");
const VERSION = { "Tus-Resumable": "1.0.0" };
const MOST = 20;
const LARGEST = 1024 ** 3;
const AT_ONCE = 3;
// The first piece is small; later ones take about so long, so that little is lost when
// the connection is.
const FIRST_PIECE = 256 * 1024;
const LARGEST_PIECE = 8 * 1024 * 1024;
const PIECE_SECONDS = 5;
const HANGING = 60_000;
const SHORTEST_WAIT = 1000;
const LONGEST_WAIT = 30_000;
const ENDED = ["failed", "unfit"];
const uploads = [];

// Those that are not here yet, whatever keeps them.
sheet.underway = () => uploads.filter((upload) => !ENDED.includes(upload.state)).length;

// `final`: the same file will never be taken.
class Refusal extends Error {
  final = false;
}
const UNFIT = 422;

sheet.addEventListener("change", (event) => {
  if (event.target.matches(".upload input[type=file]")) {
    take([...event.target.files], event.target);
    event.target.value = "";
  }
});
sheet.addEventListener("dragover", (event) => {
  if (event.dataTransfer.types.includes("Files")) {
    event.preventDefault();
    sheet.classList.add("dropping");
  }
});
sheet.addEventListener("dragleave", (event) => {
  if (!sheet.contains(event.relatedTarget)) {
    sheet.classList.remove("dropping");
  }
});
sheet.addEventListener("drop", (event) => {
  if (event.dataTransfer.files.length) {
    event.preventDefault();
    sheet.classList.remove("dropping");
    const part = event.target.closest(".addendum-fields") ?? sheet;
    take([...event.dataTransfer.files], part.querySelector(".upload input[type=file]"));
  }
});
window.addEventListener("online", () => uploads.forEach((upload) => upload.wake?.()));
window.addEventListener("beforeunload", (event) => {
  if (uploads.some((upload) => ["sending", "cut"].includes(upload.state)) && !sheet.leaving) {
    event.preventDefault();
  }
});

function take(files, input) {
  input.closest(".upload").querySelectorAll(".error").forEach((old) => old.remove());
  for (const file of files) {
    const known = uploads.find((upload) => upload.state === "missing" && isSame(upload.known, file));
    if (known) {
      known.file = file;
      go(known);
    } else if (count() >= MOST) {
      warn(input, sheet.dataset.many.replace("{count}", count() + 1));
    } else if (file.size > LARGEST) {
      warn(input, sheet.dataset.big.replace("{name}", file.name));
    } else {
      const upload = { file, input, state: "waiting", offset: 0, length: file.size, name: file.name };
      uploads.push(upload);
      show(upload);
    }
  }
  next();
}

function count() {
  return uploads.length + sheet.querySelectorAll("[data-file]").length;
}

function next() {
  const sending = uploads.filter((upload) => ["sending", "cut"].includes(upload.state)).length;
  uploads
    .filter((upload) => upload.state === "waiting")
    .slice(0, Math.max(0, AT_ONCE - sending))
    .forEach(run);
}

function go(upload) {
  change(upload, "waiting");
  next();
}

async function run(upload) {
  change(upload, "sending");
  let wait = SHORTEST_WAIT;
  while (upload.state === "sending") {
    try {
      await advance(upload);
      wait = SHORTEST_WAIT;
    } catch (error) {
      upload.unsure = true;
      if (error instanceof Refusal) {
        change(upload, error.final ? "unfit" : "failed", error.message);
      } else if (upload.state === "sending") {
        change(upload, "cut");
        await rest(upload, wait);
        wait = Math.min(2 * wait, LONGEST_WAIT);
        if (upload.state === "cut") {
          change(upload, "sending");
        }
      }
    }
  }
  next();
}

function rest(upload, milliseconds) {
  return new Promise((resolve) => {
    upload.wake = resolve;
    setTimeout(resolve, milliseconds * (0.75 + Math.random() / 2));
  });
}

// One step: begin it, ask how far it is, or send a piece.
async function advance(upload) {
  if (!upload.where) {
    await begin(upload);
  } else if (upload.unsure) {
    await ask_how_far(upload);
  } else {
    await send_piece(upload);
  }
  if (upload.offset === upload.length && !upload.unsure && upload.state === "sending") {
    await arrived(upload);
  }
}

async function begin(upload) {
  if (!upload.prepared) {
    const file = await prepared(upload.file, upload.input);
    if (!file) {
      throw new Refusal(sheet.dataset.omitted.replace("{name}", upload.name));
    }
    upload.file = file;
    upload.length = file.size;
    upload.prepared = true;
  }
  const token = await sheet.draft();
  const part = Number(upload.input.name.match(/^addendum-(\d+)-/)?.[1] ?? -1) + 1;
  if (part) {
    await sheet.save(); // the site must know the part before it gets a file
  }
  const answer = await request(upload, "POST", `/publish/${token}/files/`, {
    "Upload-Length": upload.length,
    "Upload-Metadata": `part ${btoa(part)}`,
  });
  upload.where = answer.getResponseHeader("Location");
  upload.offset = 0;
  upload.unsure = false;
  remember();
}

async function ask_how_far(upload) {
  const answer = await request(upload, "HEAD", upload.where);
  if (!answer) {
    // It was given up by the site: from the beginning.
    upload.where = null;
    return;
  }
  upload.offset = Number(answer.getResponseHeader("Upload-Offset"));
  upload.unsure = false;
  draw(upload);
}

async function send_piece(upload) {
  const size = Math.round(upload.piece ?? FIRST_PIECE);
  const piece = upload.file.slice(upload.offset, upload.offset + size);
  const before = performance.now();
  const headers = {
    "Upload-Offset": upload.offset,
    "Content-Type": "application/offset+octet-stream",
  };
  const answer = await request(upload, "PATCH", upload.where, headers, piece);
  const seconds = Math.max(0.01, (performance.now() - before) / 1000);
  upload.piece = Math.min(LARGEST_PIECE, 4 * size, Math.max(65_536, (size * PIECE_SECONDS) / seconds));
  upload.offset = answer ? Number(answer.getResponseHeader("Upload-Offset")) : 0;
  upload.unsure = !answer;
  draw(upload);
}

async function arrived(upload) {
  change(upload, "here");
  forget(upload);
  told.textContent = sheet.dataset.arrived.replace("{name}", upload.name);
  try {
    await sheet.refresh();
  } catch {
    // The card comes with the next page.
  }
  upload.line.remove();
  sheet.dispatchEvent(new CustomEvent("uploads", { detail: "arrived" }));
}

function request(upload, method, address, headers = {}, body = null) {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.open(method, address);
    asked.timeout = HANGING;
    for (const [name, value] of Object.entries({ ...VERSION, ...headers })) {
      asked.setRequestHeader(name, value);
    }
    asked.upload.addEventListener("progress", (event) => draw(upload, event.loaded));
    asked.addEventListener("load", () => judge(asked, method, resolve, reject));
    for (const end of ["error", "timeout", "abort"]) {
      asked.addEventListener(end, () => reject(new Error(end)));
    }
    upload.asked = asked;
    asked.send(body);
  });
}

const LATER = [409, 423, 429, 460, 500, 502, 503, 504];

function judge(asked, method, resolve, reject) {
  if (asked.status >= 200 && asked.status < 300) {
    resolve(asked);
  } else if (asked.status === 404 && method !== "POST") {
    resolve(null);
  } else if (LATER.includes(asked.status)) {
    reject(new Error(asked.status));
  } else {
    reject(Object.assign(new Refusal(sentence(asked)), { final: asked.status === UNFIT }));
  }
}

function sentence(asked) {
  try {
    return JSON.parse(asked.responseText).sentence;
  } catch {
    return sheet.dataset.failed;
  }
}

// What is shown

function show(upload) {
  const line = document.createElement("div");
  line.className = "coming";
  line.setAttribute("role", "group");
  line.setAttribute("aria-label", upload.name);
  const image = picture(upload.file);
  const name = document.createElement("p");
  name.className = "name";
  name.textContent = [upload.name, bytes(upload.length)].filter(Boolean).join(", ");
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.setAttribute("aria-label", upload.name);
  const state = document.createElement("p");
  state.className = "state";
  const buttons = document.createElement("p");
  buttons.className = "buttons";
  line.append(...[image, name, bar, state, buttons].filter(Boolean));
  upload.input.closest(".upload").before(line);
  Object.assign(upload, { line, bar, words: state, buttons });
  change(upload, upload.state);
}

function picture(file) {
  if (!file?.type.startsWith("image/")) {
    return null;
  }
  const image = new Image();
  image.alt = "";
  image.addEventListener("error", () => image.remove()); // HEIC, in most browsers
  image.addEventListener("load", () => URL.revokeObjectURL(image.src));
  image.src = URL.createObjectURL(file);
  return image;
}

function bytes(size) {
  const unit = size < 1e6 ? "kilobyte" : "megabyte";
  const number = size / (size < 1e6 ? 1e3 : 1e6);
  const style = { style: "unit", unit, maximumFractionDigits: number < 10 ? 1 : 0 };
  return new Intl.NumberFormat(document.documentElement.lang, style).format(number);
}

const BUTTONS = {
  waiting: ["cancel"],
  sending: ["pause", "cancel"],
  cut: ["retry", "cancel"],
  paused: ["resume", "cancel"],
  missing: ["choose", "cancel"],
  failed: ["retry", "away"],
  unfit: ["away"],
  here: [],
};
const DO = { pause, resume: go, retry, choose, cancel: give_up, away: give_up };
const WORDS = {
  waiting: "waits",
  sending: "percent",
  cut: "cut",
  paused: "paused",
  missing: "again",
  here: "whole",
};

function change(upload, state, words = "") {
  upload.state = state;
  upload.said = words;
  upload.line.classList.toggle("failed", ENDED.includes(state));
  const had = upload.buttons.contains(document.activeElement);
  upload.buttons.replaceChildren(...BUTTONS[state].map((what) => button(upload, what)));
  if (had) {
    upload.buttons.firstElementChild?.focus();
  }
  draw(upload);
  if (ENDED.includes(state)) {
    told.textContent = `${upload.name}: ${words}`;
  }
  sheet.dispatchEvent(new CustomEvent("uploads", { detail: state }));
}

function button(upload, what) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = sheet.dataset[what];
  made.setAttribute("aria-label", `${sheet.dataset[what]}: ${upload.name}`);
  made.addEventListener("click", () => DO[what](upload));
  return made;
}

function draw(upload, more = 0) {
  const percent = Math.floor((100 * Math.min(upload.length, upload.offset + more)) / (upload.length || 1));
  upload.bar.value = percent;
  upload.bar.hidden = [...ENDED, "here"].includes(upload.state);
  const words = sheet.dataset[WORDS[upload.state]] ?? "";
  upload.words.textContent = upload.said || words.replace("{percent}", percent);
}

function warn(input, words) {
  const line = document.createElement("p");
  line.className = "error";
  line.setAttribute("role", "alert");
  line.textContent = words;
  input.closest(".upload").append(line);
}

// What people do with it

function pause(upload) {
  change(upload, "paused");
  upload.asked?.abort();
  upload.unsure = true;
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

function choose(upload) {
  upload.input.click();
}

function give_up(upload) {
  upload.state = "failed"; // whatever comes of it now is not waited for
  upload.asked?.abort();
  if (upload.where) {
    fetch(upload.where, { method: "DELETE", headers: VERSION }).catch(() => {});
  }
  const after = upload.line.nextElementSibling?.querySelector("input, button");
  upload.line.remove();
  after?.focus();
  forget(upload);
  sheet.dispatchEvent(new CustomEvent("uploads", { detail: "away" }));
  next();
}

// Across a reload: until the tab is closed, which file was which.

function forget(upload) {
  uploads.splice(uploads.indexOf(upload), 1);
  remember();
}

function key() {
  return `uploads of ${sheet.dataset.draft}`;
}

function remember() {
  const known = uploads.filter((upload) => upload.where).map(describe);
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

function describe(upload) {
  // What was prepared (made smaller, covered) is another file than the one chosen.
  const { name, lastModified } = upload.file ?? upload.known;
  return { where: upload.where, name, size: upload.length, lastModified };
}

function isSame(known, file) {
  return ["name", "size", "lastModified"].every((what) => known[what] === file[what]);
}

async function recall() {
  const known = JSON.parse(sessionStorage.getItem(key()) ?? "[]");
  if (!known.length) {
    return;
  }
  const status = await (await fetch(`/publish/${sheet.dataset.draft}/files.json`)).json();
  for (const { id, part, offset, length } of status.arriving) {
    const one = known.find(({ where }) => where.endsWith(`/${id}`));
    const input = part && sheet.querySelector(`[name="addendum-${part - 1}-files"]`);
    if (one) {
      const upload = { where: one.where, known: one, name: one.name, state: "missing", offset, length };
      upload.input = input || sheet.querySelector(".upload input[type=file]");
      Object.assign(upload, { unsure: true, prepared: true });
      uploads.push(upload);
      show(upload);
    }
  }
}

if (sheet.dataset.draft) {
  recall().catch(() => {});
}
