import { beforeAll, describe, expect, it } from "vitest";
import { evaluationInput } from "#functions/shared/evaluation-input.ts";
import { loadDevelopment, loadPlan, loadPredictions } from "#functions/shared/evaluation-plan.ts";
import { loadDevelopmentContracts } from "#functions/shared/stored-contract-tape.ts";
import { evaluatePaths, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import { EXIT_KINDS } from "#lib/backtest/exit-kinds.ts";
import { QUOTED } from "#lib/backtest/options/contract-prices.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { createPackLab, OWNER } from "./pack-lab.ts";

const lab = await createPackLab();
const { artifacts } = lab.ports;
/** Two blocks, each tested by a model of the other one; without calibration even a model without skill trades. */
const ASK = { splits: { kind: "purged_kfold", splits: 2 }, thresholds: [0], threshold_mode: "edge", calibration: "none" } as const;

type Model = Parameters<typeof lab.create>[0];
const MODEL = {
  ticker: "LAB",
  asset_type: "opt",
  cadence: "daily",
  instrument: "options",
  data: { provider: "simulated", symbol: "SIM:LAB" },
  indicator_set: {
    indicators: [
      { name: "ret", window: 3 },
      { name: "rsi", window: 7 },
      { name: "zscore", window: 10 },
    ],
  },
  learner: { calibration: "none", params: { trees: 10, min_child_weight: 5 } },
} as const satisfies Partial<Model>;

/** The trades of a model's only variant, with the tape that priced them and the matrix that they stand on. */
async function tradesOf(model_id: string) {
  const { plan, result, report } = await lab.backtest(model_id, ASK);
  const stored = await loadPlan(artifacts, OWNER, plan.plan_key);
  const matrix = await loadDevelopment(artifacts, stored);
  const contracts = (await loadDevelopmentContracts(artifacts, stored, matrix))!;
  const input = evaluationInput(stored, matrix, await loadPredictions(artifacts, stored), contracts);
  const { evaluation } = evaluatePaths(preparePaths(input), stored.variants[0]!.params);
  return { result, report, matrix, contracts, trades: evaluation.trades, bought: evaluation.options!.trades };
}

describe("options over the night", () => {
  let found: Awaited<ReturnType<typeof tradesOf>>;
  beforeAll(async () => {
    await lab.create({
      ...MODEL,
      model_id: "night",
      horizon: "overnight",
      default_dte: 7,
      default_strike: "ATM",
      label: { kind: "close_to_open" },
      policy: { risk: { max_exposure: 50_000 } },
    });
    await lab.build("night");
    found = await tradesOf("night");
  }, 120_000);

  it("are bought at the close's quotes and sold at the next session's open", () => {
    const { matrix, contracts, trades, bought, report } = found;
    expect(report.assumptions.statements.slice(0, 2).join(" ")).toContain(
      "Entry at the close of the decision's session; exit at the next session's open.",
    );
    expect(trades.count).toBeGreaterThan(30);
    for (let i = 0; i < trades.count; i++) {
      const row = trades.decisionRow[i]!;
      const session = matrix.sessionDate[row]!;
      const contract = bought.contract[i]!;
      expect(EXIT_KINDS[trades.exitKind[i]!]).toBe("label_end");
      expect([trades.entryMs[i], trades.exitMs[i]]).toEqual([NYSE.closeOf(session), NYSE.openOf(NYSE.nextSession(session))]);
      const { factor } = matrix;
      const overnight = (matrix.open[row + 1]! * factor[row + 1]!) / (matrix.close[row]! * factor[row]!);
      expect(trades.exitPrice[i]! / trades.entryPrice[i]!).toBeCloseTo(overnight, 12);
      expect(bought.entrySource[i]).toBe(QUOTED);
      // No chain stands at an open: what traded in the first minutes does, or a model.
      expect(bought.exitSource[i]).not.toBe(QUOTED);
      expect(contracts.expiry[contract]).toBeGreaterThan(session);
      expect(contracts.right[contract]).toBe(trades.side[i]);
      // An option's price at the open lies at what exercise is worth or above it, and a call's below the stock's.
      const worth = Math.max(0, trades.side[i]! * (matrix.open[row + 1]! - contracts.strike[contract]!));
      expect(bought.exitMid[i]).toBeGreaterThan(worth * 0.9 - 0.05);
      expect(bought.exitMid[i]).toBeLessThan(matrix.open[row + 1]!);
    }
  });

  it("are for research only on daily bars, and what no quote priced is marked", () => {
    const { result, report } = found;
    expect(result.gate.reasons.map(({ code }) => code)).toContain("capped_research_only");
    const { repriced_trades, spread_modelled_trades } = report.variants[0]!.options!;
    expect(repriced_trades + spread_modelled_trades).toBeGreaterThanOrEqual(found.trades.count);
  });
});

describe("options between a label's barriers", () => {
  let found: Awaited<ReturnType<typeof tradesOf>>;
  beforeAll(async () => {
    await lab.create({
      ...MODEL,
      model_id: "barriers",
      horizon: "swing",
      default_dte: 30,
      default_strike: "ATM",
      label: {
        kind: "triple_barrier",
        entry: "decision_close",
        horizon: 5,
        up: 0.7,
        down: 0.7,
        sigma: { kind: "trailing", window: 10 },
        touch: "high_low",
      },
      policy: { risk: { max_exposure: 50_000 }, execution: { brackets: { entry_mode: "decision_close" } } },
    });
    await lab.build("barriers");
    found = await tradesOf("barriers");
  }, 120_000);

  it("leave when the underlying reaches one, with a gain at the target and a loss at the stop", () => {
    const { matrix, contracts, trades, bought } = found;
    expect(contracts.sources.map(({ role }) => role)).toEqual(["chains", "option_bars", "minutes"]);
    expect(trades.count).toBeGreaterThan(10);
    const kinds = Array.from({ length: trades.count }, (_, i) => EXIT_KINDS[trades.exitKind[i]!]!);
    expect(new Set(kinds)).toEqual(new Set(["label_end", "stop", "target"]));
    for (let i = 0; i < trades.count; i++) {
      const contract = bought.contract[i]!;
      const exit = trades.exitRow[i]!;
      expect(contracts.right[contract]).toBe(trades.side[i]);
      const decision = trades.decisionRow[i]!;
      expect(trades.entryMs[i]).toBe(matrix.ts[decision]);
      expect(trades.exitMs[i]).toBeLessThanOrEqual(matrix.ts[exit]!);
      expect(exit - trades.decisionRow[i]!).toBeLessThanOrEqual(5);
      const moved = trades.side[i]! * (trades.exitPrice[i]! / trades.entryPrice[i]! - 1);
      if (kinds[i] === "stop") expect([moved < 0, trades.pnl[i]! < 0]).toEqual([true, true]);
      if (kinds[i] === "target") expect([moved > 0, bought.exitMid[i]! > bought.entryMid[i]!]).toEqual([true, true]);
    }
  });

  it("says in its report where the barriers stand", () => {
    expect(found.report.assumptions.statements.join(" ")).toContain(
      "The label's own barriers stand 0.7 sigma above and 0.7 below the entry",
    );
  });
});
