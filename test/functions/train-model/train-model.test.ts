import { beforeAll, describe, expect, it } from "vitest";
import { createRunBacktest } from "#functions/run-backtest/run-backtest.ts";
import { loadPlan, loadPlanMatrix } from "#functions/shared/evaluation-plan.ts";
import { createTrainModel } from "#functions/train-model/train-model.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { queryRows, readRow } from "#lib/leaderboard/leaderboard-store.ts";
import { readTrainedModel } from "#lib/publishing/trained-model-store.ts";
import { decodeBundle } from "#lib/training/model-bundle.ts";
import { ModelCardSchema } from "#lib/training/model-card.schema.ts";
import { modelCardMarkdown } from "#lib/training/model-card.ts";
import { readLightgbmText } from "../../lib/learners/export/lightgbm-reader.ts";
import { readOnnx } from "../../lib/learners/export/onnx-reader.ts";
import { createLab } from "../lab.ts";

type Lab = Awaited<ReturnType<typeof createLab>>;

async function swept(): Promise<{ lab: Lab; rows: readonly string[] }> {
  const lab = await createLab();
  await lab.build();
  const { result, plan } = await lab.sweep({ mode: "simple" });
  const { variants } = await loadPlan(lab.ports.artifacts, lab.owner, plan.plan_key);
  const others = variants.map(({ variant_id }) => `${plan.plan_key.slice(0, 16)}-${variant_id}`).filter((id) => id !== result.best_rows[0]);
  return { lab, rows: [result.best_rows[0]!, ...others] };
}

let shared: Awaited<ReturnType<typeof swept>>;
beforeAll(async () => {
  shared = await swept();
});

const stored = async (lab: Lab, id: string) => (await readTrainedModel(lab.ports.metadata, lab.owner, id)).model;
const bytesOf = async (lab: Lab, ref: { readonly key: string; readonly sha256: string }) =>
  (await lab.ports.artifacts.get(ref.key, ref.sha256)).bytes;

