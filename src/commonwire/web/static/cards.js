// The files of a draft as cards: they appear when they are here, say how far they are,
// and are ordered by dragging or with buttons. Without this script, by numbers, which
// still are what is sent.

const sheet = document.querySelector("form.publish-form");
const told = document.getElementById("told");
const A_WHILE = 1500;
// How near the window's edge the page is scrolled while a card is dragged.
const EDGE = 60;
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

// Order

function equip(card) {
  const order = document.createElement("p");
  order.className = "buttons order";
  order.append(mover(card, "earlier", -1), mover(card, "later", 1), grip(card));
  card.querySelector("legend").after(order);
  for (const other of card.querySelectorAll(".by-number")) {
    other.hidden = true;
  }
}

function mover(card, what, by) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = sheet.dataset[what];
  button.setAttribute("aria-describedby", card.querySelector("legend").id);
  button.addEventListener("click", () => {
    const all = cards(card.parentElement);
    const other = all[all.indexOf(card) + by];
    if (other) {
      by < 0 ? other.before(card) : other.after(card);
      button.focus();
      moved(card);
    }
  });
  return button;
}

function grip(card) {
  const grip = document.createElement("span");
  grip.className = "grip";
  grip.title = sheet.dataset.drag;
  grip.setAttribute("aria-hidden", "true");
  grip.textContent = "⠿";
  grip.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    hold(card, event.clientY);
  });
  return grip;
}

// The window hears the pointer: a card that is moved in the page loses it.
function hold(card, y) {
  const listening = new AbortController();
  const options = { signal: listening.signal };
  sheet.classList.add("ordering");
  card.classList.add("held");
  // The cards are small now: the one that is held stays under the finger.
  scroll(card.getBoundingClientRect().top + EDGE / 2 - y);
  window.addEventListener("pointermove", (event) => drag(card, event.clientY), options);
  for (const end of ["pointerup", "pointercancel"]) {
    window.addEventListener(end, () => {
      listening.abort();
      sheet.classList.remove("ordering");
      card.classList.remove("held");
      card.scrollIntoView({ block: "nearest", behavior: "instant" });
      moved(card);
    }, options);
  }
}

function scroll(by) {
  window.scrollBy({ top: by, behavior: "instant" });
}

function drag(card, y) {
  if (y < EDGE || y > window.innerHeight - EDGE) {
    scroll(y < EDGE ? -EDGE / 3 : EDGE / 3);
  }
  for (const other of cards(card.parentElement)) {
    const { top, bottom } = other.getBoundingClientRect();
    if (other !== card && y > top && y < bottom) {
      const before = other.compareDocumentPosition(card) & Node.DOCUMENT_POSITION_FOLLOWING;
      before ? other.before(card) : other.after(card);
      return;
    }
  }
}

function moved(card) {
  const all = cards(card.parentElement);
  number(card.parentElement);
  told.textContent = sheet.dataset.moved
    .replace("{name}", name(card))
    .replace("{place}", all.indexOf(card) + 1)
    .replace("{count}", all.length);
  sheet.dispatchEvent(new Event("input")); // to be saved
}

function name(card) {
  return card.querySelector("legend").firstChild.textContent.trim();
}

function cards(part) {
  return [...part.querySelectorAll(":scope > [data-file]")];
}

function number(part) {
  const all = cards(part);
  for (const [index, card] of all.entries()) {
    card.querySelector("legend .number").textContent = index + 1;
    // Not `disabled`: who moves a card from the keyboard stays on the button.
    const [earlier, later] = card.querySelectorAll(".order button");
    earlier.setAttribute("aria-disabled", index === 0);
    later.setAttribute("aria-disabled", index === all.length - 1);
    card.querySelector(".order").hidden = all.length === 1;
    const field = card.querySelector("[name$=-position]");
    if (field) {
      field.value = index + 1;
    }
  }
}

const present = [...sheet.querySelectorAll("[data-file]")];
present.forEach(equip);
new Set(present.map((card) => card.parentElement)).forEach(number);
poll();
