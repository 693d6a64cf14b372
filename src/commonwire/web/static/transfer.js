// One file on its way to the site in pieces (tus 1.0): begun, asked how far it is, sent on.

import { request } from "./tus.js";

// The first piece is small; later ones take about so long, so that little is lost when
// the connection is.
const FIRST_PIECE = 256 * 1024;
const SMALLEST_PIECE = 64 * 1024;
const LARGEST_PIECE = 8 * 1024 * 1024;
const PIECE_SECONDS = 5;

export class Transfer {
  where = null;
  offset = 0;
  // Whether the site may be farther than this page knows.
  unsure = false;
  #piece = FIRST_PIECE;
  #asking = new AbortController();
  #beginning = null;
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
    this.#beginning = this.#request("POST", address, {
      "Upload-Length": this.length,
      "Upload-Metadata": `part ${btoa(part)}`,
    });
    const answer = await this.#beginning;
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

  // What is being begun is let happen: otherwise the site could have it unknown to us.
  stop() {
    if (this.where) {
      this.#asking.abort();
      this.unsure = true;
    }
  }

  // The site need not keep what it has of it.
  async drop() {
    this.stop();
    await this.#beginning;
    if (this.where) {
      await this.#request("DELETE", this.where);
      this.where = null;
    }
  }

  #request(method, address, headers, body) {
    this.#asking = new AbortController();
    return request(method, address, { headers, body, moved: this.#moved, signal: this.#asking.signal });
  }

  #reached(offset) {
    this.offset = offset;
    this.unsure = false;
    this.#moved(0);
  }
}

function offsetOf(answer) {
  return Number(answer.getResponseHeader("Upload-Offset"));
}
