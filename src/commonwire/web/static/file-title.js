// How a file on its way is shown: a small picture of it, its name, its size.

export function title(name, length) {
  return [name, bytes(length)].filter(Boolean).join(", ");
}

// Nothing where the browser cannot show it: HEIC, in most.
export function picture(file) {
  if (!file.type?.startsWith("image/")) {
    return null;
  }
  const image = new Image();
  image.alt = "";
  image.addEventListener("error", () => image.remove());
  image.addEventListener("load", () => URL.revokeObjectURL(image.src));
  image.src = URL.createObjectURL(file);
  return image;
}

function bytes(size) {
  const unit = size < 1e6 ? "kilobyte" : "megabyte";
  const number = Math.max(size, 1e3) / (size < 1e6 ? 1e3 : 1e6);
  const style = { style: "unit", unit, maximumFractionDigits: number < 10 ? 1 : 0 };
  return new Intl.NumberFormat(document.documentElement.lang, style).format(number);
}
