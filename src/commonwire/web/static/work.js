// Does the proof of work while somebody writes, in a worker, so that publishing asks for
// no wait. Where it cannot be done, there is a waiting room.

const field = document.getElementById("work");
// None on a page that says that all is done.
const form = field?.form;
const LIFE = 50 * 60 * 1000; // a little less than that of a challenge
const FIRST_SIGNS = ["focusin", "pointerdown", "input"];
const { solver } = document.getElementById("work-script").dataset;
const policy = window.trustedTypes?.createPolicy("work", { createScriptURL: allowed });
let worker;

for (const sign of FIRST_SIGNS) {
  form?.addEventListener(sign, begin, { once: true });
}

function begin() {
  if (worker || !window.isSecureContext || !window.Worker) {
    return;
  }
  worker = new Worker(policy ? policy.createScriptURL(solver) : solver, { type: "module" });
  worker.addEventListener("message", ({ data }) => {
    field.value = data;
    end();
    // A proof gets too old before some texts are written.
    setTimeout(begin, LIFE);
  });
  worker.addEventListener("error", end);
  worker.postMessage("/api/v1/challenge");
}

function end() {
  worker.terminate();
  worker = undefined;
}

// Our own solver's address, and no other, may become a worker.
function allowed(wanted) {
  if (wanted !== solver) {
    throw new TypeError(wanted);
  }
  return wanted;
}
