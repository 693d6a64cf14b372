// The stream without reloading: forms are sent from here, what was acted on leaves the
// page, and the keys move, sort and take back. Without this script the same forms work.

import { send } from "./desk-send.js";
import { keys } from "./desk-keys.js";
import { goes_on } from "./desk-more.js";
import { presence } from "./desk-looking.js";

const list = document.getElementById("list");
const toast = document.getElementById("toast");
const bulk = document.getElementById("bulk");
// What has left the page: where it was, to come back to when it is taken back.
const places = new Map();

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.method !== "post" || !form.action.endsWith(list.dataset.url)) {
    return;
  }
  event.preventDefault();
  if (form.dataset.under) {
    return; // a second press of the same button
  }
  form.dataset.under = "way";
  const from = document.activeElement;
  step(form);
  const answer = await send(form, event.submitter);
  delete form.dataset.under;
  if (answer.words) {
    say(answer.words);
    if (!writing()) {
      from.focus();
    }
  } else {
    take(form, answer.page, answer.ok);
  }
});

// The next one is looked at while this one is on its way: the keys pressed meanwhile are
// meant for it.
function step(form) {
  const item = form.closest(".item");
  if (item) {
    leads(item, targets(form))?.focus();
  }
}

function take(form, page, ok) {
  const names = targets(form);
  const written = writing();
  const was = document.activeElement?.closest(".item") ?? items().find((i) => names.includes(i.dataset.target));
  const after = ok && leads(was, names);
  replace(page, "today");
  replace(page, "last");
  replace(page, "toast");
  if (page.getElementById("bulk")) {
    replace(page, "bulk");
  } else if (ok && form === document.getElementById("bulk")) {
    form.reset();
  }
  const kept = [...page.querySelectorAll("#refused [data-target]")].map((one) => one.dataset.target);
  for (const name of ok ? names : []) {
    const item = find(name);
    // Who writes in it meanwhile loses neither the words nor the place.
    if (item && !kept.includes(name) && !(item.contains(written) && !form.contains(written))) {
      leave(item);
    }
  }
  for (const item of page.querySelectorAll(".item")) {
    arrive(document.importNode(item, true));
  }
  counted();
  go_on(page, ok, after);
  list.dispatchEvent(new Event("changed"));
}

// Where the focus goes: to what is wrong, to what came back, or on when it is lost. Never
// away from somebody who writes: the rest of the words would be keys.
function go_on(page, ok, after) {
  if (writing()) {
    return;
  }
  const wrong = document.querySelector(".item [aria-invalid], #bulk [aria-invalid]");
  const back = page.querySelector(".item");
  if (!ok) {
    (wrong ?? find(back?.dataset.target))?.focus();
  } else if (back && find(back.dataset.target)) {
    find(back.dataset.target).focus();
  } else if (!document.activeElement?.closest(".item")) {
    (after?.isConnected ? after : items()[0])?.focus();
  }
  (document.activeElement?.closest(".item") ?? toast).scrollIntoView({ block: "nearest" });
}

// The field that somebody writes in.
function writing() {
  return document.activeElement?.closest("textarea, select, input:not([type=checkbox], [type=radio])");
}

function leads(item, names) {
  const all = items();
  const rest = all.slice(all.indexOf(item) + 1).concat(all.slice(0, Math.max(all.indexOf(item), 0)).reverse());
  return rest.find((one) => !names.includes(one.dataset.target));
}

function leave(item) {
  const place = document.createElement("template");
  places.set(item.id, { place, queue: item.dataset.queue });
  item.replaceWith(place);
}

function arrive(item) {
  for (const field of item.querySelectorAll("[autofocus]")) {
    field.removeAttribute("autofocus"); // of the whole page without scripts
  }
  const there = document.getElementById(item.id);
  const left = places.get(item.id);
  const queue = there?.dataset.queue ?? left?.queue ?? "";
  item.dataset.queue = queue;
  for (const field of item.querySelectorAll("[name=queue]")) {
    field.value = queue;
  }
  if (there) {
    there.replaceWith(item);
  } else if (left?.place.isConnected) {
    left.place.replaceWith(item);
    places.delete(item.id);
  }
}

function targets(form) {
  return new FormData(form).getAll("target");
}

function items() {
  return [...list.querySelectorAll(".item")];
}

function find(name) {
  return items().find((item) => item.dataset.target === name);
}

function replace(page, id) {
  const made = page.getElementById(id);
  const there = document.getElementById(id);
  if (made && there) {
    there.replaceChildren(...document.importNode(made, true).childNodes);
  }
}

function say(words) {
  const said = document.createElement("p");
  said.className = "said-refused";
  said.role = "alert";
  said.textContent = words;
  toast.replaceChildren(said);
}

// The form for many stays out of the way until something is ticked.
function counted() {
  const ticked = list.querySelectorAll("[form=bulk]:checked").length;
  document.body.classList.toggle("ticking", ticked > 0);
  document.getElementById("ticked").textContent = ticked ? list.dataset.ticked.replace("{count}", ticked) : "";
}

// What was said must not lie over what is being written, on a phone.
list.addEventListener("toggle", (event) => {
  if (event.target.matches("details.reasoned[open]")) {
    toast.replaceChildren();
  }
}, true);
document.body.classList.add("scripted");
list.addEventListener("change", counted);
bulk.addEventListener("reset", () => setTimeout(counted));
// As left: the browser may have put ticks back.
window.addEventListener("pageshow", counted);
counted();
keys({ list, items, bulk });
presence(list);
goes_on(list);
