// Pictures as they are drawn, encoded, and read again.

export async function reread(blob) {
  const picture = await createImageBitmap(blob);
  const context = canvas(picture.width, picture.height);
  context.drawImage(picture, 0, 0);
  picture.close();
  return context;
}

export function canvas(width, height) {
  const made = document.createElement("canvas");
  Object.assign(made, { width, height });
  return made.getContext("2d", { willReadFrequently: true });
}

export function jpeg({ canvas }, quality) {
  return new Promise((resolve, reject) => {
    const done = (blob) => (blob ? resolve(blob) : reject(new Error("no picture")));
    canvas.toBlob(done, "image/jpeg", quality);
  });
}
