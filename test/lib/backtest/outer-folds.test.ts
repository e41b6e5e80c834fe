import { describe, expect, it } from "vitest";
import { ledgerStartRow, outerFolds } from "#lib/backtest/outer-folds.ts";
import { SplitsSchema, WalkForwardSchema } from "#lib/backtest/splits.schema.ts";
import { walkForwardFolds } from "#lib/backtest/splits.ts";
import { matrixOf, randomBars } from "./support.ts";

const LABEL = { kind: "forward_return", unit: "bars", task: "classify", entry: "next_open", horizon: 3, band: { kind: "none" } } as const;
const daily = matrixOf(randomBars(600, "outer"), { label: LABEL });
const hourly = matrixOf(randomBars(700, "outer"), { label: LABEL, barsPerSession: 7 });
const cpcv = (more: object = {}) => SplitsSchema.parse({ kind: "cpcv", n_groups: 6, k_test: 2, ...more });

describe("outerFolds", () => {
  it("makes walk-forward folds as ever", () => {
    const splits = WalkForwardSchema.parse({ splits: 4 });
    expect(outerFolds(daily, splits)).toEqual(walkForwardFolds(daily, splits, 3));
  });

  it("makes as many folds as the kind says, over all rows before the holdout", () => {
    const kfold = outerFolds(daily, SplitsSchema.parse({ kind: "purged_kfold", splits: 4 }));
    expect(kfold.folds.map(({ testStart, testEnd }) => [testStart, testEnd])).toEqual([
      [0, 150],
      [150, 300],
      [300, 450],
      [450, 600],
    ]);
    expect(outerFolds(daily, cpcv()).folds).toHaveLength(15);
  });

  it("says that models saw later rows", () => {
    expect(outerFolds(daily, cpcv()).warnings).toEqual(["trains_on_later_rows"]);
    expect(outerFolds(daily, SplitsSchema.parse({ kind: "purged_kfold" })).warnings).toEqual(["trains_on_later_rows"]);
    expect(outerFolds(daily, SplitsSchema.parse({})).warnings).toEqual([]);
  });

  it("keeps the label's horizon out by default, and at least a session of intraday rows", () => {
    expect(outerFolds(daily, cpcv()).embargoBars).toBe(3);
    expect(outerFolds(hourly, cpcv()).embargoBars).toBe(7);
    expect(outerFolds(hourly, SplitsSchema.parse({})).embargoBars).toBe(3);
    const long = { ...hourly, info: { ...hourly.info, label: { ...LABEL, horizon: 20 } } };
    expect(outerFolds(long, cpcv()).embargoBars).toBe(20);
  });

  it("takes a smaller embargo with a warning, as bars or as the classic fraction", () => {
    const of = (matrix: typeof daily, more: object) => {
      const { embargoBars, warnings } = outerFolds(matrix, cpcv(more));
      return [embargoBars, ...warnings];
    };
    expect(of(daily, { embargo_bars: 2 })).toEqual([2, "embargo_below_label_horizon", "trains_on_later_rows"]);
    expect(of(daily, { embargo: 0.001 })).toEqual([1, "embargo_below_label_horizon", "trains_on_later_rows"]);
    expect(of(hourly, { embargo_bars: 5 })).toEqual([5, "embargo_below_one_session", "trains_on_later_rows"]);
    expect(of(hourly, { embargo_bars: 0 })).toEqual([
      0,
      "embargo_below_label_horizon",
      "embargo_below_one_session",
      "trains_on_later_rows",
    ]);
  });

  it("purges whatever the embargo: no training label meets a test label", () => {
    for (const { train, blocks } of outerFolds(daily, cpcv({ embargo_bars: 0 })).folds) {
      for (const { start, end } of blocks!) {
        for (const row of train) expect(daily.t1[row]! < daily.ts[start]! || daily.ts[row]! > daily.t1[Math.min(end, 597) - 1]!).toBe(true);
      }
    }
  });
});

describe("ledgerStartRow", () => {
  const times = (rows: number) => ({ ts: Float64Array.from({ length: rows }, (_, row) => row) });

  it("counts all kinds of splits under the same sessions", () => {
    for (const splits of [{}, { splits: 9 }, { kind: "purged_kfold" }, { kind: "cpcv" }])
      expect(ledgerStartRow(times(1001), SplitsSchema.parse(splits))).toBe(300);
    expect(ledgerStartRow(times(1000), SplitsSchema.parse({ first_train_share: 0.5 }))).toBe(500);
  });
});
