// Whether this browser lets pictures be read back as they were drawn.

import { canvas, jpeg, reread } from "./canvas.js";

const KNOWN = ["#c02010", "#20c010", "#1020c0", "#e0e0e0"];
const NOISE = 24; // some browsers change colours a little; Tor Browser's are random

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
