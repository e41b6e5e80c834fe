import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatOccSymbol, parseOccSymbol } from "#lib/core/occ-symbol.ts";
import { dateOfDayNumber, dayNumberOf } from "#lib/core/time.ts";

describe("parseOccSymbol", () => {
  it.each([
    ["O:SPY240701C00545000", "SPY", 20240701, 1, 545],
    ["SPY240701C00545000", "SPY", 20240701, 1, 545],
    ["SPY   240701C00545000", "SPY", 20240701, 1, 545],
    ["SPXW  210104P03700000", "SPXW", 20210104, -1, 3700],
    // From the symbology's own examples: a half-dollar strike, and an adjusted root.
    ["LAMR  150117C00052500", "LAMR", 20150117, 1, 52.5],
    ["O:AAPL1140621P00092140", "AAPL1", 20140621, -1, 92.14],
    ["O:F991231P00000500", "F", 20991231, -1, 0.5],
    ["O:BRK.B240229C99999999", "BRK.B", 20240229, 1, 99_999.999],
  ])("reads %s", (text, root, expiry, right, strike) => {
    expect(parseOccSymbol(text)).toEqual({ root, expiry, right, strike });
  });

  it.each([
    ["", "nothing"],
    ["SPY", "a share"],
    ["O:SPY240701C0054500", "seven digits of strike"],
    ["O:SPY240701C005450000", "nine digits of strike"],
    ["O:SPY240701X00545000", "a right that is neither call nor put"],
    ["O:SPY240701c00545000", "lower case"],
    ["O:SPY240230C00545000", "a day that does not exist"],
    ["O:SPY241301C00545000", "a month that does not exist"],
    ["O:SPY240701C00000000", "a strike of nothing"],
    ["O:TOOLONGX240701C00545000", "a root of eight"],
    ["O:240701C00545000", "no root"],
    [" O:SPY240701C00545000", "a space before"],
    ["O:SPY240701C00545000\n", "a line break after"],
    ["O:SPY 240701C00545000 ", "a space after"],
  ])("reads nothing from %j (%s)", (text) => {
    expect(parseOccSymbol(text)).toBeUndefined();
  });
});

describe("formatOccSymbol", () => {
  it("writes what parseOccSymbol reads", () => {
    expect(formatOccSymbol({ root: "SPY", expiry: 20240701, right: 1, strike: 545 })).toBe("O:SPY240701C00545000");
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Z]{1,5}[0-9]?$/),
        fc.integer({ min: dayNumberOf(20000101), max: dayNumberOf(20991231) }),
        fc.constantFrom(1 as const, -1 as const),
        fc.integer({ min: 1, max: 99_999_999 }),
        (root, day, right, thousandths) => {
          const contract = { root, expiry: dateOfDayNumber(day), right, strike: thousandths / 1000 };
          expect(parseOccSymbol(formatOccSymbol(contract))).toEqual(contract);
        },
      ),
    );
  });

  it.each([
    ["a strike of a tenth of a thousandth", { strike: 1.0001 }],
    ["a strike that is too large", { strike: 100_000 }],
    ["no strike", { strike: Number.NaN }],
    ["a date of the last century", { expiry: 19991231 }],
    ["a root in lower case", { root: "spy" }],
  ])("refuses %s", (_, change) => {
    expect(() => formatOccSymbol({ root: "SPY", expiry: 20240701, right: 1, strike: 545, ...change })).toThrow(
      expect.objectContaining({ code: "INVALID_PARAM" }),
    );
  });
});
