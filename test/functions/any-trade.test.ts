import { beforeAll, describe, expect, it } from "vitest";
import { EXIT_KINDS } from "#lib/backtest/trade-kernel.ts";
import { createPackLab } from "./pack-lab.ts";

/** Two blocks, each tested by a model of the other one: the market is short. */
const SPLITS = { kind: "purged_kfold", splits: 2 };
/** Without calibration even a model without skill has an opinion, and trades. */
const ASK = { splits: SPLITS, thresholds: [0], threshold_mode: "edge", calibration: "none" };

let lab: Awaited<ReturnType<typeof createPackLab>>;
beforeAll(async () => {
  lab = await createPackLab();
});

describe("a model of a universe", () => {
  const MODEL = "universe";
  beforeAll(async () => {
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
    expect(await lab.build(MODEL)).toMatchObject({ untradable: null });
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

  it("is swept, and its rows stand under the universe's name", async () => {
    const swept = await lab.sweep(MODEL, { mode: "simple", splits: SPLITS });
    expect(swept).toMatchObject({ variants: 27, failed_variants: 0 });
    expect(swept.distinct).toBeGreaterThan(5);
  });
});
