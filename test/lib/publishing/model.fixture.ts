import { type TrainedModel, TrainedModelSchema } from "#lib/publishing/trained-model.schema.ts";

const sha = "ab".repeat(32);
const ref = { key: "owners/ann/x", sha256: sha };

export const modelWith = (changes: Partial<TrainedModel> = {}): TrainedModel =>
  TrainedModelSchema.parse({
    schema_version: 1,
    trained_model_id: "tm_1",
    owner: "ann",
    pack_id: "swingsigma",
    model_id: "m",
    row_id: "row",
    variant: null,
    status: "trained",
    stage: null,
    gate_status: "PASS",
    gate_reasons: [],
    proven: true,
    research: false,
    override: null,
    stamps: [],
    holdout: null,
    judged: ref,
    refit: ref,
    card: ref,
    plan: ref,
    training_rows: 100,
    lineage: {
      matrix_sha: sha,
      config_sha: sha,
      policy_sha: sha,
      risk_sha: sha,
      pack_sha: sha,
      indicator_set_sha: sha,
      code_version: "1",
    },
    summary: {},
    created_at: "2026-01-02T21:00:00.000Z",
    transitions: [],
    ...changes,
  });

export const holdoutWith = (vetoed: boolean): NonNullable<TrainedModel["holdout"]> => ({
  start: "2019-01-02",
  end: "2019-12-31",
  sessions: 252,
  trades: 40,
  sharpe: -1,
  total_return: -0.1,
  max_drawdown_pct: 12,
  backtest_sharpe: 1,
  probability_this_low: vetoed ? 0.02 : 0.3,
  vetoed,
  looks: 1,
});
