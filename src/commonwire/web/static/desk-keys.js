// One key an act, as on the buttons. Never while somebody writes, never with Control, Alt
// or Command, and not at all for who switches them off.

const OFF = "desk-keys-off";

export function keys({ list, items, bulk }) {
  const help = document.getElementById("keys");
  const on = document.getElementById("keys-on");
  const opener = document.querySelector("[data-help]");
  let last = null;

  on.checked = !stored();
  on.addEventListener("change", () => store(!on.checked));
  opener.parentElement.hidden = false;
  opener.addEventListener("click", () => help.showModal());
  list.addEventListener("focusin", (event) => {
    last = event.target.closest(".item") ?? last;
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && event.target.matches("textarea[name=reason]")) {
      sends(event);
    } else if (event.key === "Escape" && event.target.closest("details.reasoned[open]")) {
      fold(event.target.closest("details"));
    } else if (isFree(event, help) && (on.checked || event.key === "?")) {
      const act = ACTS[event.key];
      if (act?.(current(), { items, bulk, help }) === true) {
        event.preventDefault();
      }
    }
  });

  function current() {
    return document.activeElement?.closest(".item") ?? (last?.isConnected ? last : null);
  }
}

function isFree(event, help) {
  const { target } = event;
  const writes = target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const held = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
  return !writes && !held && !event.defaultPrevented && !help.open;
}

// In a field of reasons Enter sends, where one button is what it is for.
function sends(event) {
  const button = event.target.form.querySelector("[data-sends]");
  if (button && !event.isComposing) {
    event.preventDefault();
    event.target.form.requestSubmit(button);
  }
}

function fold(details) {
  details.open = false;
  (details.closest(".item") ?? details.querySelector("summary")).focus();
}

const ACTS = {
  j: (item, page) => move(item, page, 1),
  k: (item, page) => move(item, page, -1),
  l: (item, page) => press(item, page, "l", "local"),
  g: (item, page) => press(item, page, "g", "global"),
  o: (item, page) => press(item, page, "o", "other"),
  r: (item, page) => press(item, page, "r", "release"),
  h: hide,
  f: (item) => click(item?.querySelector("[data-key=f]")),
  e: (item) => toggle(item?.querySelector("details.whole")),
  x: (item) => click(item?.querySelector("[form=bulk]")),
  u: () => click(document.querySelector("#toast [data-undo], #last [data-undo-last]")),
  Enter: (item) => item === document.activeElement && click(item.querySelector("h3 a")),
  "/": search,
  "?": (_item, { help }) => {
    help.showModal();
    return true;
  },
};

function move(item, { items }, step) {
  const all = items();
  const at = all.indexOf(item);
  const next = item ? all[at + step] : all[0];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
  return true;
}

// What is ticked comes before where one is.
function press(item, { items, bulk }, key, act) {
  if (isTicking()) {
    return click(bulk.querySelector(`[value=${act}]`));
  }
  return click((item ?? items()[0])?.querySelector(`button[data-key=${key}]`));
}

function hide(item, { items, bulk }) {
  const about = isTicking() ? bulk : (item ?? items()[0]);
  const details = about?.querySelector("details.reasoned");
  if (!details) {
    return false;
  }
  details.open = true;
  details.querySelector("select").focus();
  details.scrollIntoView({ block: "nearest" });
  return true;
}

function isTicking() {
  return document.body.classList.contains("ticking");
}

function toggle(details) {
  if (details) {
    details.open = !details.open;
  }
  return Boolean(details);
}

function click(control) {
  control?.click();
  return Boolean(control);
}

function search() {
  const field = document.getElementById("f-q");
  field.closest("details").open = true;
  field.focus();
  field.select();
  return true;
}

function stored() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function store(off) {
  try {
    localStorage.setItem(OFF, off ? "1" : "");
  } catch {
    // then for this page only
  }
}
