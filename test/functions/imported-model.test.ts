import { beforeAll, describe, expect, it } from "vitest";
import { createRunBacktest } from "#functions/run-backtest/run-backtest.ts";
import { foldPath, loadPlan, loadPlanMatrix } from "#functions/shared/evaluation-plan.ts";
import { storeImportedModel } from "#functions/shared/load-learner.ts";
import { decodePrediction } from "#lib/backtest/predictions-codec.ts";
import { trainingData } from "#lib/backtest/training-data.ts";
import { queryRows } from "#lib/leaderboard/leaderboard-store.ts";
import { lightgbmText } from "#lib/learners/export/lightgbm-text.ts";
import { gbm } from "#lib/learners/gbm/gbm.ts";
import { lightgbmModel } from "#lib/learners/import/lightgbm-model.ts";
import { readLightgbmText } from "#lib/learners/import/lightgbm-text.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { readTrainedModel } from "#lib/publishing/trained-model-store.ts";
import { decodeBundle } from "#lib/training/model-bundle.ts";
import { STUMP } from "../lib/learners/training-data.ts";
import { createLab } from "./lab.ts";

type Lab = Awaited<ReturnType<typeof createLab>>;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What somebody trained elsewhere, on every row that there is: the very leak that nobody can rule out. */
let text: string;
let model_sha256: string;
let matrix: Matrix;

beforeAll(async () => {
  const lab = await createLab();
  await lab.build();
  const plan = await lab.planBacktest();
  matrix = await loadPlanMatrix(lab.ports.artifacts, await loadPlan(lab.ports.artifacts, lab.owner, plan.plan_key));
  const rows = Int32Array.from({ length: matrix.rows }, (_, row) => row).filter((row) => !Number.isNaN(matrix.y[row]!));
  const data = trainingData(matrix, rows, { sample_weights: "equal" }).rows;
  text = lightgbmText(gbm.fit(data, { ...STUMP, trees: 60, max_depth: 4, learning_rate: 0.2 }, 1).boosted!);
  model_sha256 = (await storeImportedModel(lab.ports.artifacts, lab.owner, bytes(text))).model_sha256;
});

const labWith = (learner: { readonly model_sha256: string; readonly calibration?: "none" | "sigmoid" }) =>
  createLab({ model: { algo: "lightgbm", learner } });

async function imported(): Promise<Lab> {
  const lab = await labWith({ model_sha256, calibration: "sigmoid" });
  expect(await storeImportedModel(lab.ports.artifacts, lab.owner, bytes(text))).toEqual({
    model_sha256,
    objective: "binary",
    trees: 60,
    features: matrix.info.features.map(({ name }) => name),
  });
  await lab.build();
  return lab;
}

