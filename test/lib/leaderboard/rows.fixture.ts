import { leaderboardRow, type RowFacts, sparkline } from "#lib/leaderboard/row.ts";
import { VariantParamsSchema } from "#lib/sweeps/variant.schema.ts";
import { metricsWith, significanceWith } from "./metrics.fixture.ts";

const digest = "ab".repeat(32);

export const rowWith = (changes: Partial<RowFacts> = {}) =>
  leaderboardRow({
    row_id: "row_1",
    run_id: "run_1",
    plan_key: digest,
    sweep_id: "sweep_1",
    variant_id: "0123456789abcdef",
    pack_id: "swingsigma",
    model_id: "spx_eq_swing_daily",
    symbol: "SPX",
    risk_profile: "balanced",
    tags: ["swing"],
    tag: "sweep",
    created_at: "2026-11-20T14:00:00Z",
    params: VariantParamsSchema.parse({ threshold_mode: "edge", threshold: 0.1, top_pct: 0.35, hours: null, hold_bars: 10 }),
    composition: null,
    duplicate_of: null,
    metrics: metricsWith(),
    paths: null,
    significance: significanceWith(),
    gate: { status: "PASS", reasons: [] },
    score: 0.5,
    q_value: 0.01,
    plateau: { neighbours: 2, profitable_share: 1, mean_neighbour_score: 0.4, height: 0.45 },
    equity: sparkline(Float64Array.of(0.1, -0.5, 1)),
    lineage: {
      matrix_sha: digest,
      config_sha: digest,
      policy_sha: digest,
      risk_sha: digest,
      pack_sha: digest,
      indicator_set_sha: digest,
      code_version: "0.1.0",
    },
    stamps: {
      simulated: false,
      survivorship_biased: false,
      repriced: false,
      price_return_only: true,
      trains_on_later_rows: false,
      imported_model_training_rows_unknown: false,
      rf: "rf=0",
    },
    plots_uri: null,
    data_uri: null,
    ...changes,
  });
