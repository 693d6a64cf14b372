// Pictures of a post at full size, one after the other. Without this script the same
// links open the files themselves.

const { dataset: words } = document.querySelector("script[data-place]");
const SWIPE = 50;
const leftwards = getComputedStyle(document.documentElement).direction === "rtl";
const viewer = document.createElement("dialog");
const place = Object.assign(document.createElement("p"), { className: "place" });
const frame = document.createElement("div");
const close = button("close", "✕", words.close);
const back = button("back", leftwards ? "›" : "‹", words.back);
const on = button("on", leftwards ? "‹" : "›", words.on);
let links = [];
let shown = 0;
let touched = null;

viewer.className = "viewer";
viewer.setAttribute("aria-label", words.title);
place.setAttribute("aria-live", "polite");
viewer.append(place, close, back, on);
document.body.append(viewer);

function button(name, sign, label) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.textContent = sign;
  made.setAttribute("aria-label", label);
  made.title = label;
  return made;
}

// The whole document is listened to: pictures may come later.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.enlarge");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
    return;
  }
  event.preventDefault();
  links = [...document.querySelectorAll("a.enlarge")];
  show(links.indexOf(link));
  viewer.showModal();
  close.focus();
});

function show(number) {
  shown = number;
  viewer.querySelectorAll("picture, figcaption").forEach((old) => old.remove());
  const picture = copy(links[shown]);
  const caption = links[shown].closest("figure").querySelector("figcaption").cloneNode(true);
  viewer.append(picture, caption);
  place.textContent = words.place.replace("{number}", shown + 1).replace("{all}", links.length);
  place.append(heard(picture.querySelector("img").alt));
  // Not `disabled`: who goes on from the keyboard stays on the button.
  back.setAttribute("aria-disabled", shown === 0);
  on.setAttribute("aria-disabled", shown === links.length - 1);
  back.hidden = on.hidden = links.length === 1;
  // The neighbours are fetched before they are asked for.
  frame.replaceChildren(...[shown - 1, shown + 1].filter((at) => links[at]).map((at) => copy(links[at])));
}

// For who hears that another picture is shown, and not which.
function heard(alt) {
  const words = document.createElement("span");
  words.className = "visually-hidden";
  words.textContent = `: ${alt}`;
  return words;
}

function copy(link) {
  const picture = link.querySelector("picture").cloneNode(true);
  for (const part of picture.children) {
    part.sizes = "100vw";
    part.removeAttribute("loading");
  }
  return picture;
}

function step(by) {
  if (links[shown + by]) {
    show(shown + by);
  }
}

back.addEventListener("click", () => step(-1));
on.addEventListener("click", () => step(1));
close.addEventListener("click", () => viewer.close());
viewer.addEventListener("close", () => {
  frame.replaceChildren();
  links[shown].focus();
});
viewer.addEventListener("keydown", ({ key }) => {
  const way = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (way) {
    step(leftwards ? -way : way);
  }
});
viewer.addEventListener("touchstart", ({ touches }) => {
  touched = touches.length === 1 && (window.visualViewport?.scale ?? 1) <= 1 ? touches[0] : null;
}, { passive: true });
viewer.addEventListener("touchend", ({ changedTouches: [end] }) => {
  const across = touched ? end.clientX - touched.clientX : 0;
  if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(end.clientY - touched.clientY)) {
    step((across < 0) !== leftwards ? 1 : -1);
  }
  touched = null;
});
