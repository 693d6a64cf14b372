// Leads to what is wrong, says how much room is left, and warns before text is lost.

document.querySelector("[data-focus]")?.focus();

const form = document.querySelector("form.publish-form");
let typed = false;

form?.addEventListener("input", (event) => {
  typed = true;
  if (event.target.dataset.limit) {
    count(event.target);
  }
});
for (const event of ["submit", "saved"]) {
  form?.addEventListener(event, () => {
    typed = false;
  });
}
// Nothing is kept on the device: whoever is given it next must not find the text.
window.addEventListener("beforeunload", (event) => {
  if (typed) {
    event.preventDefault();
  }
});

function count(field) {
  const limit = Number(field.dataset.limit);
  const left = limit - field.value.length;
  const near = left < Math.max(20, limit / 10);
  const place = counter(field);
  place.hidden = !near;
  place.classList.toggle("over", left < 0);
  const words = left < 0 ? form.dataset.over : form.dataset.left;
  clearTimeout(place.later);
  // Not at every letter, so that screen readers can be heard.
  place.later = setTimeout(() => {
    place.textContent = near ? words.replace("{count}", Math.abs(left)) : "";
  }, 400);
}

function counter(field) {
  let place = field.parentElement.querySelector(".count");
  if (!place) {
    place = document.createElement("p");
    place.className = "count";
    place.setAttribute("role", "status");
    field.after(place);
  }
  return place;
}
