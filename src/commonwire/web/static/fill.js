// What a covered box looks like: black here, or the few averages the weaker styles keep.

const MOST_CELLS = 6;
const CELL = 8;

export function fill(canvas, picture, box, style) {
  if (style === "solid") {
    canvas.width = canvas.height = 1; // the box itself is black
    return;
  }
  const full = {
    width: picture.naturalWidth ?? picture.width,
    height: picture.naturalHeight ?? picture.height,
  };
  const width = Math.max(1, box.width * full.width);
  const height = Math.max(1, box.height * full.height);
  const cell = Math.max(CELL, Math.max(width, height) / MOST_CELLS);
  canvas.width = Math.max(1, Math.floor(width / cell));
  canvas.height = Math.max(1, Math.floor(height / cell));
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  const from = [box.left * full.width, box.top * full.height, width, height];
  context.drawImage(picture, ...from, 0, 0, canvas.width, canvas.height);
}

// On the picture itself; every pixel that the box touches.
export function blacken(context, box) {
  const { width, height } = context.canvas;
  const left = Math.floor(box.left * width);
  const top = Math.floor(box.top * height);
  const right = Math.ceil((box.left + box.width) * width);
  const bottom = Math.ceil((box.top + box.height) * height);
  context.fillStyle = "#000";
  context.fillRect(left, top, right - left, bottom - top);
}
