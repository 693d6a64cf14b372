// While files are on their way the form waits for them, or goes on without, as its author
// says.

const sheet = document.querySelector("form.publish-form");
const sending = document.getElementById("sending");
const status = sending.querySelector("[role=status]");
let waiting = null;
let without = false;

sheet.addEventListener("submit", (event) => {
  if (sheet.underway() && !without) {
    event.preventDefault();
    event.stopImmediatePropagation();
    wait(event.submitter);
  }
});
window.addEventListener("pageshow", () => {
  without = false;
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

// What is waited for, and what stands still until its author does something.
function tell() {
  const { paused, missing } = sheet.standing();
  const counts = { [purpose()]: sheet.underway() - paused - missing, paused, missing };
  const some = Object.entries(counts).filter(([, count]) => count);
  const words = some.map(([what, count]) => sending.dataset[what].replace("{count}", count));
  status.textContent = words.join(" ");
}

// The button that is no longer waited for.
function stop() {
  const button = waiting;
  waiting = null;
  sending.hidden = true;
  return button;
}

sheet.addEventListener("uploads", (event) => {
  if (!waiting) {
    return;
  }
  if (["failed", "unfit"].includes(event.detail)) {
    waiting = null;
    status.textContent = sending.dataset.refused;
  } else if (sheet.underway()) {
    tell();
  } else {
    go();
  }
});

function go() {
  sheet.requestSubmit(stop());
}

for (const button of sending.querySelectorAll("[data-without]")) {
  button.addEventListener("click", () => {
    without = true;
    go();
  });
}
sending.querySelector("[data-stay]").addEventListener("click", () => stop()?.focus());
