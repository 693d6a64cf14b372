// Pictures made anew on the device, before they are sent: covered, smaller, and without
// what the file said about its maker.

import { askBoxes, askUncovered } from "./cover-dialog.js";
import { blacken } from "./fill.js";

const SMALL = 2000;
const MOST_PIXELS = 16_777_216; // a canvas on iOS
const NEAR_BLACK = 16;
const KNOWN = ["#c02010", "#20c010", "#1020c0", "#e0e0e0"];
const NOISE = 24; // some browsers change colours a little; Tor Browser's are random

// The file to send, or null where it is to be left out.
export async function prepare(file, { cover = false, small = false }, words) {
  if (!cover && (!small || file.type === "image/gif")) {
    return file;
  }
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return !cover || (await askUncovered(file.name, words)) ? file : null;
  }
  const boxes = cover ? await askBoxes(picture, file.name, words) : [];
  if (!boxes) {
    return null;
  }
  const made = await encoded(picture, boxes, { small, cover });
  picture.close();
  return cover || made.size < file.size ? named(made, file) : file;
}

async function encoded(picture, boxes, { small, cover }) {
  const { width, height } = picture;
  const most = Math.sqrt(MOST_PIXELS / (width * height));
  const part = Math.min(1, most, small ? SMALL / Math.max(width, height) : 1);
  const context = canvas(Math.floor(width * part) || 1, Math.floor(height * part) || 1);
  context.fillStyle = "#fff"; // under what is transparent
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, context.canvas.width, context.canvas.height);
  boxes.forEach((box) => blacken(context, box));
  const blob = await jpeg(context, cover ? 0.92 : 0.8);
  if (!(await isBlack(blob, boxes))) {
    throw new Error("what was covered is not");
  }
  return blob;
}

// Whether this browser lets pictures be read back as they were drawn.
export async function canvasWorks() {
  try {
    const context = canvas(32, 32);
    KNOWN.forEach((colour, at) => {
      context.fillStyle = colour;
      context.fillRect((at % 2) * 16, Math.floor(at / 2) * 16, 16, 16);
    });
    const again = await reread(await jpeg(context, 0.92));
    return KNOWN.every((colour, at) =>
      [context, again].every((each) =>
        near(each.getImageData((at % 2) * 16 + 8, Math.floor(at / 2) * 16 + 8, 1, 1).data, colour),
      ),
    );
  } catch {
    return false;
  }
}

function near(data, colour) {
  return [1, 3, 5].every(
    (at, index) => Math.abs(parseInt(colour.slice(at, at + 2), 16) - data[index]) < NOISE,
  );
}

async function isBlack(blob, boxes) {
  if (!boxes.length) {
    return true;
  }
  const context = await reread(blob);
  const { width, height } = context.canvas;
  return boxes.every((box) => {
    const x = Math.min(width - 1, Math.floor((box.left + box.width / 2) * width));
    const y = Math.min(height - 1, Math.floor((box.top + box.height / 2) * height));
    return Math.max(...context.getImageData(x, y, 1, 1).data.slice(0, 3)) < NEAR_BLACK;
  });
}

async function reread(blob) {
  const picture = await createImageBitmap(blob);
  const context = canvas(picture.width, picture.height);
  context.drawImage(picture, 0, 0);
  picture.close();
  return context;
}

function canvas(width, height) {
  const made = document.createElement("canvas");
  Object.assign(made, { width, height });
  return made.getContext("2d", { willReadFrequently: true });
}

function jpeg({ canvas }, quality) {
  return new Promise((resolve, reject) => {
    const done = (blob) => (blob ? resolve(blob) : reject(new Error("no picture")));
    canvas.toBlob(done, "image/jpeg", quality);
  });
}

function named(blob, { name }) {
  return new File([blob], name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
}
