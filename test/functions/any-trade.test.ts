import { beforeAll, describe, expect, it } from "vitest";
import { EXIT_KINDS } from "#lib/backtest/exit-kinds.ts";
import { MarketSchema } from "#lib/market-data/simulate/market/market.schema.ts";
import { saveSimulation } from "#lib/market-data/simulate/simulation-store.ts";
import { createPackLab, OWNER } from "./pack-lab.ts";

/** Two blocks, each tested by a model of the other one: the market is short. */
const SPLITS = { kind: "purged_kfold", splits: 2 };
/** Without calibration even a model without skill has an opinion, and trades. */
const ASK = { splits: SPLITS, thresholds: [0], threshold_mode: "edge", calibration: "none" };

let lab: Awaited<ReturnType<typeof createPackLab>>;
beforeAll(async () => {
  lab = await createPackLab();
  // Labels of 63 sessions need more history than the short market has.
  const market = MarketSchema.parse({ first_date: "2020-01-02", last_date: "2024-03-28", seed: 6, start_price: 60 });
  await saveSimulation(lab.ports.artifacts, OWNER, { schema_version: 1, name: "LONG", spec: { kind: "market", market } }, false);
});

type Model = Parameters<Awaited<ReturnType<typeof createPackLab>>["create"]>[0];
const SIM = { provider: "simulated", symbol: "SIM:LAB" } as const;
const RSI: NonNullable<Model["indicator_set"]> = {
  indicators: [
    { name: "rsi", window: 7 },
    { name: "ret", window: 3 },
    { name: "zscore", window: 10 },
  ],
};
const stock = { ticker: "SIM:LAB", asset_type: "eq", data: SIM, indicator_set: RSI } as const;

/** Every kind of label, horizon, cadence and data, with what its trades are said to be and how they may end. */
const MODELS: Readonly<
  Record<string, { readonly model: Omit<Model, "model_id">; readonly says: string; readonly exits: readonly string[] }>
> = {
  zero_dte: {
    model: {
      ...stock,
      asset_type: "opt",
      horizon: "0dte",
      cadence: "hourly",
      window: { start: "2024-01-29", end: "2024-03-15" },
      features: { flow: { signed: true, atm: true, distance_max: 3 }, dealer: {}, oi: { include: true } },
      label: { kind: "next_bar_direction" },
    },
    says: "Entry at the open of the bar after the decision; exit at the close 1 bar after the decision.",
    exits: ["label_end", "expiry"],
  },
  headfake: {
    model: {
      ...stock,
      horizon: "intraday",
      cadence: "hourly",
      label: { kind: "headfake_reversal", window_end: "11:00", move_atr: 0.01, reverse_atr: 0.05, atr_window: 5 },
    },
    says: "Entry at the open of the bar after the decision; exit at the close of the decision's session.",
    exits: ["label_end"],
  },
  pin: {
    model: {
      ...stock,
      asset_type: "opt",
      horizon: "0dte",
      cadence: "hourly",
      window: { start: "2023-08-01", end: "2024-03-28" },
      label: { kind: "pin_drift", drift_start: "14:00", drift_atr: 0.02, atr_window: 5 },
    },
    says: "exit at the close of the decision's session.",
    exits: ["label_end", "expiry"],
  },
  overnight: {
    model: { ...stock, horizon: "overnight", cadence: "hourly", label: { kind: "close_to_open" } },
    says: "Entry at the close of the decision's session; exit at the next session's open.",
    exits: ["label_end"],
  },
  overnight_daily: {
    model: { ...stock, horizon: "overnight", cadence: "daily", label: { kind: "close_to_open" } },
    says: "Entry at the close of the decision's session; exit at the next session's open.",
    exits: ["label_end"],
  },
  barrier: {
    model: {
      ...stock,
      horizon: "swing",
      cadence: "daily",
      label: { kind: "triple_barrier", horizon: 5, up: 0.5, down: 0.5, sigma: { kind: "trailing", window: 10 }, touch: "high_low" },
    },
    says: "The label's own barriers stand 0.5 sigma above and 0.5 below the entry",
    exits: ["label_end", "stop", "target"],
  },
  sessions: {
    model: { ...stock, horizon: "swing", cadence: "hourly", label: { kind: "forward_return", horizon: 2, unit: "sessions" } },
    says: "exit at the close of the session 2 sessions after the decision's.",
    exits: ["label_end"],
  },
  regime: {
    model: {
      ...stock,
      horizon: "swing",
      cadence: "daily",
      data: {
        ...SIM,
        others: { VIX: { provider: "simulated", symbol: "SIM:LAB:VIX" }, VIX3M: { provider: "simulated", symbol: "SIM:LAB:VIX3M" } },
      },
      indicator_set: { indicators: [{ name: "vix_level" }, { name: "vix_term_slope" }, { name: "rsi", window: 7 }] },
      label: { kind: "forward_return", horizon: 3 },
    },
    says: "exit at the close 3 bars after the decision.",
    exits: ["label_end"],
  },
  long: {
    model: {
      ...stock,
      horizon: "long",
      cadence: "daily",
      data: { ...SIM, symbol: "SIM:LONG" },
      label: { kind: "forward_return", horizon: 63 },
    },
    says: "exit at the close 63 bars after the decision.",
    exits: ["label_end"],
  },
  ticks: {
    model: {
      ...stock,
      horizon: "intraday",
      cadence: "5m",
      window: { start: "2024-03-08", end: "2024-03-15" },
      indicator_set: { indicators: [{ name: "quote_imbalance" }, { name: "microprice" }, { name: "rsi", window: 7 }] },
      label: { kind: "next_bar_direction" },
    },
    says: "exit at the close 1 bar after the decision.",
    exits: ["label_end"],
  },
  relative: {
    model: {
      ...stock,
      horizon: "swing",
      cadence: "daily",
      data: { ...SIM, symbol: "SIM:LAB:03" },
      indicator_set: {
        indicators: [
          { name: "relative_strength", benchmark: "SIM:LAB", window: 10 },
          { name: "rsi", window: 7, underlying: "SIM:LAB" },
          { name: "ret", window: 3 },
        ],
      },
      label: { kind: "forward_return", horizon: 5 },
    },
    says: "exit at the close 5 bars after the decision.",
    exits: ["label_end"],
  },
};

