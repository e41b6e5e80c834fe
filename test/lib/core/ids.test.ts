import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IdSchema, readId, SymbolSchema } from "#lib/core/ids.ts";

describe("readId", () => {
  it("passes lower-case letters, digits and underscores", () => {
    expect(readId("model_id", "spx_eq_swing_daily")).toBe("spx_eq_swing_daily");
    expect(readId("model_id", "0")).toBe("0");
    expect(readId("model_id", "a".repeat(64))).toHaveLength(64);
  });

  it.each([
    "",
    "..",
    "../x",
    "a/b",
    "a\\b",
    ".hidden",
    "_a",
    "A",
    "a b",
    "a-b",
    "a\u0000",
    "a\n",
    "ä",
    "%2e%2e",
    "a".repeat(65),
    7,
    null,
    undefined,
    {},
  ])("refuses %j and names the field", (value) => {
    expect(() => readId("model_id", value)).toThrowError(
      expect.objectContaining({
        code: "INVALID_PARAM",
        message: expect.stringMatching(/^model_id must match \^\[a-z0-9\]\[a-z0-9_\]\{0,63\}\$; found "/),
        facts: { field: "model_id" },
        fieldErrors: [{ path: "model_id", issue: "must match ^[a-z0-9][a-z0-9_]{0,63}$" }],
      }),
    );
  });

  it("never lets through what could leave a folder", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        try {
          expect(readId("id", text)).toMatch(/^[a-z0-9_]{1,64}$/);
        } catch (error) {
          expect(error).toMatchObject({ code: "INVALID_PARAM" });
        }
      }),
    );
  });

  it("agrees with its schema", () => {
    for (const text of ["a", "a_1", "_a", "A", "", "a".repeat(65)]) {
      const read = (): string => readId("id", text);
      if (IdSchema.safeParse(text).success) expect(read()).toBe(text);
      else expect(read).toThrow();
    }
  });
});

describe("SymbolSchema", () => {
  it.each(["SPY", "BRK.B", "^GSPC", "O:SPY240701C00545000", "ES-1", "A"])("takes %s", (symbol) => {
    expect(SymbolSchema.parse(symbol)).toBe(symbol);
  });

  it.each(["", "spy", "../SPY", "SPY/USD", ".SPY", "SPY ", "A".repeat(33)])('refuses "%s"', (symbol) => {
    expect(SymbolSchema.safeParse(symbol).success).toBe(false);
  });
});
