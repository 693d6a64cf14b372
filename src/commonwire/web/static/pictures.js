// Pictures made anew on the device, before they are sent: covered, smaller, and without
// what the file said about its maker.

import { canvas, jpeg, reread } from "./canvas.js";
import { askBoxes, askUncovered } from "./cover-dialog.js";
import { blacken } from "./fill.js";

const SMALL = 2000;
const MOST_PIXELS = 16_777_216; // a canvas on iOS
const NEAR_BLACK = 16;
// In these there is nothing to see, or to cover. Of unknown types it is not known: phones
// call some of their photos so.
const UNSEEN = /^(audio|text)\/|^application\/pdf$/;

// The file to send, or null where it is to be left out.
export async function prepare(file, { cover = false, small = false }, words) {
  if (UNSEEN.test(file.type) || (!cover && (!small || file.type === "image/gif"))) {
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

function named(blob, { name }) {
  return new File([blob], name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
}