describe.each(Object.entries(MODELS))("the model %s", (model_id, { model, says, exits }) => {
  beforeAll(async () => {
    await lab.create({ model_id, ...model, learner: { calibration: "none", params: { trees: 10, min_child_weight: 5 } } });
    await lab.build(model_id);
  });

  it("is backtested: its trades are the label's", async () => {
    const { report } = await lab.backtest(model_id, ASK);
    const [variant] = report.variants;
    expect(report.assumptions.statements[0] + (report.assumptions.statements[1] ?? "")).toContain(says);
    expect(variant!.metrics.trades).toBeGreaterThan(0);
    for (const kind of Object.keys(variant!.exits)) expect(exits).toContain(kind);
    if (model_id === "barrier") expect(Object.keys(variant!.exits).length).toBeGreaterThan(1);
    const onceASession = ["headfake", "pin", "overnight", "overnight_daily"].includes(model_id);
    if (onceASession) expect(variant!.metrics.trades).toBeLessThanOrEqual(variant!.metrics.sessions);
  });

  it("is swept over a small grid", async () => {
    const axes = { thresholds: [0, 0.05], stop_loss: [0.02] };
    const swept = await lab.sweep(model_id, { mode: "custom", threshold_mode: "edge", splits: SPLITS, axes });
    expect(swept).toMatchObject({ variants: 2, failed_variants: 0 });
  });
});

describe("a model of a universe", () => {
  const MODEL = "universe";
  beforeAll(async () => {
    await lab.importUniverse("two", [
      { symbol: "SIM:LONG:00", from: "2020-01-02", to: null, delisting_return: null },
      { symbol: "SIM:LONG:01", from: "2020-01-02", to: null, delisting_return: null },
    ]);
    await lab.create({
      ...stock,
      model_id: "long_universe",
      horizon: "swing",
      cadence: "daily",
      data: { ...SIM, symbol: "SIM:LONG", universe: "two" },
      label: { kind: "forward_return", horizon: 3 },
      learner: { params: { trees: 10 } },
    });
    await lab.build("long_universe");
    await lab.importUniverse("few", [
      { symbol: "SIM:LAB:00", from: "2023-06-01", to: null, delisting_return: null },
      { symbol: "SIM:LAB:01", from: "2023-06-01", to: "2023-12-15", delisting_return: -0.3 },
      { symbol: "SIM:LAB:02", from: "2023-09-01", to: null, delisting_return: null },
    ]);
    await lab.create({
      model_id: MODEL,
      ticker: "SIM:LAB",
      asset_type: "eq",
      horizon: "swing",
      cadence: "daily",
      data: { provider: "simulated", symbol: "SIM:LAB", universe: "few" },
      indicator_set: {
        indicators: [
          { name: "market_breadth", window: 20 },
          { name: "rsi", window: 7 },
          { name: "ret", window: 5 },
        ],
      },
      label: { kind: "forward_return", horizon: 3 },
      learner: { calibration: "none", params: { trees: 20 } },
    });
    await lab.build(MODEL);
  });

  it("is backtested as one account over its members, against the universe", async () => {
    const { result, report } = await lab.backtest(MODEL, ASK);
    expect(report.symbol).toBe("few");
    expect(report.variants[0]!.metrics.trades).toBeGreaterThan(20);
    expect(report.assumptions.statements.some((text) => text.includes("universe"))).toBe(true);
    for (const kind of Object.keys(report.variants[0]!.exits)) expect(EXIT_KINDS).toContain(kind);
    expect(result.metrics.benchmark_total_return).not.toBeNull();
    // Folds begin and end with a session, whatever members it has.
    const [first, second] = report.folds;
    expect(first!.test.last < second!.test.first).toBe(true);
    expect(await lab.backtest(MODEL, ASK)).toMatchObject({
      report: { variants: report.variants },
    });
  });

  it("is trained, and its signals are refused in words: they are made for one symbol", async () => {
    const { failed, signal } = await lab.score("long_universe");
    expect([failed?.code, signal]).toEqual(["UNPROCESSABLE", null]);
    expect(failed!.detail).toContain('trades the universe "two". Signals are made for models of one symbol');
  });

  it("is swept, and its rows stand under the universe's name", async () => {
    const swept = await lab.sweep(MODEL, { mode: "simple", splits: SPLITS });
    expect(swept).toMatchObject({ variants: 27, failed_variants: 0 });
    expect(swept.distinct).toBeGreaterThan(5);
  });
});
