// Sends a form once. Without this script the browser sends it as ever.

const sheet = document.querySelector("form.publish-form");
const A_DOUBLE_CLICK = 2000;
let last = -A_DOUBLE_CLICK;

sheet.addEventListener("submit", (event) => {
  // Longer than that, a second try is meant: the first may hang on a bad connection.
  if (event.timeStamp - last < A_DOUBLE_CLICK) {
    event.preventDefault();
    return;
  }
  last = event.timeStamp;
  sheet.leaving = true;
});
// Back in the browser's history the form may be sent again.
window.addEventListener("pageshow", () => {
  last = -A_DOUBLE_CLICK;
  sheet.leaving = false;
});
