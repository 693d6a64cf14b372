// Copies or prints what stands on the page; the buttons appear with this script.

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (await copy(source)) {
      button.parentElement.querySelector("[role=status]").textContent = button.dataset.done;
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    return true;
  } catch {
    // No clipboard outside HTTPS (an onion address, say): select it and ask the old way.
    window.getSelection().selectAllChildren(source);
    return document.execCommand("copy");
  }
}