describe("createTrainModel", () => {
  it("fits once before the holdout and once on all known rows, and labels each", async () => {
    const { lab, rows } = shared;
    const { trained } = await lab.train({ rows: [rows[0]!], research: true });
    const model = await stored(lab, trained[0]!.trained_model_id);
    const judged = decodeBundle(await bytesOf(lab, model.judged));
    const refit = decodeBundle(await bytesOf(lab, model.refit));
    const matrix = await loadPlanMatrix(lab.ports.artifacts, await loadPlan(lab.ports.artifacts, lab.owner, model.plan.sha256));
    const holdoutStart = matrix.ts[matrix.rows - Math.floor(matrix.rows * 0.15)]!;
    expect([judged.purpose, refit.purpose]).toEqual(["judged", "refit"]);
    expect(judged.trainLastTs).toBeLessThan(holdoutStart);
    // Labels of 5 sessions: the last 5 rows have none.
    expect(refit.trainLastTs).toBe(matrix.ts[matrix.rows - 6]);
    expect(refit.trainRows).toBeGreaterThan(judged.trainRows);
    expect(model.training_rows).toBe(refit.trainRows);
    expect(new Date(judged.trainLastTs).toISOString() < `${model.holdout!.start}T00`).toBe(true);
  });

  it("shows on the card how robust the row's own backtest was, and nothing for a row of a sweep", async () => {
    const lab = await createLab();
    await lab.build();
    const plan = await lab.planBacktest({ thresholds: [0, 0.1] });
    await lab.fitFolds("backtest_1", plan);
    const found = await createRunBacktest(lab.ports)({ ...lab.base("backtest_1"), plan_key: plan.plan_key });
    const { variants } = await loadPlan(lab.ports.artifacts, lab.owner, plan.plan_key);
    const rows = variants.map(({ variant_id }) => `${plan.plan_key.slice(0, 16)}-${variant_id}`);
    const cardOf = async (row: string, run: string) => {
      const { trained } = await lab.train({ rows: [row], research: true }, run);
      const model = await stored(lab, trained[0]!.trained_model_id);
      return ModelCardSchema.parse(JSON.parse(new TextDecoder().decode(await bytesOf(lab, model.card))));
    };
    const best = found.best_rows[0]!;
    const asked = await cardOf(best, "train_best");
    expect(asked.robustness).toMatchObject({ level: "quick", learner_seeds: null });
    expect(modelCardMarkdown(asked)).toContain("| twice the costs |");
    const other = await cardOf(rows.find((row) => row !== best)!, "train_other");
    expect(other.robustness).toBeNull();
    expect(modelCardMarkdown(other)).toContain("--robustness full");
  });

  it("writes the refit for LightGBM and for ONNX, which predict what it predicts", async () => {
    const { lab, rows } = shared;
    const { trained } = await lab.train({ rows: [rows[0]!], research: true });
    const model = await stored(lab, trained[0]!.trained_model_id);
    const { model: refit, calibrator } = decodeBundle(await bytesOf(lab, model.refit));
    const matrix = await loadPlanMatrix(lab.ports.artifacts, await loadPlan(lab.ports.artifacts, lab.owner, model.plan.sha256));
    const plain = refit.predict(matrix.features);
    const calibrated = calibrator.apply(plain);
    const tableRow = (row: number) => matrix.features.map((column) => column[row]!);
    const text = readLightgbmText(new TextDecoder().decode(await bytesOf(lab, model.exports!.lightgbm!)));
    const onnx = readOnnx(await bytesOf(lab, model.exports!.onnx!));
    for (const row of [0, 100, matrix.rows - 1]) {
      expect(text.predict(tableRow(row))[0]).toBeCloseTo(plain[1]![row]!, 12);
      expect(onnx.run([tableRow(row)])["probabilities"]![0]).toEqual(calibrated.map((column) => expect.closeTo(column[row]!, 12)));
    }
    const beside = JSON.parse(new TextDecoder().decode(await bytesOf(lab, model.exports!.calibration)));
    expect(beside).toMatchObject({ purpose: "refit", feature_names: refit.featureNames, calibrator: calibrator.toJson() });
  });

  it("says in the card what each feature added on the training rows, beside the gain", async () => {
    const { lab, rows } = shared;
    const { trained } = await lab.train({ rows: [rows[0]!], research: true });
    const model = await stored(lab, trained[0]!.trained_model_id);
    const card = ModelCardSchema.parse(JSON.parse(new TextDecoder().decode(await bytesOf(lab, model.card))));
    expect(card.attribution).toEqual({ margin_of: "log_odds", rows: 500, of_rows: card.training.judged_rows, seed: 2025 });
    const sizes = card.importance.map(({ mean_abs_shap }) => mean_abs_shap!);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...sizes)).toBeGreaterThan(0.001);
    // A feature that no split reads adds nothing, and only such a one.
    for (const { splits, mean_abs_shap } of card.importance) expect(mean_abs_shap! > 0).toBe(splits > 0);
    const markdown = modelCardMarkdown(card);
    expect(markdown).toContain("| feature | share of gain | mean size of contribution | splits |");
    expect(markdown).toContain(`their mean size is over 500 of ${card.training.judged_rows} training rows (seed 2025).`);
    const floor = { ...card, attribution: null, importance: [] };
    expect(modelCardMarkdown(floor)).toContain("The learner does not say what each feature adds");
  });

  it("writes the same bytes for the same training, in another system too", async () => {
    const other = await swept();
    const request = { rows: [shared.rows[0]!], research: true };
    const [a, b] = [await shared.lab.train(request, "train_a"), await other.lab.train(request, "train_b")];
    const [left, right] = [
      await stored(shared.lab, a.trained[0]!.trained_model_id),
      await stored(other.lab, b.trained[0]!.trained_model_id),
    ];
    expect({ ...left, holdout: null, card: null }).toEqual({ ...right, holdout: null, card: null });
    expect(left.refit.sha256).toBe(right.refit.sha256);
    expect(left.exports!.onnx!.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(left.exports).toEqual(right.exports);
  });

  it("counts a model's look at the holdout once, so training again changes neither card nor model", async () => {
    const { lab, rows } = await swept();
    const first = await lab.train({ rows: [rows[0]!], research: true });
    const second = await lab.train({ rows: [rows[1]!], research: true }, "train_2");
    expect([first.trained[0]!.holdout.looks, second.trained[0]!.holdout.looks]).toEqual([1, 2]);
    const again = await lab.train({ rows: [rows[0]!], research: true }, "train_3");
    expect(again.trained[0]).toEqual(first.trained[0]);
    const model = await stored(lab, first.trained[0]!.trained_model_id);
    for (const ref of [model.card, model.judged, model.refit]) expect((await bytesOf(lab, ref)).length).toBeGreaterThan(100);
  });

  it("counts looks that happen at the same moment one by one", async () => {
    const { lab, rows } = await swept();
    const { createPlanTraining } = await import("#functions/plan-training/plan-training.ts");
    const order = await createPlanTraining(lab.ports)(lab.ask("train_1", { rows: rows.slice(0, 4), research: true }));
    const trained = await Promise.all(
      order.rows.map((row) => createTrainModel(lab.ports)({ ...lab.base("train_1"), training_key: order.training_key, row })),
    );
    expect(trained.map(({ holdout }) => holdout.looks).sort()).toEqual([1, 2, 3, 4]);
  });

  it("makes another model of the same row when somebody else decided it", async () => {
    const { lab, rows } = shared;
    const by = async (name: string) =>
      (await lab.train({ rows: [rows[0]!], research: true, override: { by: name, reason: "I want to see it" } }, `train_${name}`))
        .trained[0]!;
    const [ann, bob] = [await by("ann"), await by("bob")];
    expect(ann.trained_model_id).not.toBe(bob.trained_model_id);
    const card = ModelCardSchema.parse(
      JSON.parse(new TextDecoder().decode(await bytesOf(lab, (await stored(lab, ann.trained_model_id)).card))),
    );
    expect(card.override).toEqual({ by: "ann", reason: "I want to see it" });
    expect(modelCardMarkdown(card)).toContain("The gate was overruled by ann: I want to see it");
  });

  it("marks research UNPROVEN, and writes a card that its schema reads and people can", async () => {
    const { lab, rows } = shared;
    const { trained } = await lab.train({ rows: [rows[0]!], research: true });
    expect(trained[0]).toMatchObject({ proven: false, stamps: ["simulated", "UNPROVEN", "SIMULATED"] });
    const model = await stored(lab, trained[0]!.trained_model_id);
    const card = ModelCardSchema.parse(JSON.parse(new TextDecoder().decode(await bytesOf(lab, model.card))));
    expect(card.lineage).toEqual(model.lineage);
    const row = await readRow(lab.ports.metadata, lab.owner, rows[0]!);
    expect(card.backtest?.residual_sharpe).toBe(row.metrics.residual.sharpe);
    const markdown = new TextDecoder().decode((await lab.ports.artifacts.get(model.card.key.replace(/\.json$/, ".md"))).bytes);
    expect(markdown).toBe(modelCardMarkdown(card));
    expect(markdown).toContain("SIMULATED");
  });

  it("leaves a model UNPROVEN whose judge had seen later rows, where walk-forward proves one", async () => {
    const trainRow = async (splits: Json, topPct: number) => {
      const lab = await createLab();
      await lab.build();
      await lab.sweep({ mode: "simple", splits });
      const { rows } = await queryRows(lab.ports.metadata, lab.owner, { sort: "score" }, { limit: 30 });
      const row = rows.find(({ params }) => params.threshold === 0 && params.top_pct === topPct && params.hold_bars === 3)!;
      return (await lab.train({ rows: [row.row_id], override: { by: "ann", reason: "it looks stable" } })).trained[0]!;
    };
    // Both hold every limit and are not vetoed; k-fold is capped.
    const walkForward = await trainRow(5, 0.35);
    expect(walkForward).toMatchObject({ gate_status: "PASS", proven: true });
    const kfold = await trainRow({ kind: "purged_kfold", splits: 4 }, 0.15);
    expect(kfold).toMatchObject({ gate_status: "MARGINAL", proven: false, holdout: { vetoed: false } });
    expect(kfold.stamps).toContain("UNPROVEN");
  });

  it("trains a baseline that no gate has judged, and shows n/a where nothing is known", async () => {
    const { lab } = shared;
    const { trained } = await lab.train({}, "train_base");
    const model = await stored(lab, trained[0]!.trained_model_id);
    expect(model).toMatchObject({ row_id: null, gate_status: "ungated", gate_reasons: [], proven: false });
    expect(model.stamps).toContain("UNPROVEN");
    expect(model.holdout).toMatchObject({ backtest_sharpe: null, probability_this_low: null, vetoed: false });
    const markdown = new TextDecoder().decode((await lab.ports.artifacts.get(model.card.key.replace(/\.json$/, ".md"))).bytes);
    expect(markdown).toContain("## Gate: ungated\nNo gate has judged it.");
    expect(markdown).toContain("| deflated Sharpe ratio (n/a trials) | n/a | |");
    expect(markdown).not.toMatch(/null|NaN|undefined/);
  });
});
