import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { JsonSchema } from "../core/json.schema.ts";
import { LineageSchema } from "../core/lineage.schema.ts";
import { GateReasonSchema } from "../leaderboard/gate.schema.ts";
import { ModelConfigSchema } from "../models/model-config.schema.ts";
import { StrategySchema } from "../packs/strategy.schema.ts";
import { PolicySchema } from "../policies/policy.schema.ts";
import { RiskBudgetSchema, RiskProfileSchema } from "../policies/risk-budget.schema.ts";
import { OwnerSchema } from "../runs/run-record.schema.ts";
import { VariantSchema } from "../sweeps/variant.schema.ts";
import { RefitSchema } from "./robustness/refit.schema.ts";
import { ROBUSTNESS_LEVELS } from "./robustness/robustness.schema.ts";
import { SplitsSchema } from "./splits.schema.ts";

const sha = z.string().regex(/^[0-9a-f]{64}$/);

/** A part of the variants that one call evaluates. */
const BatchSchema = z.strictObject({ batch_id: z.string().regex(/^[0-9a-f]{16}$/), variant_ids: z.array(z.string()).nonempty() });

/**
 * Everything that the steps of a backtest, a sweep or a training need, resolved once and stored under its digest: steps
 * hand over the digest, and equal questions share one plan.
 */
export const EvaluationPlanSchema = z.strictObject({
  schema_version: z.literal(1),
  kind: z.enum(["backtest", "sweep"]),
  owner: OwnerSchema,
  pack_id: IdSchema,
  model_id: IdSchema,
  config: ModelConfigSchema,
  /** The model's indicators as its set names them, for building further rows of the same matrix. */
  indicator_entries: z.array(z.record(z.string(), JsonSchema)),
  policy: PolicySchema,
  strategy: StrategySchema.nullable(),
  risk_profile: RiskProfileSchema,
  /** The gate's limits in force. */
  limits: RiskBudgetSchema,
  direction: z.enum(["long_only", "short_only", "long_short"]),
  matrix: z.strictObject({ sha, prefix: z.string() }),
  /** Options only: the stored contract tape that all variants read, and the rules that it has choices of. */
  contract_tape: z
    .strictObject({ sha, rules: z.array(z.strictObject({ dte_target: z.int().min(0), strike: z.string().nullable() })).nonempty() })
    .nullable()
    .default(null),
  splits: SplitsSchema,
  /** Names the fold predictions: matrix, learner, splits. Every variant shares them. */
  prediction_sha: sha,
  folds: z.int().positive(),
  /** What each session from the first test block on earns without risk; null = nothing is taken off. */
  risk_free: z
    .strictObject({
      symbol: z.string(),
      kind: z.enum(["yield_pct", "price"]),
      fingerprint: z.string(),
      /** Session dates as 20240701, and the return of each, a fraction. */
      sessions: z.array(z.int()),
      returns: z.array(z.number()),
    })
    .nullable()
    .default(null),
  /** How much a backtest asks about the robustness of its headline. */
  robustness: z.enum(ROBUSTNESS_LEVELS).default("none"),
  /** Further fits of all folds that this takes; their folds follow the model's own in the list of fits. */
  refits: z.array(RefitSchema).default([]),
  /** Longest hold among the variants, in bars: none may decide later than that allows. */
  longest_hold_bars: z.int().positive(),
  variants: z.array(VariantSchema).nonempty(),
  batches: z.array(BatchSchema).nonempty(),
  /** Set when no variant can meet the gate. */
  infeasible: GateReasonSchema.nullable(),
  /** What to change then; empty otherwise. */
  remedy: z.string(),
  /** What the report must say: `embargo_below_label_horizon`, `gate_infeasible`, ... */
  warnings: z.array(z.string()),
  stamps: z.array(z.string()),
  tag: z.string().max(64).nullable(),
  request: z.record(z.string(), JsonSchema),
  lineage: LineageSchema,
});
export type EvaluationPlan = z.infer<typeof EvaluationPlanSchema>;
