import * as z from "zod";
import { IdSchema, SymbolSchema } from "../core/ids.ts";
import { LineageSchema } from "../core/lineage.schema.ts";
import { PathSpreadSchema } from "../metrics/path-spread.schema.ts";
import { RunMetricsSchema } from "../metrics/run-metrics.schema.ts";
import { SignificanceSchema } from "../metrics/significance.schema.ts";
import { RISK_PROFILES } from "../policies/risk-budget.schema.ts";
import { CompositionSchema } from "../sweeps/composition.schema.ts";
import { VariantParamsSchema } from "../sweeps/variant.schema.ts";
import { GATE_STATUSES, GateSchema } from "./gate.schema.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const value = z.number().nullable();

/** What a reader must know about the data before believing the numbers. */
export const StampsSchema = z.strictObject({
  simulated: z.boolean(),
  survivorship_biased: z.boolean(),
  repriced: z.boolean(),
  price_return_only: z.boolean(),
  trains_on_later_rows: z
    .boolean()
    .default(false)
    .describe("K-fold or combinatorial splits: the models had seen rows after their test blocks"),
  imported_model_training_rows_unknown: z
    .boolean()
    .default(false)
    .describe("The model was trained elsewhere: it may have seen the very rows that it was tested on"),
  rf: z.string().regex(/^rf=.+$/),
});
export type Stamps = z.infer<typeof StampsSchema>;

/** Neighbourhood of the variant in its sweep's grid. */
const PlateauSchema = z.strictObject({
  neighbours: z.int().min(0),
  profitable_share: value,
  mean_neighbour_score: value,
  height: value,
});

/** One evaluated result of the leaderboard. The legacy names at the end stay for readers of the classic form. */
export const LeaderboardRowSchema = z.strictObject({
  schema_version: z.literal(1),
  row_id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,127}$/),
  run_id: z.string().min(1).max(128),
  sweep_id: z.string().min(1).max(128).nullable().describe("null: a plain backtest"),
  plan_key: digest.describe("The stored plan that the variant belongs to"),
  variant_id: z.string().min(1).max(64),
  pack_id: IdSchema,
  model_id: IdSchema,
  symbol: SymbolSchema,
  risk_profile: z.enum(RISK_PROFILES),
  tags: z.array(IdSchema),
  created_at: z.iso.datetime(),
  params: VariantParamsSchema,
  composition: CompositionSchema.nullable().default(null).describe("How the model was put together; null = as it is"),
  duplicate_of: z.string().nullable().describe("Variant of the same sweep with the same trades; that one counts"),
  metrics: RunMetricsSchema,
  paths: PathSpreadSchema.nullable().default(null).describe("Combinatorial splits: the variant on every path; null = one path"),
  significance: SignificanceSchema,
  gate: GateSchema,
  score: value,
  q_value: value.describe("Benjamini-Hochberg adjusted probability across the rows of the sweep"),
  plateau: PlateauSchema.nullable(),
  equity: z.array(z.number()).max(200).describe("Sparkline: equity sampled evenly, the start 1 included"),
  lineage: LineageSchema,
  stamps: StampsSchema,
  sharpe: value,
  total_return: value,
  win_rate: value,
  tag: z.string().max(64).nullable(),
  best_sharpe_hourly: value.describe("Legacy name: annual Sharpe ratio of per-bar returns"),
  best_cum_ret: value.describe("Legacy name of total_return"),
  trades_total: z.int().min(0).describe("Legacy name of trades"),
  plots_uri: z.string().nullable(),
  data_uri: z.string().nullable(),
});
export type LeaderboardRow = z.infer<typeof LeaderboardRowSchema>;

export const LEADERBOARD_SORTS = ["score", "sharpe", "total_return"] as const;

/** What a reader asks the leaderboard for. */
export const LeaderboardFilterSchema = z.strictObject({
  pack_id: IdSchema.optional(),
  model_id: IdSchema.optional(),
  sweep_id: z.string().min(1).max(128).optional(),
  risk_profile: z.enum(RISK_PROFILES).optional(),
  tag: z.string().max(64).optional().describe("The run's tag or one of the model's"),
  gate_status: z.enum(GATE_STATUSES).optional(),
  symbol: SymbolSchema.optional(),
  simulated: z.enum(["true", "false"]).optional().describe("Whether the data came from a simulator; both when absent"),
  created_from: z.iso.datetime().optional().describe("Inclusive"),
  created_to: z.iso.datetime().optional().describe("Exclusive"),
  sort: z.enum(LEADERBOARD_SORTS).default("score"),
});
export type LeaderboardFilter = z.infer<typeof LeaderboardFilterSchema>;
