// Sends a form of the desk and reads the answer as a document: pages forbid scripts to
// make HTML from text (Trusted Types), and this needs none.

const list = document.getElementById("list");

export function send(form, button) {
  const body = new FormData(form);
  if (button?.name) {
    body.set(button.name, button.value);
  }
  if (form.id === "bulk") {
    for (const name of body.getAll("target")) {
      body.append("queue", list.querySelector(`[data-target="${name}"]`).dataset.queue);
    }
  }
  return new Promise((answered) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.setRequestHeader("Desk-Part", "1");
    request.onload = () => answered(read(request));
    request.onerror = () => answered({ words: list.dataset.failed });
    request.send(new URLSearchParams(body));
  });
}

function read(request) {
  const page = request.response;
  if (page?.getElementById("refused")) {
    return { page, ok: request.status === 200 };
  }
  // Led to the page for signing in, or the form's secret is no good any more.
  const away = request.status === 403 || !request.responseURL.endsWith(list.dataset.url);
  return { words: away ? list.dataset.signedOut : list.dataset.failed };
}
