import { describe, expect, it } from "vitest";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { createIndicatorInputs } from "#lib/indicators/inputs.ts";
import { newColumn, recycleColumns } from "#lib/indicators/kernels/columns.ts";
import { computePlan, planIndicators } from "#lib/indicators/plan.ts";
import { paramSets } from "./laws.ts";
import { supplied } from "./market.ts";
import { EVERY_DAY, inputsOf, randomWalk, roughWalk } from "./series.ts";

describe("planIndicators", () => {
  it("lists the columns in the order of the entries, with unit and warm-up", () => {
    const plan = planIndicators([
      { name: "rsi_14" },
      { name: "macd" },
      { name: "bollinger", window: 20, num_std: 2.5 },
      { name: "day_of_week" },
    ]);
    expect(plan.columns).toEqual([
      { name: "rsi_14", indicator: "rsi", version: 1, unit: "index", warmupBars: 14 },
      { name: "macd_12_26_9", indicator: "macd", version: 2, unit: "price", warmupBars: 33 },
      { name: "macd_signal_12_26_9", indicator: "macd", version: 2, unit: "price", warmupBars: 33 },
      { name: "macd_hist_12_26_9", indicator: "macd", version: 2, unit: "price", warmupBars: 33 },
      { name: "bb_mid_20_2p5", indicator: "bollinger_bands", version: 1, unit: "price", warmupBars: 19 },
      { name: "bb_upper_20_2p5", indicator: "bollinger_bands", version: 1, unit: "price", warmupBars: 19 },
      { name: "bb_lower_20_2p5", indicator: "bollinger_bands", version: 1, unit: "price", warmupBars: 19 },
      { name: "bb_width_20_2p5", indicator: "bollinger_bands", version: 1, unit: "ratio", warmupBars: 19 },
      { name: "bb_pctb_20_2p5", indicator: "bollinger_bands", version: 1, unit: "ratio", warmupBars: 19 },
      { name: "day_of_week", indicator: "day_of_week", version: 1, unit: "weekday", warmupBars: 0 },
    ]);
    expect(plan.warmupBars).toBe(33);
  });

  it("names the columns as the design does", () => {
    const names = planIndicators([
      { name: "dist_to_ema", window: 20 },
      { name: "adx", period: 14 },
      { name: "momentum", window: 3 },
      { name: "volatility", window: 3 },
      { name: "ema_slope", window: 20, period: 5 },
      { name: "momentum_score_total" },
    ]).columns.map((column) => column.name);
    expect(names).toEqual([
      "dist_ema20_norm",
      "plus_di_14",
      "minus_di_14",
      "adx_14",
      "close_mom_3",
      "close_vol_3",
      "ema_slope_20_5",
      "momentum_score_total",
    ]);
  });

  it("marks what was known at the session's open, whatever the cadence", () => {
    const names = ["rsi", "ema", "ret", "dist_to_ema", "vwap", "atr", "vol"].map((name) => ({ name: `daily_${name}` }));
    expect(planIndicators(names).columns.map((column) => column.name)).toEqual([
      "rsi_14_d",
      "ema_20_d",
      "ret_1_d",
      "dist_ema20_norm_d",
      "vwap_d",
      "atr_14_d",
      "close_vol_20_d",
    ]);
    expect(planIndicators(names, { barsPerSession: 7 }).warmupBars).toBe(21 * 7);
  });

  it("counts a session-based warm-up in the bars of the cadence", () => {
    expect(planIndicators([{ name: "momentum_score_total" }]).warmupBars).toBe(142);
    expect(planIndicators([{ name: "momentum_score_total" }], { barsPerSession: 7 }).warmupBars).toBe(142);
    expect(planIndicators([{ name: "momentum_score_total" }], { barsPerSession: 78 }).warmupBars).toBe(15 * 78);
  });

  it("refuses two columns of one name, naming the column", () => {
    expect(() => planIndicators([{ name: "rsi_14" }, { name: "rsi", period: 14 }])).toThrow('give the column "rsi_14"');
    expect(() => planIndicators([{ name: "momentum_score_total" }, { name: "momentum_score_total", window: 50 }])).toThrow(
      'give the column "momentum_score_total"',
    );
    expect(planIndicators([{ name: "rsi_14" }, { name: "rsi_14", column: "high" }]).columns.map(({ name }) => name)).toEqual([
      "rsi_14",
      "rsi_14_high",
    ]);
  });

  it("has no two indicators of the registry that give one column by default", () => {
    const all = planIndicators([...INDICATORS.keys()].map((name) => ({ name })));
    expect(all.items.length).toBe(INDICATORS.size);
  });

  it("is empty for an empty set", () => {
    expect(planIndicators([])).toEqual({ items: [], columns: [], warmupBars: 0 });
  });
});

