import { describe, expect, it } from "vitest";
import { createRunBacktest } from "#functions/run-backtest/run-backtest.ts";
import { createScoreModel } from "#functions/score-model/score-model.ts";
import { BacktestReportSchema } from "#lib/backtest/report.schema.ts";
import { readTrainedModel } from "#lib/publishing/trained-model-store.ts";
import { readSignal } from "#lib/signals/signal-store.ts";
import { decodeBundle } from "#lib/training/model-bundle.ts";
import { ModelCardSchema } from "#lib/training/model-card.schema.ts";
import { createLab, SERIES } from "./lab.ts";

const LABEL = { kind: "forward_return", horizon: 5, task: "regress" } as const;
const model = { label: LABEL, learner: { calibration: "sigmoid", params: { trees: 40, max_depth: 2 } } } as const;

describe("a model of returns", () => {
  it("is built, backtested, swept, trained, published and scored like one of classes", async () => {
    const lab = await createLab({ model });
    expect(await lab.build()).toMatchObject({ leakage: "ok" });

    const plan = await lab.planBacktest({ thresholds: [0, 0.1] });
    await lab.fitFolds("backtest_1", plan);
    const result = await createRunBacktest(lab.ports)({ ...lab.base("backtest_1"), plan_key: plan.plan_key });
    const report = BacktestReportSchema.parse(
      JSON.parse(new TextDecoder().decode((await lab.ports.artifacts.get(result.report_key)).bytes)),
    );
    // The planted edge is in the returns: predicted ones are nearer than the training means, and their sign beats its base rate.
    expect(report.scores.has_skill).toBe(true);
    expect(report.scores.regression!.r2).toBeGreaterThan(0.02);
    expect(report.scores.regression!.mae!).toBeLessThan(report.scores.regression!.mae_of_mean!);
    expect(report.variants[report.headline]!.metrics.trades).toBeGreaterThan(10);
    expect(Object.keys(report.folds[0]!.base_rates).sort()).toEqual(["-1", "1"]);

    const { result: sweep } = await lab.sweep();
    expect(sweep.best_rows.length).toBeGreaterThan(0);
    const { trained } = await lab.train({ rows: [sweep.best_rows[0]!], research: true });
    const { model: stored } = await readTrainedModel(lab.ports.metadata, lab.owner, trained[0]!.trained_model_id);
    const bundle = decodeBundle((await lab.ports.artifacts.get(stored.refit.key, stored.refit.sha256)).bytes);
    expect([bundle.model.task, bundle.calibrator.kind]).toEqual(["regress", "sigmoid"]);
    const card = ModelCardSchema.parse(JSON.parse(new TextDecoder().decode((await lab.ports.artifacts.get(stored.card.key)).bytes)));
    expect(Object.values(card.base_rates).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);

    await lab.publish(stored.trained_model_id);
    const { end } = SERIES.bars;
    const signals = [];
    for (let back = 1; back < 30; back += 4) {
      const scored = await createScoreModel(lab.ports)({
        run_id: `signals_${back}`,
        model: { owner: lab.owner, trained_model_id: stored.trained_model_id, as_of: new Date(end[end.length - back]!).toISOString() },
      });
      expect(scored.failed).toBeNull();
      const signal = await readSignal(lab.ports.metadata, lab.owner, scored.signal_key!.signal_id);
      expect(signal.explanation ?? signal.unexplained).toMatchObject({ margin_of: "value", probability: null });
      signals.push(signal.probabilities);
    }
    for (const { up, down, flat } of signals) expect([up + down, flat]).toEqual([expect.closeTo(1, 12), null]);
    expect(new Set(signals.map(({ up }) => up)).size).toBeGreaterThan(1);
  });

  it("is refused without a calibration, by the model and by a request", async () => {
    await expect(createLab({ model: { ...model, learner: { ...model.learner, calibration: "none" } } })).rejects.toMatchObject({
      code: "MODEL_INVALID",
    });
    const lab = await createLab({ model });
    await lab.build();
    await expect(lab.planBacktest({ calibration: "none" })).rejects.toMatchObject({
      code: "UNPROCESSABLE",
      message: expect.stringContaining("Set calibration to sigmoid or isotonic."),
    });
  });
});

describe("constraints of a learner", () => {
  it("must name features of the model", async () => {
    const learner = { params: { monotone: { rsi_15: 1 } } } as const;
    await expect(createLab({ model: { learner } })).rejects.toMatchObject({
      code: "MODEL_INVALID",
      message: expect.stringContaining("rsi_14"),
    });
  });
});
