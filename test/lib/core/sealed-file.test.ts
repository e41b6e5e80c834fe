import { describe, expect, it } from "vitest";
import { createRng } from "#lib/core/rng.ts";
import { openSealedFile, sealFile } from "#lib/core/sealed-file.ts";

const parts = {
  header: { name: "x", list: [1, null, "ü"] },
  arrays: [
    Float64Array.of(1, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324),
    new Float64Array(0),
    Float64Array.of(2),
  ],
  blob: Uint8Array.of(1, 2, 3),
};

describe("sealFile", () => {
  it("gives equal bytes for equal parts, whatever the order of the header's keys", () => {
    expect(sealFile("TEST", { ...parts, header: { list: [1, null, "ü"], name: "x" } })).toEqual(sealFile("TEST", parts));
  });
});

describe("openSealedFile", () => {
  it("reads every value back, -0, NaN and infinities included", () => {
    const read = openSealedFile("TEST", sealFile("TEST", parts), "A test file");
    expect(read).toEqual(parts);
    expect(Object.is(read.arrays[0]![1], -0)).toBe(true);
  });

  it("reads from inside a larger buffer and without any array or byte", () => {
    const empty = { header: {}, arrays: [], blob: new Uint8Array(0) };
    const bytes = sealFile("TEST", empty);
    const within = new Uint8Array(bytes.length + 3);
    within.set(bytes, 3);
    expect(openSealedFile("TEST", within.subarray(3), "A test file")).toEqual(empty);
  });

  it("reads the same from any place in a buffer, aligned or not", () => {
    const bytes = sealFile("TEST", parts);
    for (let at = 0; at < 16; at++) {
      const within = new Uint8Array(bytes.length + at);
      within.set(bytes, at);
      expect(openSealedFile("TEST", within.subarray(at), "A test file")).toEqual(parts);
    }
  });

  it("refuses a changed byte at any of 50 places, the first and last among them", () => {
    const bytes = sealFile("TEST", parts);
    const rng = createRng("flips");
    const places = [0, bytes.length - 1, ...Array.from({ length: 48 }, () => Math.floor(rng.uniform() * bytes.length))];
    for (const at of places) {
      const changed = bytes.slice();
      changed[at]! ^= 1 << Math.floor(rng.uniform() * 8);
      expect(() => openSealedFile("TEST", changed, "A test file"), `byte ${at}`).toThrow(
        expect.objectContaining({ code: "ARTIFACT_CORRUPT", message: expect.stringContaining("A test file") as unknown }) as Error,
      );
    }
  });

  it("refuses every truncation, bytes added at the end, and another kind", () => {
    const bytes = sealFile("TEST", parts);
    const corrupt = expect.objectContaining({ code: "ARTIFACT_CORRUPT" }) as Error;
    for (let length = 0; length < bytes.length; length += 7)
      expect(() => openSealedFile("TEST", bytes.subarray(0, length), "A test file")).toThrow(corrupt);
    expect(() => openSealedFile("TEST", Uint8Array.from([...bytes, 0]), "A test file")).toThrow(corrupt);
    expect(() => openSealedFile("ELSE", bytes, "A test file")).toThrow(corrupt);
  });
});
