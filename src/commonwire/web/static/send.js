// Sends a form once, and shows how far its pictures are. Without files, or without this
// script, the browser sends it as ever.

const sheet = document.querySelector("form.publish-form");
const sending = document.getElementById("sending");
const status = sending.querySelector("[role=status]");
const A_DOUBLE_CLICK = 2000;
let underway = false;
let last = -A_DOUBLE_CLICK;

sheet.addEventListener("submit", (event) => {
  // Longer than that, a second try is meant: the first may hang on a bad connection.
  if (underway || event.timeStamp - last < A_DOUBLE_CLICK) {
    event.preventDefault();
    return;
  }
  last = event.timeStamp;
  const files = [...sheet.querySelectorAll("input[type=file]")];
  if (files.some((input) => input.files.length)) {
    event.preventDefault();
    underway = true;
    send(event.submitter);
  }
});
// Back in the browser's history the form may be sent again.
window.addEventListener("pageshow", () => {
  underway = false;
  last = -A_DOUBLE_CLICK;
});

function send(button) {
  const data = new FormData(sheet);
  if (button?.name) {
    data.append(button.name, button.value);
  }
  const request = new XMLHttpRequest();
  request.open("POST", sheet.action);
  request.responseType = "document";
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) {
      tell(sending.dataset.sending, (100 * event.loaded) / event.total);
    }
  });
  request.upload.addEventListener("load", () => tell(sending.dataset.working, 100));
  request.addEventListener("load", () => arrived(request));
  request.addEventListener("error", () => failed(sending.dataset.broken));
  tell(sending.dataset.sending, 0);
  sending.hidden = false;
  sending.scrollIntoView({ block: "nearest" });
  request.send(data);
}

function arrived(request) {
  // A draft keeps what was sent, with what is wrong in it, under its own address.
  if (request.status < 400 || request.status === 422) {
    window.location.assign(request.responseURL);
    return;
  }
  const why = request.response?.querySelector("main .notice, main p");
  failed(why?.textContent || sending.dataset.broken);
}

function failed(words) {
  underway = false;
  last = -A_DOUBLE_CLICK;
  tell(words, 0);
  sheet.dispatchEvent(new Event("input")); // there is unsent text again
}

let said = "";
function tell(words, percent) {
  sending.querySelector("progress").value = percent;
  const step = Math.floor(percent / 10) * 10; // each tenth is said, not each packet
  const now = words.replace("{percent}", step);
  if (now !== said) {
    status.textContent = said = now;
  }
}
