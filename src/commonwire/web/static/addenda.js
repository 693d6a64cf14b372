// Adds a § addendum on the page. Without this script the same button asks the server.
// Its fields are copies of the post's own: a <template> would be sent by text browsers.

const FIELDS = [".field-title", ".field-byline", ".field-body", ".field-related_url", ".upload"];
const ROWS = 6;
const more = document.getElementById("more");

more?.addEventListener("click", (event) => {
  event.preventDefault();
  const added = blank();
  more.before(added);
  renumber();
  added.querySelector("input").focus();
});

function blank() {
  const part = document.createElement("fieldset");
  part.className = "addendum-fields";
  part.dataset.added = "";
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "quiet";
  remove.addEventListener("click", () => {
    if (part.querySelector("[data-file], .coming")) {
      // The site has files of it: it knows which part they belong to.
      remove.type = "submit";
      remove.name = "do";
      remove.value = `remove-${parts().indexOf(part) + 1}`;
      return;
    }
    part.remove();
    renumber();
    more.focus();
  });
  part.append(document.createElement("legend"), ...FIELDS.map(copy), remove);
  return part;
}

function copy(name) {
  const field = more.form.querySelector(name).cloneNode(true);
  field.classList.remove("wrong");
  field.querySelectorAll(".required, .error, .chosen, .count").forEach((it) => it.remove());
  const input = field.querySelector("[name]");
  input.value = input.defaultValue = "";
  input.removeAttribute("aria-invalid");
  if (input.rows) {
    input.rows = ROWS;
  }
  for (const element of [field, ...field.querySelectorAll("*")]) {
    for (const attribute of ["id", "for", "aria-describedby"]) {
      const value = element.getAttribute(attribute);
      if (value) {
        element.setAttribute(attribute, value.replaceAll("id_", "id_addendum-0-"));
      }
    }
  }
  input.name = `addendum-0-${input.name}`;
  return field;
}

function parts() {
  return [...more.parentElement.querySelectorAll(".addendum-fields")];
}

// The server counts without gaps, and knows pictures by the number of their part.
function renumber() {
  for (const [index, part] of parts().entries()) {
    if ("added" in part.dataset) {
      number(part, index);
    }
  }
}

function number(part, index) {
  for (const element of part.querySelectorAll("[id], [for], [name]")) {
    for (const name of ["id", "for", "name", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) {
        element.setAttribute(name, value.replace(/addendum-\d+-/g, `addendum-${index}-`));
      }
    }
  }
  part.querySelector("legend").textContent = `§ ${index + 1}`;
  part.lastElementChild.textContent = more.dataset.remove.replace("{number}", index + 1);
}