describe("an imported model", () => {
  it("is not asked what other seeds or permuted labels would make of it, since it is not fitted", async () => {
    const lab = await imported();
    const planned = await lab.planBacktest({ robustness: "full" });
    expect(planned).toMatchObject({ folds: [0, 1, 2, 3, 4], refits: 0 });
    await lab.fitFolds("backtest_1", planned);
    const { report_key } = await createRunBacktest(lab.ports)({ ...lab.base("backtest_1"), plan_key: planned.plan_key });
    const report = JSON.parse(new TextDecoder().decode((await lab.ports.artifacts.get(report_key)).bytes));
    expect(report.robustness).toMatchObject({ level: "full", learner_seeds: null, permuted_labels: null });
    expect(report.robustness.undefined_reasons.permuted_labels).toBe("imported_model_is_not_fitted");
  });

  it("is backtested frozen: every fold says what the file says, calibrated on its own rows", async () => {
    const lab = await imported();
    const planned = await lab.planBacktest();
    await lab.fitFolds("backtest_1", planned);
    const plan = await loadPlan(lab.ports.artifacts, lab.owner, planned.plan_key);
    expect(plan.warnings).toContain("imported_model_training_rows_unknown");
    const frozen = lightgbmModel(
      readLightgbmText(bytes(text)),
      matrix.info.features.map(({ name }) => name),
      [-1, 1],
      model_sha256,
    ).predict(matrix.features)[1]!;
    for (const fold of planned.folds) {
      const prediction = decodePrediction((await lab.ports.artifacts.get(foldPath(plan, fold))).bytes);
      expect(prediction.calibration.method).toBe("sigmoid");
      // Each fold has a calibrator of its own, which keeps the order of what the one model says.
      const said = frozen.subarray(prediction.testStart, prediction.testEnd);
      const calibrated = prediction.probabilities[1]!;
      const order = Array.from(said.keys()).sort((a, b) => said[a]! - said[b]!);
      for (const [i, row] of order.entries()) if (i > 0) expect(calibrated[row]!).toBeGreaterThanOrEqual(calibrated[order[i - 1]!]!);
      expect(new Set(calibrated).size).toBe(new Set(said).size);
    }
  });

  it("cannot pass, however good it looks, and stays on paper when it is trained", async () => {
    const lab = await imported();
    const { result } = await lab.sweep({ mode: "simple" });
    const { rows } = await queryRows(lab.ports.metadata, lab.owner, { sort: "score" }, { limit: 30 });
    // It has seen its test rows, so it looks better than anything honest.
    expect(rows[0]!.metrics.residual.sharpe).toBeGreaterThan(2);
    for (const { gate, stamps } of rows) {
      expect(gate.status).not.toBe("PASS");
      expect(gate.reasons.map(({ code }) => code)).toContain("capped_imported_model_training_rows_unknown");
      expect(stamps.imported_model_training_rows_unknown).toBe(true);
    }
    expect(rows.map(({ gate }) => gate.status)).toContain("MARGINAL");

    const best = rows.find(({ gate }) => gate.status === "MARGINAL")!;
    expect(result.best_rows.length).toBeGreaterThan(0);
    const { trained } = await lab.train({ rows: [best.row_id], override: { by: "ann", reason: "it looks stable" } });
    expect(trained[0]).toMatchObject({ proven: false, stamps: expect.arrayContaining(["UNPROVEN"]) });
    const { model } = await readTrainedModel(lab.ports.metadata, lab.owner, trained[0]!.trained_model_id);
    const refit = decodeBundle((await lab.ports.artifacts.get(model.refit.key, model.refit.sha256)).bytes);
    expect(refit.model.algo).toBe("lightgbm");
    // Fitting returned the file's model: it is the one that was written, to the bit.
    const judged = decodeBundle((await lab.ports.artifacts.get(model.judged.key, model.judged.sha256)).bytes);
    expect(judged.model.encode()).toEqual(refit.model.encode());
    expect(judged.trainRows).toBeLessThan(refit.trainRows);
    expect(model.exports!.lightgbm).not.toBeNull();
  });

  it("is refused before a run when it was not imported, reads other columns or has other classes", async () => {
    const absent = await labWith({ model_sha256: "0".repeat(64) });
    await absent.build();
    await expect(absent.planBacktest()).rejects.toMatchObject({ code: "MODEL_INVALID", facts: { field: "learner.model_sha256" } });

    const other = bytes(text.replace("feature_names=ret_1", "feature_names=other"));
    expect(new TextDecoder().decode(other)).not.toBe(text);
    const lab = await createLab();
    const { model_sha256: sha } = await storeImportedModel(lab.ports.artifacts, lab.owner, other);
    const strange = await labWith({ model_sha256: sha });
    await storeImportedModel(strange.ports.artifacts, strange.owner, other);
    await strange.build();
    await expect(strange.planBacktest()).rejects.toMatchObject({ code: "MODEL_INVALID", message: expect.stringContaining("lacks other") });

    await expect(storeImportedModel(lab.ports.artifacts, lab.owner, bytes("tree\nversion=v9\n"))).rejects.toMatchObject({
      code: "MODEL_INVALID",
    });
    await expect(createLab({ model: { algo: "lightgbm", learner: {} } })).rejects.toMatchObject({ code: "MODEL_INVALID" });
  });

  it("is refused when its bytes are not those that the configuration names", async () => {
    const lab = await imported();
    await lab.ports.artifacts.put(`owners/${lab.owner}/imports/lightgbm/${model_sha256}.txt`, bytes(`${text} `), "any");
    await expect(lab.planBacktest()).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
  });
});
