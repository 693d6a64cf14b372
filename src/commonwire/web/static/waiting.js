// Files that are being made ready appear by themselves: the page asks for itself, less
// and less often, and takes over the figures that are done.

const FIRST = 2_000;
const LONGEST = 30_000;
const GIVE_UP = 2 * 60 * 60 * 1_000;
const since = Date.now();
let pause = FIRST;

setTimeout(look, pause);

function look() {
  if (document.hidden) {
    document.addEventListener("visibilitychange", look, { once: true });
    return;
  }
  // This reads HTML into a document that runs nothing.
  const request = new XMLHttpRequest();
  request.open("GET", location.pathname);
  request.responseType = "document";
  request.addEventListener("loadend", () => {
    if (request.status === 200 && request.response) {
      takeOver(request.response);
    }
    again();
  });
  request.send();
}

function takeOver(page) {
  for (const waiting of document.querySelectorAll("[data-waiting]")) {
    const done = page.getElementById(waiting.id);
    if (!done) {
      waiting.remove();
    } else if (!("waiting" in done.dataset)) {
      const fresh = document.importNode(done, true);
      waiting.replaceWith(fresh);
      fresh.dispatchEvent(new Event("appeared", { bubbles: true }));
    }
  }
}

function again() {
  pause = Math.min(pause * 1.5, LONGEST);
  if (document.querySelector("[data-waiting]") && Date.now() - since < GIVE_UP) {
    setTimeout(look, pause);
  }
}
