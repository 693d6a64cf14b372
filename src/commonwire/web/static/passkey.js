// Asks the device for a passkey and sends what it answers. A form says whether one is to
// be made or used; the options are in the page, or fetched when the button is pressed,
// so that they are fresh.

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const problem = form.querySelector("[data-cancelled]");
  form.hidden = false;
  if (!window.PublicKeyCredential) {
    tell(problem, "impossible");
    form.querySelector("button").disabled = true;
    continue;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
      const options = await optionsOf(form);
      const credential = await ask(form.dataset.passkey, options);
      form.elements.credential.value = JSON.stringify(credential);
    } catch (error) {
      tell(problem, reason(error));
      return;
    }
    form.submit();
  });
}

async function optionsOf(form) {
  if (!form.dataset.ask) {
    const data = JSON.parse(document.getElementById("passkey-options").textContent);
    return data.creation_options ?? data.request_options;
  }
  const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    throw new Error(answer.statusText);
  }
  return (await answer.json()).request_options;
}

async function ask(verb, options) {
  const publicKey = decoded(options.publicKey);
  const credential = await navigator.credentials[verb]({ publicKey });
  const { response } = credential;
  const said = {};
  for (const name of [
    "clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle",
  ]) {
    if (response[name]) {
      said[name] = encode(response[name]);
    }
  }
  if (response.getTransports) {
    said.transports = response.getTransports();
  }
  return {
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: said,
  };
}

// Options come as text; the browser wants some of them as bytes.
function decoded(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge) };
  if (options.user) {
    publicKey.user = { ...options.user, id: bytes(options.user.id) };
  }
  for (const name of ["excludeCredentials", "allowCredentials"]) {
    publicKey[name] = (options[name] ?? []).map((key) => ({ ...key, id: bytes(key.id) }));
  }
  return publicKey;
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function encode(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function reason(error) {
  if (error.name === "InvalidStateError") {
    return "known";
  }
  return error.name === "SecurityError" ? "impossible" : "cancelled";
}

function tell(place, which) {
  place.textContent = place.dataset[which];
  place.hidden = false;
}
