// Keeps what was typed in a draft on the site once files are sent, so that a reload goes
// on where it was. Before the first file nothing is sent that nobody submitted.

const sheet = document.querySelector("form.publish-form");
const A_PAUSE = 2000;
let later;
let saving = Promise.resolve();

// The token of the draft, which is made when there is none.
sheet.draft = async () => {
  if (!sheet.dataset.draft) {
    await save();
  }
  return sheet.dataset.draft;
};
// Saves after what was asked for before, so that the last word is the last.
sheet.save = save;

function save() {
  saving = saving.catch(() => {}).then(send);
  return saving;
}

async function send() {
  clearTimeout(later);
  const answer = await fetch(sheet.action, { method: "POST", body: typed(), keepalive: false });
  if (answer.status !== 201) {
    throw new Error(`not saved: ${answer.status}`);
  }
  if (!sheet.dataset.draft) {
    const address = answer.headers.get("Location");
    history.replaceState(null, "", address);
    sheet.action = address;
    sheet.dataset.draft = address.split("/").at(-2);
  }
  sheet.dispatchEvent(new Event("saved"));
}

function typed() {
  const data = new FormData(sheet);
  for (const [name, value] of [...data]) {
    // The key is tried once, when the form is sent; files go their own way; what is
    // ticked to be removed is still on the page.
    if (name === "key" || value instanceof File || name.endsWith("-remove")) {
      data.delete(name);
    }
  }
  data.set("do", "save");
  return data;
}

sheet.addEventListener("input", () => {
  clearTimeout(later);
  if (sheet.dataset.draft) {
    later = setTimeout(() => save().catch(() => {}), A_PAUSE);
  }
});
sheet.addEventListener("submit", () => clearTimeout(later));
