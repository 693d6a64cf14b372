// A button with `data-busy` says so once it was pressed: the answer may take seconds, since
// pictures are made anew or looked at before it is given.

document.addEventListener("submit", ({ submitter, defaultPrevented }) => {
  if (submitter?.dataset.busy && !defaultPrevented) {
    submitter.dataset.was = submitter.textContent;
    submitter.textContent = submitter.dataset.busy;
  }
});
// Back in the browser's history the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[data-was]")) {
    button.textContent = button.dataset.was;
    delete button.dataset.was;
  }
});
