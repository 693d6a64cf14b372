// Tells the others what one is looking at, and is told what they are: with a light
// request when the focus has rested on something, and now and then.

const RESTED = 600;
const NOW_AND_THEN = 15_000;

export function presence(list) {
  let resting;
  let post = "";

  list.addEventListener("focusin", (event) => {
    const now = event.target.closest(".item")?.dataset.post ?? "";
    clearTimeout(resting);
    if (now !== post) {
      post = now;
      resting = setTimeout(ask, RESTED);
    }
  });
  list.addEventListener("toggle", (event) => {
    const item = event.target.closest(".item");
    if (item && event.target.open && item.dataset.post !== post) {
      post = item.dataset.post;
      ask();
    }
  }, true);
  setInterval(() => document.hidden || ask(), NOW_AND_THEN);

  async function ask() {
    const items = [...list.querySelectorAll(".item")];
    const body = new URLSearchParams({ post, since: list.dataset.since });
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const item of items) {
      body.append("shown", item.dataset.post);
    }
    try {
      const answer = await fetch(list.dataset.looking, { method: "POST", body, redirect: "error" });
      show(items, await answer.json());
    } catch {
      // the next time, perhaps
    }
  }
}

function show(items, { looking, decided }) {
  for (const item of items) {
    const words = [decided[item.dataset.post], looking[item.dataset.post]].filter(Boolean).join(" · ");
    const line = item.querySelector("[data-looking]");
    line.hidden = !words;
    line.textContent = words;
    item.classList.toggle("done-by-others", item.dataset.post in decided);
  }
}