describe("computePlan", () => {
  it("computes each column as its indicator alone does", () => {
    const bars = randomWalk(500, "plan");
    const plan = planIndicators([...INDICATORS.keys()].map((name) => ({ name })));
    const together = computePlan(plan, inputsOf(bars));
    const alone = plan.items.flatMap((item) => INDICATORS.get(item.name)!.compute(inputsOf(bars), item.params));
    expect(together.length).toBe(plan.columns.length);
    for (const [c, series] of together.entries()) expect(series, plan.columns[c]!.name).toEqual(alone[c]);
  });

  it("reads another bar column where the entry says so, and calls a volume a volume", () => {
    const bars = randomWalk(60, "column");
    const plan = planIndicators([{ name: "sma_5", column: "high" }, { name: "sma_5", column: "volume" }, { name: "sma_5" }]);
    expect(plan.columns.map(({ name, unit }) => [name, unit])).toEqual([
      ["sma_5_high", "price"],
      ["sma_5_volume", "volume"],
      ["sma_5", "price"],
    ]);
    const columns = computePlan(plan, inputsOf(bars));
    [bars.high, bars.volume, bars.close].forEach((source, c) => {
      const mean = (source[20]! + source[21]! + source[22]! + source[23]! + source[24]!) / 5;
      expect(columns[c]![24]).toBeCloseTo(mean, 6);
    });
  });

  it("hands out arrays of the caller's own: writing to them changes no later result and no input", () => {
    const inputs = inputsOf(randomWalk(200, "own"));
    const before = inputs.close.slice();
    const plan = planIndicators([
      { name: "ema_20" },
      { name: "true_range" },
      { name: "rsi_14" },
      { name: "zscore_20" },
      { name: "rolling_std" },
    ]);
    const more = planIndicators([{ name: "dist_to_ema" }, { name: "natr_14" }, { name: "ema_20" }, { name: "rolling_std" }]);
    const expected = computePlan(more, inputsOf(randomWalk(200, "own")));
    for (const series of computePlan(plan, inputs)) series.fill(-1);
    expect(computePlan(more, inputs)).toEqual(expected);
    expect(inputs.close).toEqual(before);
  });

  it("makes a shared series once", () => {
    const bars = randomWalk(100, "shared");
    const inputs = inputsOf(bars);
    const keys: string[] = [];
    const spied = createIndicatorInputs(inputs);
    const counted = (key: string, make: () => Float64Array) =>
      spied.shared.get(key, () => {
        keys.push(key);
        return make();
      });
    const shared = { ...spied.shared, get: counted };
    computePlan(
      planIndicators([{ name: "dist_to_ema" }, { name: "ema" }, { name: "ema_slope" }, { name: "ret_1" }, { name: "momentum_1" }]),
      {
        ...spied,
        shared,
      },
    );
    expect(keys.toSorted()).toEqual(["ema:20", "return:1"]);
  });
});

describe("recycleColumns", () => {
  it("gives memory back without a trace: on poisoned columns every indicator computes what it does on fresh ones", () => {
    const length = 311;
    for (const kind of [randomWalk, roughWalk])
      for (const definition of INDICATORS.values())
        for (const params of paramSets(definition)) {
          const bars = definition.needs ? supplied(definition, params, kind(length, 1, EVERY_DAY)) : kind(length, "recycle");
          const fresh = definition.compute(inputsOf(bars), params);
          recycleColumns(Array.from({ length: 8 }, () => new Float64Array(length).fill(12_345.678)));
          expect(definition.compute(inputsOf(bars), params), definition.name).toEqual(fresh);
          for (const short of [0, 1, 2]) {
            const few = kind(short, "recycle");
            const freshFew = definition.compute(inputsOf(few), params);
            recycleColumns(Array.from({ length: 4 }, () => new Float64Array(short).fill(12_345.678)));
            expect(definition.compute(inputsOf(few), params), definition.name).toEqual(freshFew);
          }
        }
  });

  it("hands a column out once, for its own length, and takes it once", () => {
    const column = new Float64Array(4_321);
    recycleColumns([column, column]);
    expect(newColumn(4_320)).not.toBe(column);
    expect(newColumn(4_321)).toBe(column);
    expect(newColumn(4_321)).not.toBe(column);
  });
});
