// Sends a form once; while files are on their way it waits for them, or goes on without,
// as its author says. Without this script the browser sends it as ever.

const sheet = document.querySelector("form.publish-form");
const sending = document.getElementById("sending");
const status = sending.querySelector("[role=status]");
const A_DOUBLE_CLICK = 2000;
let last = -A_DOUBLE_CLICK;
let waiting = null;
let without = false;

sheet.addEventListener("submit", (event) => {
  // Longer than that, a second try is meant: the first may hang on a bad connection.
  if (event.timeStamp - last < A_DOUBLE_CLICK) {
    event.preventDefault();
    return;
  }
  if (sheet.underway() && !without) {
    event.preventDefault();
    event.stopImmediatePropagation();
    wait(event.submitter);
    return;
  }
  last = event.timeStamp;
  sheet.leaving = true;
});
// Back in the browser's history the form may be sent again.
window.addEventListener("pageshow", () => {
  last = -A_DOUBLE_CLICK;
  without = sheet.leaving = false;
});

function wait(button) {
  waiting = button;
  sending.hidden = false;
  for (const other of sending.querySelectorAll("[data-without]")) {
    other.hidden = other.dataset.without !== purpose();
  }
  tell();
  sending.scrollIntoView({ block: "nearest" });
  sending.querySelector("button:not([hidden])").focus();
}

function purpose() {
  const [verb] = waiting?.value.split("-") ?? [];
  return ["publish", "cover"].includes(verb) ? verb : "preview";
}

function tell() {
  status.textContent = sending.dataset[purpose()].replace("{count}", sheet.underway());
}

function stop() {
  waiting = null;
  sending.hidden = true;
}

sheet.addEventListener("uploads", (event) => {
  if (!waiting) {
    return;
  }
  if (["failed", "unfit"].includes(event.detail)) {
    const words = sending.dataset.refused;
    stop();
    sending.hidden = false;
    status.textContent = words;
  } else if (sheet.underway()) {
    tell();
  } else {
    go();
  }
});

function go() {
  const button = waiting;
  stop();
  sheet.requestSubmit(button);
}

for (const button of sending.querySelectorAll("[data-without]")) {
  button.addEventListener("click", () => {
    without = true;
    go();
  });
}
sending.querySelector("[data-stay]").addEventListener("click", () => {
  const button = waiting;
  stop();
  button?.focus();
});
