// What is seen of a file on its way: a picture of it, how far it is, and what can be done.

import { picture, title } from "./file-title.js";

const BUTTONS = {
  waiting: ["cancel"],
  sending: ["pause", "cancel"],
  cut: ["retry", "cancel"],
  paused: ["resume", "cancel"],
  missing: ["choose", "cancel"],
  failed: ["retry", "away"],
  unfit: ["away"],
  foreign: ["cancel"],
  here: [],
};
const WORDS = {
  waiting: "waits",
  sending: "percent",
  cut: "cut",
  paused: "paused",
  missing: "again",
  here: "whole",
};
const WITHOUT_BAR = ["failed", "unfit", "here"];

export class Line {
  #name;
  #words;
  #doing;
  #title = made("p", "name");
  #bar = document.createElement("progress");
  #state = made("p", "state");
  #buttons = made("p", "buttons");

  // `words`: the form's, to be put together here; `doing`: what each button does.
  constructor({ name, length, file }, words, doing) {
    this.#name = name;
    this.#words = words;
    this.#doing = doing;
    this.element = made("div", "coming");
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", name);
    this.#bar.max = 100;
    this.#bar.setAttribute("aria-label", name);
    this.element.append(this.#title, this.#bar, this.#state, this.#buttons);
    this.describe(file ?? { size: length });
  }

  // As it is sent: what was made of it here may be another picture, and smaller.
  describe(file) {
    this.#title.textContent = title(this.#name, file.size);
    this.element.querySelector("img")?.remove();
    this.element.prepend(...[picture(file)].filter(Boolean));
  }

  // `said` is the site's own sentence, where it has one.
  show(state, percent, said) {
    this.element.classList.toggle("failed", ["failed", "unfit"].includes(state));
    const had = this.#buttons.contains(document.activeElement);
    this.#buttons.replaceChildren(...BUTTONS[state].map((what) => this.#button(what)));
    if (had) {
      this.#buttons.firstElementChild?.focus();
    }
    this.draw(state, percent, said);
  }

  draw(state, percent, said) {
    this.#bar.value = percent;
    this.#bar.hidden = WITHOUT_BAR.includes(state);
    const words = this.#words[WORDS[state]] ?? "";
    this.#state.textContent = said || words.replace("{percent}", percent);
  }

  #button(what) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = this.#words[what];
    button.setAttribute("aria-label", `${this.#words[what]}: ${this.#name}`);
    button.addEventListener("click", this.#doing[what]);
    return button;
  }
}

function made(tag, name) {
  return Object.assign(document.createElement(tag), { className: name });
}
