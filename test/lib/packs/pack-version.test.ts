import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareVersions, PackVersionSchema } from "#lib/packs/pack-version.ts";

const part = fc.nat(999_999_999);
const version = fc.tuple(part, part, part).map((parts) => parts.join("."));

describe("PackVersionSchema", () => {
  it.each(["0.1.0", "1.0.0", "10.20.30", "999999999.0.0"])("takes %s", (text) => {
    expect(PackVersionSchema.safeParse(text).success).toBe(true);
  });
  it.each(["1.0", "1.0.0.0", "01.0.0", "1.0.00", "v1.0.0", "1.0.0-beta", "1.-1.0", "1.0.1234567890", "", " 1.0.0"])(
    "refuses %j",
    (text) => {
      expect(PackVersionSchema.safeParse(text).success).toBe(false);
    },
  );
});

describe("compareVersions", () => {
  it("orders by number, not by text", () => {
    const sorted = ["0.1.0", "0.10.0", "0.9.9", "1.0.0", "0.2.0", "10.0.0", "2.0.0"].sort(compareVersions);
    expect(sorted).toEqual(["0.1.0", "0.2.0", "0.9.9", "0.10.0", "1.0.0", "2.0.0", "10.0.0"]);
  });

  it("is an order: equal only to itself, and the other way round with the sign changed", () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(compareVersions(a, b) === 0).toBe(a === b);
        expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
      }),
    );
  });
});
