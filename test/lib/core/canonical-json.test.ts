import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "#lib/core/canonical-json.ts";

describe("canonicalJson", () => {
  it("sorts keys at every depth, keeps the order of arrays and uses no spaces", () => {
    expect(canonicalJson({ b: [3, 1, { z: null, a: true }], a: "x" })).toBe('{"a":"x","b":[3,1,{"a":true,"z":null}]}');
  });

  it("orders keys by UTF-16 code units, not by locale", () => {
    expect(canonicalJson({ ä: 1, z: 2, Z: 3, _: 4, "10": 5, "9": 6 })).toBe('{"10":5,"9":6,"Z":3,"_":4,"z":2,"ä":1}');
  });

  it("leaves undefined properties out", () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it("writes numbers as JSON does", () => {
    expect(canonicalJson([1, 1.5, 1e21, 1e-7, -0])).toBe("[1,1.5,1e+21,1e-7,0]");
  });

  it.each([
    ["NaN", Number.NaN, 'Canonical JSON has no "NaN"; use null for an undefined number.'],
    ["Infinity", Number.POSITIVE_INFINITY, 'Canonical JSON has no "Infinity"; use null for an undefined number.'],
    ["undefined in an array", [undefined], 'Canonical JSON has no "undefined".'],
    ["a bigint", 1n, 'Canonical JSON has no "bigint".'],
    ["a function", () => 1, 'Canonical JSON has no "function".'],
    ["a date", new Date(0), 'Canonical JSON takes plain objects, not "Date".'],
    ["a typed array", new Float64Array(1), 'Canonical JSON takes plain objects, not "Float64Array".'],
    ["a map", new Map(), 'Canonical JSON takes plain objects, not "Map".'],
  ])("refuses %s", (_what, value, message) => {
    expect(() => canonicalJson({ deep: [value] })).toThrowError(new TypeError(message));
  });

  it("loses nothing, and does not depend on the order of keys", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(JSON.parse(text)))).toBe(text);
      }),
    );
  });
});

/** The same value with the keys of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, item]) => [key, reversed(item)] as const);
  return Object.fromEntries(entries.reverse());
}
