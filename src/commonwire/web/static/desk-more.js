// A queue goes on by itself: when few are left of it, or one comes near its end, what
// follows is put below. The link to it is for who has no scripts, and for when that fails.

const FEW = 8;
const NEAR = 4;

export function goes_on(list) {
  list.addEventListener("changed", () => sections(list).forEach(tend));
  list.addEventListener("focusin", (event) => {
    const item = event.target.closest(".item");
    const section = item?.closest(".heap");
    if (section && items(section).slice(-NEAR).includes(item)) {
      fetch_more(section);
    }
  });
}

function tend(section) {
  if (items(section).length < FEW) {
    fetch_more(section);
  }
  said_empty(section);
}

function fetch_more(section) {
  const more = section.querySelector(":scope > .more");
  if (!more || section.ariaBusy === "true") {
    return;
  }
  section.ariaBusy = "true";
  const request = new XMLHttpRequest();
  request.open("GET", more.querySelector("a").href);
  request.responseType = "document";
  request.onload = () => add(section, more, request.response?.getElementById(title(section)));
  request.onloadend = () => {
    section.ariaBusy = "false";
  };
  request.send();
}

// Signed out, or gone: the link stays, and leads to what is to be done.
function add(section, more, heading) {
  const found = heading?.closest(".heap");
  if (!found) {
    return;
  }
  const empty = items(section).length === 0;
  for (const item of items(found)) {
    if (!document.getElementById(item.id)) {
      more.before(document.importNode(item, true));
    }
  }
  const next = found.querySelector(":scope > .more");
  if (next) {
    more.replaceWith(document.importNode(next, true));
  } else {
    more.remove();
  }
  said_empty(section);
  if (empty && document.activeElement === document.body) {
    items(section)[0]?.focus();
  }
}

function said_empty(section) {
  const nothing = section.querySelector(":scope > .empty");
  nothing.hidden = items(section).length > 0 || Boolean(section.querySelector(":scope > .more"));
}

function title(section) {
  return section.getAttribute("aria-labelledby");
}

function sections(list) {
  return [...list.querySelectorAll(".heap")];
}

function items(section) {
  return [...section.querySelectorAll(":scope > .item")];
}
