import { describe, expect, it } from "vitest";
import { isSha256, sha256, sha256OfJson } from "#lib/core/digest.ts";

describe("sha256", () => {
  // FIPS 180-4 examples.
  it("hashes a text's UTF-8 bytes, and bytes, alike", () => {
    expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(sha256(new Uint8Array([0x61, 0x62, 0x63]))).toBe(sha256("abc"));
    expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });
});

describe("sha256OfJson", () => {
  it("hashes the canonical text, so that the order of keys does not matter", () => {
    // printf '{"a":"é","b":[1,null]}' | sha256sum
    const expected = "3d92f6368f93f3cb36a4e7a721098054dfbfd705e31fa50409f2d99e0727a08c";
    expect(sha256OfJson({ b: [1, null], a: "é" })).toBe(expected);
    expect(sha256OfJson({ a: "é", b: [1, null] })).toBe(expected);
  });
});

describe("isSha256", () => {
  it("knows the form of a digest", () => {
    expect(isSha256(sha256("x"))).toBe(true);
    for (const text of ["", "abc", sha256("x").toUpperCase(), `${sha256("x")}0`, `${sha256("x").slice(1)}/`, `${sha256("x")}\n`]) {
      expect(isSha256(text)).toBe(false);
    }
  });
});
