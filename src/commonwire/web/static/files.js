// Shows the chosen pictures before they are sent, and what would be refused.

import { ready } from "./cover-first.js";

const LARGEST = 40 * 1024 * 1024;
const MOST = 20;
const publishing = document.querySelector("form.publish-form");

publishing.addEventListener("change", async (event) => {
  if (event.target.type === "file") {
    await ready(event.target);
    show(event.target);
  }
});

function show(input) {
  const field = input.parentElement;
  for (const image of field.querySelectorAll(".chosen img")) {
    URL.revokeObjectURL(image.src);
  }
  field.querySelectorAll(".chosen, .error").forEach((old) => old.remove());
  const files = [...input.files];
  const list = document.createElement("ul");
  list.className = "chosen";
  list.append(...files.map(line));
  input.after(list);
  for (const file of files.filter((file) => file.size > LARGEST)) {
    warn(field, publishing.dataset.big.replace("{name}", file.name));
  }
  if (chosen() > MOST) {
    warn(field, publishing.dataset.many.replace("{count}", chosen()));
  }
}

function line(file) {
  const item = document.createElement("li");
  const image = new Image();
  image.alt = "";
  image.addEventListener("error", () => image.remove()); // HEIC, in most browsers
  image.src = URL.createObjectURL(file);
  const name = document.createElement("span");
  name.textContent = `${file.name}, ${size(file.size)}`;
  item.append(image, name);
  return item;
}

function size(bytes) {
  const unit = bytes < 1e6 ? "kilobyte" : "megabyte";
  const number = bytes / (bytes < 1e6 ? 1e3 : 1e6);
  const style = { style: "unit", unit, maximumFractionDigits: number < 10 ? 1 : 0 };
  return new Intl.NumberFormat(document.documentElement.lang, style).format(number);
}

function chosen() {
  const inputs = [...publishing.querySelectorAll("input[type=file]")];
  const taken = publishing.querySelectorAll(".picture-fields").length;
  return inputs.reduce((sum, input) => sum + input.files.length, taken);
}

function warn(field, words) {
  const line = document.createElement("p");
  line.className = "error";
  line.setAttribute("role", "alert");
  line.textContent = words;
  field.append(line);
}
