// One request of the protocol tus 1.0, and what its answer means.

const VERSION = { "Tus-Resumable": "1.0.0" };
const HANGING = 60_000;
const LATER = [409, 423, 429, 460, 500, 502, 503, 504];
const NO_ROOM = 409; // where an upload is begun
const UNFIT = [413, 422];

// The site will not have it, and says why; `final`: the same file will never be taken.
export class Refusal extends Error {
  final = false;
}

// The answer; null where there is nothing. `moved` is told the bytes that are on their way.
export function request(method, address, { headers = {}, body = null, moved, signal }) {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.open(method, address);
    asked.timeout = HANGING;
    for (const [name, value] of Object.entries({ ...VERSION, ...headers })) {
      asked.setRequestHeader(name, value);
    }
    asked.upload.addEventListener("progress", (event) => moved(event.loaded));
    asked.addEventListener("load", () => judge(asked, method, resolve, reject));
    for (const end of ["error", "timeout", "abort"]) {
      asked.addEventListener(end, () => reject(new Error(end)));
    }
    signal.addEventListener("abort", () => asked.abort());
    asked.send(body);
  });
}

function judge(asked, method, resolve, reject) {
  const { status } = asked;
  const isBegun = method !== "POST";
  if (status >= 200 && status < 300) {
    resolve(asked);
  } else if (status === 404 && isBegun) {
    resolve(null);
  } else if (LATER.includes(status) && (isBegun || status !== NO_ROOM)) {
    reject(new Error(status));
  } else {
    reject(Object.assign(new Refusal(sentence(asked)), { final: UNFIT.includes(status) }));
  }
}

// Empty when whoever answered has none, such as a server in between.
function sentence(asked) {
  try {
    return JSON.parse(asked.responseText).sentence;
  } catch {
    return "";
  }
}
