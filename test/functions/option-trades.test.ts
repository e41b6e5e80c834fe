import { beforeAll, describe, expect, it } from "vitest";
import { createCalibrateModel } from "#functions/calibrate-model/calibrate-model.ts";
import { createCollectSweep } from "#functions/collect-sweep/collect-sweep.ts";
import { createEvaluateVariants } from "#functions/evaluate-variants/evaluate-variants.ts";
import { createFitFold } from "#functions/fit-fold/fit-fold.ts";
import { createPlanBacktest } from "#functions/plan-backtest/plan-backtest.ts";
import { createPlanSweep } from "#functions/plan-sweep/plan-sweep.ts";
import { createPlanTraining } from "#functions/plan-training/plan-training.ts";
import { createPublishModel } from "#functions/publish-model/publish-model.ts";
import { createRunBacktest } from "#functions/run-backtest/run-backtest.ts";
import { createScoreModel } from "#functions/score-model/score-model.ts";
import { makeContractTape } from "#functions/shared/contract-tape.ts";
import { evaluationInput } from "#functions/shared/evaluation-input.ts";
import { loadDevelopment, loadPlan, loadPlanMatrix, loadPredictions } from "#functions/shared/evaluation-plan.ts";
import type { PlanResult } from "#functions/shared/make-plan.ts";
import { loadContractTape, loadDevelopmentContracts } from "#functions/shared/stored-contract-tape.ts";
import { createTrainModel } from "#functions/train-model/train-model.ts";
import { evaluatePaths, preparePaths } from "#lib/backtest/evaluate-paths.ts";
import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { EXIT_KINDS } from "#lib/backtest/exit-kinds.ts";
import { QUOTED } from "#lib/backtest/options/contract-prices.ts";
import { choiceAt } from "#lib/backtest/options/contract-tape.ts";
import { BacktestReportSchema } from "#lib/backtest/report.schema.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import type { MarketData } from "#lib/ports/market-data.ts";
import { readSignal } from "#lib/signals/signal-store.ts";
import { createPackLab, OWNER, PACK } from "./pack-lab.ts";

const MODEL = "lab_opt_0dte_hourly";
const SOURCE = { owner: OWNER, provider: "simulated", symbol: "SIM:LAB" };
const lab = await createPackLab();
const { ports } = lab;
const base = { owner: OWNER };
const ask = (run_id: string, request: Readonly<Record<string, Json>> = {}) => ({
  ...base,
  run_id,
  pack_id: PACK,
  model_id: MODEL,
  request,
});
const SPLITS = { splits: 3 };
const text = async (key: string): Promise<string> => new TextDecoder().decode((await ports.artifacts.get(key)).bytes);

async function fitFolds(plan: PlanResult): Promise<void> {
  for (const fold of plan.folds) await createFitFold(ports)({ ...base, run_id: "backtest_1", plan_key: plan.plan_key, fold });
}

