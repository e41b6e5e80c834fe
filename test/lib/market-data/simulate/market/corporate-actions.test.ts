import { describe, expect, it } from "vitest";
import { type ActionRules, actionsOn, logScaleChange } from "#lib/market-data/simulate/market/corporate-actions.ts";

const rules: ActionRules = { dividendYield: 0.02, dividendMonth: 0, splits: true, stated: [] };

describe("actionsOn", () => {
  it("pays a quarter of the yield on the first session on or after the tenth of its months", () => {
    expect(actionsOn(rules, 20240610, 20240607, 100)).toEqual([{ exDate: 20240610, split: 1, cash: 0.5 }]);
    expect(actionsOn(rules, 20240611, 20240610, 100)).toEqual([]);
    expect(actionsOn(rules, 20240710, 20240709, 100)).toEqual([]);
    expect(actionsOn({ ...rules, dividendMonth: 1 }, 20240710, 20240709, 100)).toHaveLength(1);
    expect(actionsOn({ ...rules, dividendYield: 0 }, 20240610, 20240607, 100)).toEqual([]);
  });

  it("splits a dear share on the month's first session, and merges a cheap one", () => {
    expect(actionsOn(rules, 20240701, 20240628, 151)).toEqual([{ exDate: 20240701, split: 4, cash: 0 }]);
    expect(actionsOn(rules, 20240701, 20240628, 301)).toEqual([{ exDate: 20240701, split: 10, cash: 0 }]);
    expect(actionsOn(rules, 20240701, 20240628, 7.99)).toEqual([{ exDate: 20240701, split: 0.1, cash: 0 }]);
    expect(actionsOn(rules, 20240702, 20240701, 400)).toEqual([]);
    expect(actionsOn({ ...rules, splits: false }, 20240701, 20240628, 400)).toEqual([]);
  });

  it("carries what is stated out on the first session on or after its date, once", () => {
    const stated = [{ exDate: 20240706, split: 2, cash: 0 }];
    expect(actionsOn({ ...rules, stated }, 20240705, 20240703, 100)).toEqual([]);
    expect(actionsOn({ ...rules, stated }, 20240708, 20240705, 100)).toEqual([{ exDate: 20240708, split: 2, cash: 0 }]);
    expect(actionsOn({ ...rules, stated }, 20240709, 20240708, 100)).toEqual([]);
  });
});

describe("logScaleChange", () => {
  it("takes the payment off each old share, then divides them", () => {
    // 100 pays 2 and splits 2:1: (100 - 2) / 2 = 49.
    const actions = [
      { exDate: 20240708, split: 2, cash: 0 },
      { exDate: 20240708, split: 1, cash: 2 },
    ];
    expect(100 * Math.exp(logScaleChange(actions, 100))).toBeCloseTo(49, 12);
    expect(logScaleChange([], 100)).toBe(0);
  });
});
