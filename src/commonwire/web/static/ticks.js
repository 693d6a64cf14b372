// Keeps what is ticked to be done to files before they are sent, until the tab is closed:
// after a reload nothing may be sent uncovered because a box has lost its tick.

const sheet = document.querySelector("form.publish-form");
const TICKS = ".first input";

recall();
for (const [where, when] of [[sheet, "change"], [sheet, "saved"], [window, "pagehide"]]) {
  where.addEventListener(when, remember);
}

function key(draft = sheet.dataset.draft) {
  return `ticks of ${draft}`;
}

function name(tick) {
  const which = "cover" in tick.dataset ? "cover" : "small";
  return `${which} ${tick.closest(".upload").querySelector("[type=file]").name}`;
}

function remember() {
  const ticked = [...sheet.querySelectorAll(TICKS)].filter((tick) => tick.checked).map(name);
  try {
    sessionStorage.removeItem(key("")); // from before there was a draft
    if (ticked.length) {
      sessionStorage.setItem(key(), JSON.stringify(ticked));
    } else {
      sessionStorage.removeItem(key());
    }
  } catch {
    // Storage may be switched off.
  }
}

function recall() {
  let ticked = [];
  try {
    ticked = JSON.parse(sessionStorage.getItem(key()) ?? "[]");
  } catch {
    return;
  }
  for (const tick of sheet.querySelectorAll(TICKS)) {
    tick.checked ||= ticked.includes(name(tick));
  }
}
