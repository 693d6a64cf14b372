// One file on its way to the site in pieces (tus 1.0): begun, asked how far it is, sent on.

export const VERSION = { "Tus-Resumable": "1.0.0" };
// The first piece is small; later ones take about so long, so that little is lost when
// the connection is.
const FIRST_PIECE = 256 * 1024;
const SMALLEST_PIECE = 64 * 1024;
const LARGEST_PIECE = 8 * 1024 * 1024;
const PIECE_SECONDS = 5;
const HANGING = 60_000;
const LATER = [409, 423, 429, 460, 500, 502, 503, 504];
const UNFIT = 422;

// The site will not have it, and says why; `final`: the same file will never be taken.
export class Refusal extends Error {
  final = false;
}

export class Transfer {
  where = null;
  offset = 0;
  // Whether the site may be farther than this page knows.
  unsure = false;
  #piece = FIRST_PIECE;
  #asked = null;
  #moved;

  // `moved` is told the bytes that are on their way beyond the offset.
  constructor(length, moved) {
    this.length = length;
    this.#moved = moved;
  }

  get isWhole() {
    return this.offset === this.length && !this.unsure;
  }

  async begin(address, part) {
    const answer = await this.#request("POST", address, {
      "Upload-Length": this.length,
      "Upload-Metadata": `part ${btoa(part)}`,
    });
    this.where = answer.getResponseHeader("Location");
    this.#reached(0);
  }

  async askHowFar() {
    const answer = await this.#request("HEAD", this.where);
    if (answer) {
      this.#reached(offsetOf(answer));
    } else {
      // It was given up by the site: from the beginning.
      this.where = null;
    }
  }

  async sendPiece(file) {
    const size = Math.round(this.#piece);
    const before = performance.now();
    const headers = {
      "Upload-Offset": this.offset,
      "Content-Type": "application/offset+octet-stream",
    };
    const piece = file.slice(this.offset, this.offset + size);
    const answer = await this.#request("PATCH", this.where, headers, piece);
    const seconds = Math.max(0.01, (performance.now() - before) / 1000);
    const fitting = Math.max(SMALLEST_PIECE, (size * PIECE_SECONDS) / seconds);
    this.#piece = Math.min(LARGEST_PIECE, 4 * size, fitting);
    this.#reached(answer ? offsetOf(answer) : 0);
    this.unsure = !answer;
  }

  stop() {
    this.#asked?.abort();
    this.unsure = true;
  }

  // The site need not keep what it has of it.
  async drop() {
    this.stop();
    if (this.where) {
      await fetch(this.where, { method: "DELETE", headers: VERSION });
      this.where = null;
    }
  }

  #reached(offset) {
    this.offset = offset;
    this.unsure = false;
    this.#moved(0);
  }

  #request(method, address, headers = {}, body = null) {
    return new Promise((resolve, reject) => {
      const asked = new XMLHttpRequest();
      asked.open(method, address);
      asked.timeout = HANGING;
      for (const [name, value] of Object.entries({ ...VERSION, ...headers })) {
        asked.setRequestHeader(name, value);
      }
      asked.upload.addEventListener("progress", (event) => this.#moved(event.loaded));
      asked.addEventListener("load", () => judge(asked, method, resolve, reject));
      for (const end of ["error", "timeout", "abort"]) {
        asked.addEventListener(end, () => reject(new Error(end)));
      }
      this.#asked = asked;
      asked.send(body);
    });
  }
}

function offsetOf(answer) {
  return Number(answer.getResponseHeader("Upload-Offset"));
}

function judge(asked, method, resolve, reject) {
  if (asked.status >= 200 && asked.status < 300) {
    resolve(asked);
  } else if (asked.status === 404 && method !== "POST") {
    resolve(null);
  } else if (LATER.includes(asked.status)) {
    reject(new Error(asked.status));
  } else {
    reject(Object.assign(new Refusal(sentence(asked)), { final: asked.status === UNFIT }));
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
