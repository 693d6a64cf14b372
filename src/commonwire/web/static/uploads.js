// Sends chosen or dropped files at once, three side by side. What is cut goes on by
// itself; after a reload the same files are asked for again. Without this script the
// files go with the form.

import { prepared } from "./cover-first.js";
import { Refusal, Transfer } from "./transfer.js";
import { Line } from "./upload-line.js";

const sheet = document.querySelector("form.publish-form");
const told = document.getElementById("told");
const MOST = 20;
const LARGEST = 1024 ** 3;
const AT_ONCE = 3;
const SHORTEST_WAIT = 1000;
const LONGEST_WAIT = 30_000;
const ENDED = ["failed", "unfit"];
const UNDERWAY = ["sending", "cut"];
const uploads = [];
let beginning = Promise.resolve();

// Those that are not here yet, whatever keeps them.
sheet.underway = () => uploads.filter((upload) => !ENDED.includes(upload.state)).length;

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
  if (uploads.some((upload) => UNDERWAY.includes(upload.state)) && !sheet.leaving) {
    event.preventDefault();
  }
});

function take(files, input) {
  const field = input.closest(".upload");
  field.classList.remove("wrong");
  field.querySelectorAll(".error").forEach((old) => old.remove());
  input.removeAttribute("aria-invalid");
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
      add({ file, input, state: "waiting", name: file.name }, file.size);
    }
  }
  next();
}

function add(upload, length) {
  upload.transfer = new Transfer(length, (more) => draw(upload, more));
  upload.line = new Line({ ...upload, length }, sheet.dataset, {
    pause: () => pause(upload),
    resume: () => go(upload),
    retry: () => retry(upload),
    choose: () => upload.input.click(),
    cancel: () => giveUp(upload),
    away: () => giveUp(upload),
  });
  uploads.push(upload);
  upload.input.closest(".upload").before(upload.line.element);
  change(upload, upload.state);
}

function count() {
  return uploads.length + sheet.querySelectorAll("[data-file]").length;
}

function next() {
  const sending = uploads.filter((upload) => UNDERWAY.includes(upload.state)).length;
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
      upload.transfer.unsure = true;
      if (error instanceof Refusal) {
        const words = error.message || sheet.dataset.failed;
        change(upload, error.final ? "unfit" : "failed", words);
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
  const { transfer } = upload;
  if (!transfer.where) {
    await begin(upload);
  } else if (transfer.unsure) {
    await transfer.askHowFar();
  } else {
    await transfer.sendPiece(upload.file);
  }
  if (transfer.isWhole && upload.state === "sending") {
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
    upload.transfer.length = file.size;
    upload.prepared = true;
  }
  const token = await sheet.draft();
  const part = Number(upload.input.name.match(/^addendum-(\d+)-/)?.[1] ?? -1) + 1;
  if (part) {
    await sheet.save(); // the site must know the part before it gets a file
  }
  await inTurn(() => upload.transfer.begin(`/publish/${token}/files/`, part));
  remember();
}

// One after the other: the site keeps files in the order in which they were begun.
function inTurn(start) {
  const begun = beginning.then(start);
  beginning = begun.catch(() => {});
  return begun;
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
  upload.line.element.remove();
  sheet.dispatchEvent(new CustomEvent("uploads", { detail: "arrived" }));
}

function change(upload, state, words = "") {
  upload.state = state;
  upload.said = words;
  upload.line.show(state, percent(upload), words);
  if (ENDED.includes(state)) {
    told.textContent = `${upload.name}: ${words}`;
  }
  sheet.dispatchEvent(new CustomEvent("uploads", { detail: state }));
}

function draw(upload, more) {
  upload.line.draw(upload.state, percent(upload, more), upload.said);
}

function percent({ transfer }, more = 0) {
  const { offset, length } = transfer;
  return Math.floor((100 * Math.min(length, offset + more)) / (length || 1));
}

function warn(input, words) {
  const line = document.createElement("p");
  line.className = "error";
  line.setAttribute("role", "alert");
  line.textContent = words;
  input.closest(".upload").querySelector(".told").append(line);
}

// What people do with it

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
  upload.transfer.giveUp();
  const { element } = upload.line;
  const after = element.nextElementSibling?.querySelector("input, button");
  element.remove();
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
  const known = uploads.filter((upload) => upload.transfer.where).map(describe);
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

function describe({ transfer, file, known }) {
  // What was prepared (made smaller, covered) is another file than the one chosen.
  const { name, lastModified } = file ?? known;
  return { where: transfer.where, name, size: transfer.length, lastModified };
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
      const upload = { known: one, name: one.name, state: "missing", prepared: true };
      upload.input = input || sheet.querySelector(".upload input[type=file]");
      add(upload, length);
      Object.assign(upload.transfer, { where: one.where, offset, unsure: true });
      change(upload, "missing");
    }
  }
}

if (sheet.dataset.draft) {
  recall().catch(() => {});
}
