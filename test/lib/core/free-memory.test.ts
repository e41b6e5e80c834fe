import { describe, expect, it } from "vitest";
import { freeMemory } from "#lib/core/free-memory.ts";

describe("freeMemory", () => {
  it("empties an array that has its buffer to itself", () => {
    const array = new Float64Array(1000);
    freeMemory(array);
    expect([array.length, array.buffer.byteLength]).toEqual([0, 0]);
  });

  it("leaves a view of a part alone, as others may read the rest", () => {
    const whole = Uint8Array.of(1, 2, 3, 4);
    freeMemory(whole.subarray(1));
    freeMemory(Buffer.from("pooled"));
    expect([...whole]).toEqual([1, 2, 3, 4]);
  });

  it("does nothing the second time", () => {
    const array = new Uint8Array(8);
    freeMemory(array);
    expect(() => freeMemory(array)).not.toThrow();
  });
});
