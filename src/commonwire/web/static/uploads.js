// Sends chosen or dropped files at once, each with a line of its own. Without this script
// the files go with the form.

import "./ticks.js";
import { add, again, fresh, isSame } from "./upload-doing.js";
import { count, isUnderway, sheet, uploads } from "./upload-list.js";
import { recall } from "./upload-recall.js";
import { next } from "./upload-run.js";

const MOST = 20;
const LARGEST = 1024 ** 3;

sheet.addEventListener("change", (event) => {
  if (event.target.matches(".upload input[type=file]")) {
    empty(event.target);
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
  if (uploads.some(isUnderway) && !sheet.leaving) {
    event.preventDefault();
  }
});

function empty(input) {
  if (input.files.length) {
    take([...input.files], input);
    input.value = "";
  }
}

function take(files, input) {
  const field = input.closest(".upload");
  field.classList.remove("wrong");
  field.querySelectorAll(".error").forEach((old) => old.remove());
  input.removeAttribute("aria-invalid");
  for (const file of files) {
    const known = uploads.find((upload) => upload.state === "missing" && isSame(upload, file));
    if (known) {
      again(known, file);
    } else if (count() >= MOST) {
      warn(input, sheet.dataset.many.replace("{count}", count() + 1));
    } else if (file.size > LARGEST) {
      warn(input, sheet.dataset.big.replace("{name}", file.name));
    } else {
      add(fresh(file, input), file.size);
    }
  }
  next();
}

function warn(input, words) {
  const line = document.createElement("p");
  line.className = "error";
  line.setAttribute("role", "alert");
  line.textContent = words;
  input.closest(".upload").querySelector(".told").append(line);
}

if (sheet.dataset.draft) {
  recall().catch(() => {});
}
// Chosen while this script was still on its way.
sheet.querySelectorAll(".upload input[type=file]").forEach(empty);
