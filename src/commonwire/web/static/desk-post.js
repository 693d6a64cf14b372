// On the page of one post.

const text = document.getElementById("line-text");

// A message that was begun is not lost without a question.
window.addEventListener("beforeunload", (event) => {
  if (text?.value && text.value !== text.defaultValue && !text.form.dataset.sent) {
    event.preventDefault();
  }
});
text?.form.addEventListener("submit", () => {
  text.form.dataset.sent = "1";
});
