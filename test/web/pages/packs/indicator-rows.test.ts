import { describe, expect, it } from "vitest";
import { type Indicator, menuRows, parametersOf } from "../../../../web/src/pages/packs/indicator-rows.ts";

describe("menuRows", () => {
  it("puts to each name of the menu its definition and the sets that compute it", () => {
    const rsi = { name: "rsi" } as Indicator;
    const rows = menuRows(
      [
        { name: "rsi", timeframe: "bar" },
        { name: "gone", timeframe: "daily" },
      ],
      [rsi],
      [
        {
          name: "default",
          indicators: [
            { name: "rsi", window: 14 },
            { name: "rsi", window: 21 },
          ],
        },
      ],
    );
    expect(rows).toEqual([
      {
        name: "rsi",
        timeframe: "bar",
        indicator: rsi,
        usedBy: [
          { set: "default", entry: { name: "rsi", window: 14 } },
          { set: "default", entry: { name: "rsi", window: 21 } },
        ],
      },
      { name: "gone", timeframe: "daily", indicator: undefined, usedBy: [] },
    ]);
  });
});

describe("parametersOf", () => {
  it("says default, bounds and choices in words", () => {
    const params = {
      window: { default: 14, description: "Wilder's period", type: "integer", minimum: 1, maximum: 1000 },
      k: { type: "number", exclusiveMinimum: 0 },
      kind: { enum: ["sma", "ema"], default: "sma" },
      normalize: { type: "boolean", default: false },
      cap: { anyOf: [{ type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER }, { type: "null" }], default: null },
    };
    expect(parametersOf({ params })).toEqual([
      { name: "window", meaning: "Wilder's period", standard: "14", allowed: "whole number, ≥ 1 and ≤ 1000", choices: [], isNumber: true },
      { name: "k", meaning: "", standard: "needed", allowed: "number, > 0", choices: [], isNumber: true },
      { name: "kind", meaning: "", standard: "sma", allowed: "sma, ema", choices: ["sma", "ema"], isNumber: false },
      { name: "normalize", meaning: "", standard: "false", allowed: "true, false", choices: ["true", "false"], isNumber: false },
      { name: "cap", meaning: "", standard: "none", allowed: "whole number, ≥ 1, or none", choices: [], isNumber: true },
    ]);
  });
});
