// Solves one of altcha's challenges: counts until the derived key begins as it should.

const HEX = 16;

self.addEventListener("message", async ({ data }) => {
  const answer = await fetch(data);
  const challenge = await answer.json();
  const solution = await solve(challenge.parameters);
  self.postMessage(btoa(JSON.stringify({ challenge, solution })));
});

async function solve({ nonce, salt, cost, keyLength, keyPrefix, algorithm }) {
  const hash = algorithm.split("/")[1];
  const [begin, salted] = [bytes(nonce), bytes(salt)];
  const password = new Uint8Array(begin.length + 4);
  password.set(begin);
  const number = new DataView(password.buffer);
  for (let counter = 0; ; counter++) {
    number.setUint32(begin.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const how = { name: "PBKDF2", salt: salted, iterations: cost, hash };
    const derived = hex(await crypto.subtle.deriveBits(how, key, keyLength * 8));
    if (derived.startsWith(keyPrefix)) {
      return { counter, derivedKey: derived };
    }
  }
}

function bytes(text) {
  return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, HEX));
}

function hex(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(HEX).padStart(2, "0")).join("");
}
