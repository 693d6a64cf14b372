// Cards of files are ordered by dragging or with buttons. Without this script, by numbers,
// which still are what is sent.

const sheet = document.querySelector("form.publish-form");
const told = document.getElementById("told");
// How near the window's edge the page is scrolled while a card is dragged.
const EDGE = 60;

export function equip(card) {
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

export function number(part) {
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
