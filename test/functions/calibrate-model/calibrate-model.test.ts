import { describe, expect, it } from "vitest";
import { createCalibrateModel } from "#functions/calibrate-model/calibrate-model.ts";
import { loadDevelopment, loadPlan } from "#functions/shared/evaluation-plan.ts";
import { ledgerStartRow } from "#lib/backtest/outer-folds.ts";
import { formatDate } from "#lib/core/time.ts";
import { CalibrationSchema } from "#lib/sweeps/calibrate.schema.ts";
import { createLab, SERIES } from "../lab.ts";
import { createPackLab, OWNER as PACK_OWNER } from "../pack-lab.ts";

type Lab = Awaited<ReturnType<typeof createLab>>;
const calibrate = (lab: Lab, request: Parameters<Lab["ask"]>[1], runId = "calibrate_1") =>
  createCalibrateModel(lab.ports)(lab.ask(runId, request));
const built = async (): Promise<Lab> => {
  const lab = await createLab();
  await lab.build();
  return lab;
};
const reportOf = async (lab: Pick<Lab, "ports">, key: string) =>
  JSON.parse(new TextDecoder().decode((await lab.ports.artifacts.get(key)).bytes));

describe("createCalibrateModel", () => {
  it("chooses a threshold on the rows before the first test block, and counts what it tried", async () => {
    const lab = await built();
    const found = await calibrate(lab, { kind: "thresholds", thresholds: [0, 0.1, 0.2], min_trades: 10 });
    expect(found).toMatchObject({
      kind: "thresholds",
      threshold_mode: "edge",
      candidates: 3,
      inner_folds: 3,
      hours: [],
      hour_thresholds: null,
    });
    expect([0, 0.1, 0.2]).toContain(found.threshold);
    expect(found.added_trials).toBe(found.trials);

    const plan = await loadPlan(lab.ports.artifacts, lab.owner, found.plan_key);
    const development = await loadDevelopment(lab.ports.artifacts, plan);
    const firstTest = ledgerStartRow(development, plan.splits);
    expect(found.rows).toMatchObject({ last: formatDate(development.sessionDate[firstTest - 1]!), sessions: firstTest });
    const report = await reportOf(lab, found.report_key);
    expect(CalibrationSchema.parse({ ...report, trials: 0, added_trials: 0 }).candidates).toHaveLength(3);

    // The lineage remembers: the same again adds nothing, and a sweep of the model starts from these trials.
    expect(await calibrate(lab, { kind: "thresholds", thresholds: [0, 0.1, 0.2], min_trades: 10 }, "calibrate_2")).toMatchObject({
      trials: found.trials,
      added_trials: 0,
    });
    const { result } = await lab.sweep();
    expect(result.trials).toBe(found.trials + result.distinct);
  });

  it("says the same whatever the tested rows and the holdout hold", async () => {
    const recommended = async (series: typeof SERIES) => {
      const lab = await createLab();
      lab.setSeries(series);
      // Prices that swing up and down in turn look like a leak, and are none.
      await lab.build({ force: true });
      const { plan_key, report_key, ...found } = await calibrate(lab, {
        kind: "thresholds",
        thresholds: [0, 0.05, 0.1, 0.2],
        min_trades: 5,
      });
      const { plan_key: _, ...report } = await reportOf(lab, report_key);
      const plan = await loadPlan(lab.ports.artifacts, lab.owner, plan_key);
      const development = await loadDevelopment(lab.ports.artifacts, plan);
      return { found, report, firstTest: development.ts[ledgerStartRow(development, plan.splits)]! };
    };
    const own = await recommended(SERIES);
    const { bars, facts } = SERIES;
    const shaken = (column: Float64Array) =>
      column.map((price, i) => (bars.end[i]! < own.firstTest ? price : price * (1 + 0.2 * Math.sin(i))));
    const [open, close] = [shaken(bars.open), shaken(bars.close)];
    const high = shaken(bars.high).map((price, i) => Math.max(price, open[i]!, close[i]!));
    const low = shaken(bars.low).map((price, i) => Math.min(price, open[i]!, close[i]!));
    const other = await recommended({ bars: { ...bars, open, high, low, close }, facts: { ...facts, fingerprint: "e".repeat(64) } });
    expect(other).toEqual(own);
  });

  it("chooses brackets, none among them, and no time stop unless asked", async () => {
    const lab = await built();
    const found = await calibrate(lab, { kind: "brackets", stop_loss: [0.02, 0.05], take_profit: [1.5, 3], min_trades: 5 });
    expect(found).toMatchObject({ kind: "brackets", candidates: 5, threshold: 0 });
    const { candidates } = await reportOf(lab, found.report_key);
    expect(candidates[0]).toMatchObject({ stop_loss: null, take_profit: null });
    const best = candidates.reduce((top: { residual_sharpe: number }, each: { residual_sharpe: number }) =>
      each.residual_sharpe > top.residual_sharpe ? each : top,
    );
    expect(found.brackets).toEqual({ stop_loss: best.stop_loss, take_profit: best.take_profit, time_stop_bars: null });
  });

  it("recommends nothing where no candidate has enough trades, and refuses hours of a daily model", async () => {
    const lab = await built();
    expect(await calibrate(lab, { kind: "thresholds", min_trades: 100_000 })).toMatchObject({
      threshold: null,
      brackets: null,
      notes: ["no_candidate_with_enough_trades"],
    });
    await expect(calibrate(lab, { kind: "thresholds", per_hour: true })).rejects.toMatchObject({ code: "INVALID_PARAM" });
    await expect(calibrate(lab, { kind: "thresholds", thresholds: [7] })).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });

  it("draws each hour toward the global threshold", async () => {
    const lab = await createPackLab();
    const { config } = await lab.create({
      ticker: "LAB",
      asset_type: "eq",
      horizon: "intraday",
      cadence: "hourly",
      data: { provider: "simulated", symbol: "SIM:LAB" },
      label: { kind: "next_bar_direction" },
      learner: { calibration: "none", params: { trees: 10, max_depth: 2 } },
    });
    await lab.build(config.model_id);
    const found = await createCalibrateModel(lab.ports)({
      run_id: "calibrate_1",
      owner: PACK_OWNER,
      pack_id: config.pack_id,
      model_id: config.model_id,
      request: { kind: "thresholds", thresholds: [0.5, 0.55], min_trades: 3, shrinkage: 20 },
    });
    const hours = found.hours.map(({ hour }) => hour);
    expect(hours.length).toBeGreaterThan(4);
    expect(found.candidates).toBe(2 * (1 + hours.length));
    for (const { own, weight, threshold, trades } of found.hours) {
      if (own === null) expect([threshold, weight]).toEqual([found.threshold, 0]);
      else {
        expect(weight).toBeCloseTo(trades / (trades + 20), 12);
        expect(threshold).toBeCloseTo(found.threshold! + weight * (own - found.threshold!), 10);
      }
    }
  });
});
