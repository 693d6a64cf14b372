// A button that was pressed says so: the answer may take seconds, since pictures are made
// anew before it is given. Words that stand in `data-busy` of the form.

for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", ({ submitter, defaultPrevented }) => {
    if (submitter && !defaultPrevented) {
      submitter.dataset.was = submitter.textContent;
      submitter.textContent = form.dataset.busy;
    }
  });
}
// Back in the browser's history the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[data-was]")) {
    button.textContent = button.dataset.was;
    delete button.dataset.was;
  }
});