describe("trades of options on a simulated market", () => {
  let plan: PlanResult;
  let stored: EvaluationPlan;
  beforeAll(async () => {
    await lab.create({
      model_id: MODEL,
      ticker: "LAB",
      asset_type: "opt",
      horizon: "0dte",
      cadence: "hourly",
      instrument: "options",
      default_dte: 0,
      default_strike: "ATM",
      data: { provider: "simulated", symbol: "SIM:LAB" },
      window: { start: "2023-10-02", end: null },
      indicator_set: {
        indicators: [{ name: "ret" }, { name: "rsi", window: 7 }, { name: "zscore", window: 10 }, { name: "atm_iv", days: 0 }],
      },
      learner: { params: { trees: 10, max_depth: 2 }, calibration: "none" },
      label: { kind: "next_bar_direction" },
      policy: { risk: { max_exposure: 50_000 } },
    });
    await lab.build(MODEL);
    plan = await createPlanBacktest(ports)(ask("backtest_1", SPLITS));
    stored = await loadPlan(ports.artifacts, OWNER, plan.plan_key);
    await fitFolds(plan);
  }, 120_000);

  it("buys same-day contracts at their quotes, with at most 1 % of capital, and fills the metrics that only options have", async () => {
    const result = await createRunBacktest(ports)({ ...base, run_id: "backtest_1", plan_key: plan.plan_key });
    expect(result.gate.reasons.map(({ code }) => code)).not.toContain("adv_bps_undefined");
    const report = BacktestReportSchema.parse(JSON.parse(await text(result.report_key)));
    expect(report.assumptions.statements.join(" ")).toContain("Bought at mid + (half the spread + $0.01)");
    expect(report.variants[0]!.options).toMatchObject({ repriced_trades: 0, spread_modelled_trades: 0 });
    const [header, first, ...others] = (await text(result.option_trades_key!)).trim().split("\n");
    expect(header!.split(",").slice(0, 5)).toEqual(["contract", "type", "strike", "expiry", "contracts"]);
    expect(first).toMatch(/^O:LAB\d{6}[CP]\d{8},(call|put),\d+,20\d\d-\d\d-\d\d,[1-9]/);
    expect(1 + others.length).toBe(result.metrics.trades);
    const matrix = await loadDevelopment(ports.artifacts, stored);
    const predictions = await loadPredictions(ports.artifacts, stored);
    const contracts = (await loadDevelopmentContracts(ports.artifacts, stored, matrix))!;
    const { evaluation } = evaluatePaths(preparePaths(evaluationInput(stored, matrix, predictions, contracts)), stored.variants[0]!.params);
    const { trades, metrics, counts } = evaluation;
    const bought = evaluation.options!.trades;
    expect(trades.count).toBeGreaterThan(50);
    expect(result.metrics.trades).toBe(trades.count);
    for (let i = 0; i < trades.count; i++) {
      const contract = bought.contract[i]!;
      expect(contracts.expiry[contract]).toBe(matrix.sessionDate[trades.entryRow[i]!]);
      expect(contracts.right[contract]).toBe(trades.side[i]);
      // At the money: the nearest of strikes a dollar apart.
      expect(Math.abs(contracts.strike[contract]! - matrix.close[trades.decisionRow[i]!]!)).toBeLessThanOrEqual(0.5 + 1e-9);
      expect(bought.contracts[i]! % 1).toBe(0);
      expect(trades.notional[i]! / trades.equity[i]!).toBeLessThanOrEqual(0.01);
      // The quote of the decision is the one that stands when the next bar opens.
      expect(bought.entrySource[i]).toBe(0);
      const at = choiceAt(contracts, trades.decisionRow[i]!, 0, trades.side[i]!);
      expect(trades.entryFill[i]).toBeCloseTo(contracts.choices.ask[at]! + 0.01, 9);
    }
    expect(metrics.spread_pct).toBeGreaterThan(0);
    // Strikes that were listed this morning have no open interest yet.
    expect(metrics.open_interest).toBeGreaterThanOrEqual(0);
    expect(metrics.option_volume).toBeGreaterThan(0);
    expect(metrics.adv_bps).toBeNull();
    expect(metrics.fill_rate).toBeCloseTo(trades.count / counts.candidates, 12);
    let earned = 0;
    for (let i = 0; i < trades.count; i++) earned += trades.pnl[i]!;
    expect(metrics.total_return).toBeCloseTo(earned, 9);
  });

  it("makes the same tape again, and a view of the past reads nothing of the holdout", async () => {
    const again = await createPlanBacktest(ports)(ask("backtest_2", SPLITS));
    expect(again.plan_key).toBe(plan.plan_key);
    const whole = (await loadContractTape(ports.artifacts, stored))!;
    const view = await loadDevelopment(ports.artifacts, stored);
    const cut = (await loadDevelopmentContracts(ports.artifacts, stored, view))!;
    expect([whole.rows, cut.rows]).toEqual([(await loadPlanMatrix(ports.artifacts, stored)).rows, view.rows]);
    expect(Math.max(...cut.prices.ms)).toBeLessThanOrEqual(view.ts[view.rows - 1]!);
    expect(Math.max(...whole.prices.ms)).toBeGreaterThan(view.ts[view.rows - 1]!);
    expect(cut.choices.contract).toEqual(whole.choices.contract.slice(0, cut.choices.contract.length));
  });

  it("chooses what it chose, whatever chains say after the decision", async () => {
    const matrix = await loadPlanMatrix(ports.artifacts, stored);
    const whole = (await loadContractTape(ports.artifacts, stored))!;
    const row = whole.firstRow + 40;
    const moment = matrix.ts[row]!;
    const upset = (column: Float64Array): Float64Array => column.map((value) => 3 * value + 1);
    const later = (chain: OptionChain): OptionChain =>
      chain.knownAt <= moment
        ? chain
        : {
            ...chain,
            underlyingPrice: 2 * chain.underlyingPrice,
            bid: upset(chain.bid),
            ask: upset(chain.ask),
            volume: upset(chain.volume),
          };
    const marketData: MarketData = {
      ...ports.marketData,
      optionChains: async (request) => {
        const series = await ports.marketData.optionChains(request);
        return { ...series, snapshots: series.snapshots.map(later) };
      },
    };
    const changed = await makeContractTape(marketData, SOURCE, {
      matrix,
      rules: whole.rules,
      ...whole.terms,
      sides: { long: true, short: true },
      firstRow: whole.firstRow,
      entry: "next_open",
      longestHoldBars: 1,
      sessionBound: true,
      everyMinute: false,
    });
    const known = choiceAt(whole, row + 1, 0, 1);
    const bought = ({ choices, strike, expiry, right }: typeof whole) =>
      Array.from(choices.contract.slice(0, known), (contract) => [strike[contract], expiry[contract], right[contract]]);
    expect(bought(changed)).toEqual(bought(whole));
    for (const name of ["choice", "bid", "ask", "iv", "delta", "openInterest", "volume"] as const)
      expect(changed.choices[name].slice(0, known)).toEqual(whole.choices[name].slice(0, known));
    expect(changed.choices.bid.slice(known)).not.toEqual(whole.choices.bid.slice(known));
  });

  it("sweeps strikes, days to expiry, sides and sizes over one tape", async () => {
    const swept = await createPlanSweep(ports)(
      ask("sweep_1", {
        mode: "custom",
        ...SPLITS,
        axes: {
          thresholds: [0.5],
          strike_selection: ["ATM", "5%_OTM"],
          dte_target: [0, 7],
          option_type: ["call", "both"],
          contract_size: [1, 5],
        },
      }),
    );
    await fitFolds(swept);
    for (const batch of swept.batches) await createEvaluateVariants(ports)({ ...base, run_id: "sweep_1", plan_key: swept.plan_key, batch });
    const result = await createCollectSweep(ports)({ ...base, run_id: "sweep_1", plan_key: swept.plan_key });
    expect([swept.variants, result.variants, result.failed_variants]).toEqual([16, 16, 0]);
    expect(result.distinct).toBeGreaterThanOrEqual(8);
  }, 60_000);

  it("holds monthly options over days, enters at the open from the contract's own minutes, and leaves at levels inside the day", async () => {
    const modelId = "lab_opt_swing_hourly";
    await lab.create({
      model_id: modelId,
      ticker: "LAB",
      asset_type: "opt",
      horizon: "swing",
      cadence: "hourly",
      instrument: "options",
      data: { provider: "simulated", symbol: "SIM:LAB" },
      window: { start: "2023-10-02", end: null },
      indicator_set: {
        indicators: [{ name: "ret" }, { name: "rsi", window: 7 }, { name: "zscore", window: 10 }, { name: "atm_iv", days: 30 }],
      },
      learner: { params: { trees: 5, max_depth: 2 }, calibration: "none" },
      label: { kind: "forward_return", horizon: 9 },
      policy: {
        risk: { max_exposure: 100_000 },
        execution: {
          brackets: { enabled: true, mode: "percent", stop_loss: 0.01, take_profit: 2, time_stop_minutes: null },
          options: { selection: { dte_target: 30, strike_selection: "ATM" } },
        },
      },
    });
    const own = (run_id: string) => ({
      ...base,
      run_id,
      pack_id: PACK,
      model_id: modelId,
      request: { splits: 2, thresholds: [0.01], threshold_mode: "edge" },
    });
    await lab.build(modelId);
    const swing = await createPlanBacktest(ports)(own("backtest_2"));
    await fitFolds(swing);
    const swingPlan = await loadPlan(ports.artifacts, OWNER, swing.plan_key);
    const matrix = await loadDevelopment(ports.artifacts, swingPlan);
    const contracts = (await loadDevelopmentContracts(ports.artifacts, swingPlan, matrix))!;
    expect(contracts.sources.map(({ role }) => role)).toEqual(["chains", "option_bars", "minutes"]);
    const predictions = await loadPredictions(ports.artifacts, swingPlan);
    const { evaluation } = evaluatePaths(
      preparePaths(evaluationInput(swingPlan, matrix, predictions, contracts)),
      swingPlan.variants[0]!.params,
    );
    const { trades, metrics, notes } = evaluation;
    const bought = evaluation.options!.trades;
    const kinds = Array.from({ length: trades.count }, (_, i) => EXIT_KINDS[trades.exitKind[i]!]!);
    expect(new Set(kinds)).toEqual(new Set(["label_end", "stop", "target"]));
    let overnight = 0;
    let earned = 0;
    for (let i = 0; i < trades.count; i++) {
      earned += trades.pnl[i]!;
      const opens = matrix.hourEt[trades.entryRow[i]!] === 9;
      // Chains stand at each bar's end; at half past nine there is what has traded since, with a modelled spread, or a model.
      expect(bought.entrySource[i] === QUOTED).toBe(!opens);
      overnight += opens ? 1 : 0;
      if (kinds[i] === "label_end") expect(bought.exitSource[i]).toBe(QUOTED);
      // A stop of the underlying costs an option that gains with it.
      if (kinds[i] === "stop") expect(trades.pnl[i]).toBeLessThan(0);
      if (kinds[i] === "target") expect(bought.exitMid[i]).toBeGreaterThan(bought.entryMid[i]!);
    }
    expect(overnight).toBeGreaterThan(0);
    expect(metrics.total_return).toBeCloseTo(earned, 9);
    expect(evaluation.options!.repriced).toBeGreaterThan(0);
    expect(notes).toEqual(expect.arrayContaining(["repriced", "spread_modelled"]));
    const { gate } = await createRunBacktest(ports)({ ...base, run_id: "backtest_2", plan_key: swing.plan_key });
    expect(gate.reasons.map(({ code }) => code)).toContain("capped_repriced");
  }, 60_000);

  it("names the contract in its signals: the one, as many, at the price that the backtest takes for the same decision", async () => {
    const order = await createPlanTraining(ports)(ask("train_1"));
    const { trained_model_id: id } = await createTrainModel(ports)({
      ...base,
      run_id: "train_1",
      training_key: order.training_key,
      row: order.rows[0]!,
    });
    await createPublishModel(ports)({
      ...base,
      run_id: "publish_1",
      trained_model_id: id,
      request: { action: "publish", by: OWNER, reason: "test" },
    });
    const matrix = await loadPlanMatrix(ports.artifacts, stored);
    const whole = (await loadContractTape(ports.artifacts, stored))!;
    let opened = 0;
    // Noon of days apart: the session's last bar decides nothing.
    for (let row = matrix.rows - 40; row < matrix.rows; row += 9) {
      if (matrix.hourEt[row]! > 14) continue;
      const asOf = new Date(matrix.ts[row]!).toISOString();
      const told = await createScoreModel(ports)({ run_id: `signals_${row}`, model: { owner: OWNER, trained_model_id: id, as_of: asOf } });
      expect(told.failed).toBeNull();
      const signal = await readSignal(ports.metadata, OWNER, told.signal_key!.signal_id);
      expect([signal.instrument, signal.timestamp]).toEqual(["option", asOf]);
      if (signal.signal === "HOLD") {
        expect(signal.option).toBeNull();
        continue;
      }
      opened += 1;
      const right = signal.signal === "BUY" ? 1 : -1;
      const at = choiceAt(whole, row, 0, right);
      const contract = whole.choices.contract[at]!;
      const ask = whole.choices.ask[at]!;
      expect(signal.option).toMatchObject({
        underlying: "LAB",
        option_type: right > 0 ? "call" : "put",
        strike: whole.strike[contract],
        bid: whole.choices.bid[at],
        ask,
        delta: whole.choices.delta[at],
      });
      expect(signal.option!.expiration.replaceAll("-", "")).toBe(String(matrix.sessionDate[row]));
      expect(signal.option!.limit_price).toBeCloseTo(ask + 0.01, 9);
      // 1 % of 50,000 dollars, with the fee.
      expect(signal.quantity).toBe(Math.floor(500 / (100 * (ask + 0.01) + 0.65) + 1e-9));
      expect([signal.order_type, signal.price]).toEqual(["limit", signal.option!.limit_price]);
    }
    expect(opened).toBeGreaterThan(0);
  }, 60_000);

  it("calibrates on option trades of the rows before the first test block", async () => {
    const result = await createCalibrateModel(ports)(ask("calibrate_1", { kind: "thresholds", thresholds: [0.5, 0.6] }));
    const report = JSON.parse(await text(result.report_key)) as { candidates: { trades: number }[] };
    expect(report.candidates.some(({ trades }) => trades > 20)).toBe(true);
  }, 60_000);
});
