// Says how long the waiting room is still closed. It says so at the start and at the end
// only, so that screen readers can be heard in between.

const place = document.querySelector("[data-left]");
const opens = Date.now() + Number(place.dataset.left) * 1000;
const shown = document.createElement("span");
shown.setAttribute("aria-hidden", "true");

document.querySelector("[data-focus]")?.focus();
if (Date.now() < opens) {
  place.textContent = place.dataset.more.replace("{count}", place.dataset.left);
  place.after(shown);
  tick();
}

function tick() {
  const left = Math.ceil((opens - Date.now()) / 1000);
  if (left <= 0) {
    shown.remove();
    place.textContent = place.dataset.ready;
    return;
  }
  shown.textContent = left;
  setTimeout(tick, 1000);
}
