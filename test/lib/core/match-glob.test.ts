import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesGlob } from "#lib/core/match-glob.ts";

describe("matchesGlob", () => {
  it.each([
    ["ema_20", "ema_20", true],
    ["ema_20", "ema_2", false],
    ["ema_20", "ema_*", true],
    ["ema_20", "ema_??", true],
    ["ema_200", "ema_??", false],
    ["ema_slope_20_5", "ema_???", false],
    ["macd_hist_12_26_9", "macd_??_*", false],
    ["macd_12_26_9", "macd_??_*", true],
    ["bb_upper_20_2", "*_upper_*", true],
    ["aXbXc", "a*X*c", true],
    ["abc", "a*bc*c", false],
    ["", "*", true],
    ["a.b", "a?b", true],
    ["aab", "a+b", false],
  ])("matches %j with %j: %s", (name, glob, expected) => {
    expect(matchesGlob(name, glob)).toBe(expected);
  });

  it("agrees with a regular expression that says the same", () => {
    const text = fc.stringMatching(/^[ab]{0,8}$/);
    const glob = fc.stringMatching(/^[ab*?]{0,6}$/);
    fc.assert(
      fc.property(text, glob, (name, pattern) => {
        const regex = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
        expect(matchesGlob(name, pattern)).toBe(regex.test(name));
      }),
      { numRuns: 1000 },
    );
  });

  it("stays quick on patterns that make backtracking explode", () => {
    expect(matchesGlob("a".repeat(10_000), `${"*a".repeat(60)}b`)).toBe(false);
  });
});
