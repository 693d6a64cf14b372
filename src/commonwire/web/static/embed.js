// A player is asked for by a click, and by nothing else; the plain link always stays.

const words = document.querySelector("script[data-play]").dataset.play;
const YOUTUBE = "www.youtube-nocookie.com";

for (const figure of document.querySelectorAll("figure.embed[data-frame]")) {
  const address = new URL(figure.dataset.frame);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = (figure.dataset.play ?? words).replace("{host}", address.hostname.replace(/^www\./, ""));
  button.addEventListener("click", () => {
    const frame = player(address, figure.dataset.title);
    button.replaceWith(frame);
    frame.focus();
  });
  figure.prepend(button);
}

function player(address, title) {
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.allow = "fullscreen; picture-in-picture; encrypted-media";
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
  // YouTube refuses to play for a page that does not say where it is.
  frame.referrerPolicy = address.hostname === YOUTUBE ? "strict-origin" : "no-referrer";
  frame.src = address.href;
  return frame;
}
