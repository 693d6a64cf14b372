// How fast a recording plays, where the browser's own player may hide that; and one
// recording at a time.

const words = document.querySelector("script[data-speed]").dataset.speed;
const SPEEDS = [0.75, 1, 1.25, 1.5, 2];

equip(document);
// What was being made when the page was opened.
document.addEventListener("appeared", ({ target }) => equip(target));

function equip(place) {
  for (const player of place.querySelectorAll(".sound audio, .video video")) {
    player.parentElement.querySelector("figcaption").before(choice(player));
  }
}

function choice(player) {
  const label = document.createElement("label");
  label.className = "speed";
  const select = document.createElement("select");
  for (const speed of SPEEDS) {
    const named = `${speed.toLocaleString(document.documentElement.lang)}×`;
    select.add(new Option(named, speed, speed === 1, speed === 1));
  }
  select.addEventListener("change", () => {
    player.defaultPlaybackRate = player.playbackRate = Number(select.value);
  });
  label.append(words, select);
  return label;
}

document.addEventListener("play", ({ target }) => {
  for (const other of document.querySelectorAll("audio, video")) {
    if (other !== target && !other.muted) {
      other.pause();
    }
  }
}, true);
