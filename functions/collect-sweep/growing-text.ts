import { freeMemory } from "#lib/core/free-memory.ts";

/** A character of a string takes at most three bytes of UTF-8. */
const BYTES_PER_UNIT = 3;

/** UTF-8 text that grows in one block: thousands of small ones would lie scattered over the memory of a whole sweep. */
export class GrowingText {
  readonly #encoder = new TextEncoder();
  #block = new Uint8Array(1 << 16);
  #length = 0;

  add(text: string): void {
    const needed = this.#length + BYTES_PER_UNIT * text.length;
    if (needed > this.#block.length) {
      const wider = new Uint8Array(Math.max(needed, 2 * this.#block.length));
      wider.set(this.#block.subarray(0, this.#length));
      freeMemory(this.#block);
      this.#block = wider;
    }
    this.#length += this.#encoder.encodeInto(text, this.#block.subarray(this.#length)).written;
  }

  isEmpty(): boolean {
    return this.#length === 0;
  }

  /** What was added, as a view of the block: empty once more is added. */
  bytes(): Uint8Array {
    return this.#block.subarray(0, this.#length);
  }
}
