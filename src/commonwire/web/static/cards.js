// The files of a draft as cards: they appear when they are here, and say how far they
// are.

import { equip, number } from "./order.js";

const sheet = document.querySelector("form.publish-form");
const told = document.getElementById("told");
const A_WHILE = 1500;
let polling;

// Brings in from the draft's page what is new: whole cards, or how a file looks by now.
sheet.refresh = async () => {
  const page = await fetched();
  const all = [...page.querySelectorAll("[data-file]")];
  // From the last, so that what a new card stands before is there.
  for (const [at, fresh] of [...all.entries()].reverse()) {
    const card = card_of(fresh.dataset.file);
    if (card) {
      replace(card, fresh);
    } else {
      insert(fresh, card_of(all[at + 1]?.dataset.file));
    }
  }
  const [old, preview] = [document, page].map((it) => it.querySelector(".preview"));
  if (old && preview) {
    old.replaceChildren(...preview.childNodes);
    old.dispatchEvent(new Event("appeared", { bubbles: true }));
  }
  poll();
};

function replace(card, fresh) {
  card.querySelector(".shown").replaceWith(fresh.querySelector(".shown"));
  const error = fresh.getAttribute("aria-describedby");
  if (error && !card.hasAttribute("aria-describedby")) {
    card.setAttribute("aria-describedby", error);
    told.textContent = `${card.querySelector("legend").textContent.trim()}: ${document.getElementById(error).textContent}`;
  }
}

function fetched() {
  // As a document, which no trusted type is needed for.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", sheet.action);
    request.responseType = "document";
    request.addEventListener("load", () => (request.response ? resolve(request.response) : reject(new Error("no page"))));
    request.addEventListener("error", () => reject(new Error("no connection")));
    request.send();
  });
}

// The preview above shows the same file.
function card_of(id) {
  return sheet.querySelector(`[data-file="${id}"]`);
}

function insert(fresh, following) {
  const name = fresh.parentElement.querySelector(":scope > .upload input[type=file]").name;
  const field = sheet.querySelector(`.upload [name="${name}"]`)?.closest(".upload");
  const part = field?.parentElement;
  const first = part?.querySelector(":scope > .coming") ?? field;
  (following?.parentElement === part ? following : first)?.before(fresh);
  equip(fresh);
  number(fresh.parentElement);
}

function poll() {
  clearTimeout(polling);
  if (sheet.querySelector('[data-state="waiting"], [data-looking]')) {
    polling = setTimeout(look, A_WHILE);
  }
}

async function look() {
  try {
    const answer = await fetch(`/publish/${sheet.dataset.draft}/files.json`);
    const { files } = await answer.json();
    for (const file of files) {
      const shown = card_of(file.id)?.querySelector(".shown");
      const isMade = shown?.dataset.state === "waiting" && file.state !== "waiting";
      const isLookedAt = shown && "looking" in shown.dataset && file.faces !== null;
      if (isMade || isLookedAt) {
        await sheet.refresh();
        return;
      }
      const words = shown?.querySelector(".state");
      if (words) {
        words.textContent = sheet.dataset.making.replace("{percent}", file.progress);
      }
    }
  } catch {
    // Asked again soon.
  }
  poll();
}

poll();
