// Sends what waits, three side by side. What is cut goes on by itself.

import { Refusal } from "./tus.js";
import { begin } from "./upload-begin.js";
import { change, forget, isUnderway, sheet, tell, uploads } from "./upload-list.js";

const told = document.getElementById("told");
const AT_ONCE = 3;
const SHORTEST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

export function go(upload) {
  change(upload, "waiting");
  next();
}

export function next() {
  const sending = uploads.filter(isUnderway).length;
  uploads
    .filter((upload) => upload.state === "waiting")
    .slice(0, Math.max(0, AT_ONCE - sending))
    .forEach(run);
}

async function run(upload) {
  const turn = {};
  upload.turn = turn; // who is paused and resumed has a newer one
  change(upload, "sending");
  let wait = SHORTEST_WAIT;
  while (upload.state === "sending" && upload.turn === turn) {
    try {
      await advance(upload);
      wait = SHORTEST_WAIT;
    } catch (error) {
      upload.transfer.unsure = true;
      if (error instanceof Refusal) {
        change(upload, error.final ? "unfit" : "failed", error.message || sheet.dataset.failed);
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

export async function arrived(upload) {
  change(upload, "here");
  forget(upload);
  told.textContent = sheet.dataset.arrived.replace("{name}", upload.name);
  await sheet.refresh().catch(() => {}); // the card comes with the next page
  upload.line.element.remove();
  tell("arrived");
}
