import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { JsonSchema } from "../core/json.schema.ts";
import { LineageSchema } from "../core/lineage.schema.ts";
import { GATE_STATUSES, GateReasonSchema } from "../leaderboard/gate.schema.ts";
import { OwnerSchema } from "../runs/run-record.schema.ts";
import { VariantSchema } from "../sweeps/variant.schema.ts";

export const LIFECYCLE_STATUSES = ["trained", "published", "paused", "retired", "discarded"] as const;
export type LifecycleStatus = (typeof LIFECYCLE_STATUSES)[number];

/** One change of status: who, when, why. */
const TransitionSchema = z.strictObject({
  from: z.enum(LIFECYCLE_STATUSES),
  to: z.enum(LIFECYCLE_STATUSES),
  at: z.string(),
  by: z.string(),
  reason: z.string().max(500),
});

/** What goes with a change of status that somebody asks for. */
export const TransitionBodySchema = z.strictObject({ reason: TransitionSchema.shape.reason.default("") });

/** An immutable object in the artifact store. */
const ArtifactRefSchema = z.strictObject({ key: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** What the one look at the untouched end of the history showed. */
export const HoldoutSchema = z.strictObject({
  start: z.string().describe("First session date of the holdout"),
  end: z.string().describe("Last session date"),
  sessions: z.int().nonnegative(),
  trades: z.int().nonnegative(),
  sharpe: z.number().nullable().describe("Annual residual Sharpe ratio in the holdout"),
  total_return: z.number().nullable(),
  max_drawdown_pct: z.number().nullable(),
  backtest_sharpe: z.number().nullable(),
  /** Probability of a Sharpe ratio this low or lower, were the backtest's the true one. */
  probability_this_low: z.number().nullable(),
  vetoed: z.boolean(),
  /** Which look of this owner at this range of this series it was, from 1. A model counts once. */
  looks: z.int().positive(),
});
export type Holdout = z.infer<typeof HoldoutSchema>;

export const TrainedModelSchema = z.strictObject({
  schema_version: z.literal(1),
  trained_model_id: IdSchema,
  owner: OwnerSchema,
  pack_id: IdSchema,
  model_id: IdSchema,
  /** The leaderboard row that was trained, or null for a baseline. */
  row_id: z.string().nullable(),
  variant: VariantSchema.nullable(),
  status: z.enum(LIFECYCLE_STATUSES),
  stage: z.literal("paper").nullable().describe("Where it is published"),
  gate_status: z.enum(GATE_STATUSES),
  gate_reasons: z.array(GateReasonSchema),
  /** False for research and ungated models and those that only missed significance: marked UNPROVEN everywhere. */
  proven: z.boolean(),
  /** Trained although the gate refuses it, to learn from; never listed, never live. */
  research: z.boolean(),
  override: z.strictObject({ by: z.string(), reason: z.string() }).nullable(),
  stamps: z.array(z.string()),
  holdout: HoldoutSchema.nullable(),
  /** Fitted on everything before the holdout: the model that was judged. */
  judged: ArtifactRefSchema,
  /** The same recipe fitted on all rows with a known label: what signals are scored with. Labelled as a refit. */
  refit: ArtifactRefSchema,
  card: ArtifactRefSchema,
  /** The refit in other formats, null where a format cannot hold it; null for models that were trained before there were exports. */
  exports: z
    .strictObject({ lightgbm: ArtifactRefSchema.nullable(), onnx: ArtifactRefSchema.nullable(), calibration: ArtifactRefSchema })
    .nullable()
    .default(null),
  plan: ArtifactRefSchema,
  training_rows: z.int().positive(),
  lineage: LineageSchema,
  summary: z.record(z.string(), JsonSchema),
  created_at: z.string(),
  transitions: z.array(TransitionSchema),
});
export type TrainedModel = z.infer<typeof TrainedModelSchema>;
