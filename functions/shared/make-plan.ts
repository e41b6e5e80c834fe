import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { developmentView } from "#lib/backtest/holdout.ts";
import { outerFolds } from "#lib/backtest/outer-folds.ts";
import { refitsOf } from "#lib/backtest/robustness/refits.ts";
import type { RobustnessLevel } from "#lib/backtest/robustness/robustness.schema.ts";
import { pathsOfSplits, type Splits } from "#lib/backtest/splits.schema.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { sha256OfJson } from "#lib/core/digest.ts";
import { parseOr } from "#lib/errors/parse.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { isImported } from "#lib/learners/learner.schema.ts";
import { learnerObjections } from "#lib/learners/learner-fit.ts";
import { labelClasses, labelHorizonBars } from "#lib/matrix/label.schema.ts";
import { loadMatrix } from "#lib/matrix/load-matrix.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import type { EffectiveTags } from "#lib/packs/tags.ts";
import { type Policy, PolicySchema } from "#lib/policies/policy.schema.ts";
import type { RiskBudget } from "#lib/policies/risk-budget.schema.ts";
import { planBatches } from "#lib/sweeps/batches.ts";
import { checkFeasibility } from "#lib/sweeps/feasibility.ts";
import { longestHold } from "#lib/sweeps/longest-hold.ts";
import type { Variant } from "#lib/sweeps/variant.schema.ts";
import { predictionSha, refitSha, storePlan } from "./evaluation-plan.ts";
import { feasibilityContext } from "./feasibility-context.ts";
import { requireFittable } from "./load-learner.ts";
import { loadRiskFree } from "./load-risk-free.ts";
import { loadBuiltContext, type ModelContext } from "./model-context.ts";
import type { StepPorts } from "./ports.ts";
import { tightenedModel } from "./tightened-model.ts";

/** Seconds that one variant takes on a Lambda of the manifest's size, for the size of batches beyond single ones. */
const SECONDS_PER_VARIANT = 0.01;
const PARALLEL_CALLS = 40;

export interface PlanRequest {
  readonly kind: EvaluationPlan["kind"];
  readonly tag: string | null;
  /** The request as it came, for the record. */
  readonly request: { readonly [key: string]: Json };
  readonly splits: Splits;
  /** Changes of the policy's execution for this run; the lineage's `policy_sha` is that of the changed policy. */
  readonly execution?: Partial<Policy["execution"]>;
  readonly calibration?: ModelConfig["learner"]["calibration"];
  readonly allowedHours?: readonly number[] | null;
  readonly robustness?: RobustnessLevel;
  /** Limits of this run alone, tighter than the model's. */
  readonly gates?: RiskBudget | undefined;
  /** Whether rows before the first test block are traded too: contracts of options are then chosen for all rows. */
  readonly tradesEarlyRows?: boolean;
  readonly variants: (matrix: Matrix, config: ModelConfig) => readonly Variant[];
  /** Where this plan is one of several that are judged together. */
  readonly among?: {
    /** Plans in all, which share the calls that run at once. */
    readonly plans: number;
    /** Variants of all plans: whether each is a batch of its own follows from it. */
    readonly variants: number;
    /** Longest hold of any variant of any plan, in bars. */
    readonly longestHoldBars: number;
  };
}

export interface ModelPlanRequest extends PlanRequest {
  readonly owner: string;
  readonly packId: string;
  readonly modelId: string;
}

export interface PlanResult {
  readonly plan_key: string;
  /** What is fitted: the model's folds, then those of its refits. */
  readonly folds: readonly number[];
  readonly refits: number;
  readonly batches: readonly string[];
  readonly variants: number;
  readonly warnings: readonly string[];
}

/** A stored plan with what those that are judged beside it must equal. */
export interface PlannedModel {
  readonly plan: EvaluationPlan;
  readonly planKey: string;
  readonly folds: readonly number[];
  /** First and last out-of-sample session, as 20240701, and how many there are. */
  readonly sessions: readonly [first: number, last: number, count: number];
}

/** Plans the evaluation of a model whose matrix was built. @throws as `planModel`; UNPROCESSABLE without a current matrix */
export async function makePlan(ports: StepPorts, ask: ModelPlanRequest): Promise<PlanResult> {
  const { plan, planKey, folds } = await planModel(ports, await loadBuiltContext(ports, ask.owner, ask.packId, ask.modelId), ask);
  return {
    plan_key: planKey,
    folds,
    refits: plan.refits.length,
    batches: plan.batches.map(({ batch_id }) => batch_id),
    variants: plan.variants.length,
    warnings: plan.warnings,
  };
}

/**
 * Resolves a request into a stored plan: model, matrix, folds, variants, batches. The plan's configuration is the one in
 * force: with the window that the matrix was built for and this request's changes, which its lineage covers.
 *
 * @throws HISTORY_TOO_SHORT when the folds do not fit
 */
export async function planModel(ports: StepPorts, context: ModelContext, ask: PlanRequest): Promise<PlannedModel> {
  const { spec, owner } = context;
  const model = tightenedModel(context.model, ask.gates);
  const { pack_id, model_id } = model.config;
  const config = overriddenConfig({ ...model.config, window: context.spec.window }, ask);
  const policy = overriddenPolicy(model.policy, ask.execution);
  const { splits } = ask;
  const { matrix } = await loadMatrix(ports.artifacts, context.prefix, context.matrixSha);
  await requireFittable(ports.artifacts, owner, config.learner, matrix);
  const development = developmentView(matrix, splits.holdout_share).matrix;
  const horizon = labelHorizonBars(config.label, config.cadence);
  const { folds, warnings } = outerFolds(development, splits);
  const variants = ask.variants(development, config);
  const firstTest = folds[0]?.testStart ?? 0;
  const evaluated = feasibilityContext(development, firstTest);
  const feasibility = ask.kind === "sweep" ? checkFeasibility(variants, model.limits, evaluated) : null;
  const infeasible = feasibility?.reason ?? null;
  const parallelCalls = Math.ceil(PARALLEL_CALLS / (ask.among?.plans ?? 1));
  const longestHoldBars = ask.among?.longestHoldBars ?? longestHold(variants, horizon);
  const direction = directionOf(model.tags);
  const firstDecision = ask.tradesEarlyRows ? 0 : Math.min(...folds.map(({ testStart }) => testStart));
  // Loaded where it is wanted, since most plans are of stocks.
  const contracts =
    config.instrument === "options"
      ? await (await import("./plan-contracts.ts")).planContracts(ports, context, {
          config,
          policy,
          direction,
          variants,
          matrix,
          longestHoldBars,
          firstDecision,
        })
      : null;

  // A model that others trained is not fitted here: another seed or other labels change nothing.
  const refits = ask.robustness === "full" && !isImported(config.learner) ? refitsOf(development, config.learner.seed) : [];

  const plan: EvaluationPlan = {
    schema_version: 1,
    kind: ask.kind,
    owner,
    pack_id,
    model_id,
    config,
    indicator_entries: JSON.parse(JSON.stringify(model.indicatorEntries)),
    policy,
    strategy: model.strategy,
    risk_profile: model.riskProfile,
    limits: model.limits,
    direction,
    matrix: { sha: context.matrixSha, prefix: context.prefix },
    contract_tape: contracts && { sha: contracts.sha, rules: contracts.rules },
    splits,
    prediction_sha: predictionSha(context.matrixSha, config, splits),
    folds: folds.length,
    risk_free: await loadRiskFree(ports, owner, config, matrix.sessionDate.subarray(firstDecision)),
    robustness: ask.robustness ?? "none",
    refits: refits.map((refit) => ({ ...refit, prediction_sha: refitSha(context.matrixSha, config, splits, refit) })),
    longest_hold_bars: longestHoldBars,
    variants: [...variants] as EvaluationPlan["variants"],
    batches: planBatches(variants, SECONDS_PER_VARIANT * pathsOfSplits(splits), parallelCalls, ask.among?.variants).map((batch) => ({
      batch_id: batch.batch_id,
      variant_ids: batch.variants.map(({ variant_id }) => variant_id),
    })) as EvaluationPlan["batches"],
    infeasible,
    remedy: feasibility?.remedy ?? "",
    warnings: [
      ...warnings,
      ...(isImported(config.learner) ? ["imported_model_training_rows_unknown"] : []),
      ...(infeasible === null ? [] : [infeasible.code]),
      ...model.warnings.map(({ code }) => code),
    ],
    stamps: [...new Set([...spec.stamps, ...(contracts?.stamps ?? [])])],
    tag: ask.tag,
    request: { ...ask.request },
    lineage: { ...context.lineage, risk_sha: model.lineage.risk_sha, config_sha: sha256OfJson(config), policy_sha: sha256OfJson(policy) },
  };
  const { sessionDate, rows } = development;
  return {
    plan,
    planKey: await storePlan(ports.artifacts, plan),
    folds: Array.from({ length: folds.length * (1 + refits.length) }, (_, item) => item),
    sessions: [sessionDate[firstTest]!, sessionDate[rows - 1]!, evaluated.sessions],
  };
}

function overriddenConfig(config: ModelConfig, { calibration, allowedHours }: PlanRequest): ModelConfig {
  const learner = calibration === undefined || config.learner.algo === "prior" ? config.learner : { ...config.learner, calibration };
  const classes = labelClasses(config.label);
  const [objection] = learnerObjections(learner, classes.length === 0 ? "regress" : "classify", classes);
  if (objection) throw new SigmaError("UNPROCESSABLE", `${objection.reason} ${objection.remedy}`, { setting: objection.setting });
  if (allowedHours === undefined) return { ...config, learner };
  return { ...config, learner, allowed_hours: allowedHours === null ? null : ([...allowedHours] as ModelConfig["allowed_hours"]) };
}

function overriddenPolicy(policy: Policy, execution: PlanRequest["execution"]): Policy {
  if (execution === undefined) return policy;
  return parseOr(
    "POLICY_INVALID",
    PolicySchema,
    { ...policy, execution: { ...policy.execution, ...execution } },
    "The policy with this request's changes",
  );
}

const DIRECTIONS = ["long_only", "short_only", "long_short"] as const;

/** The direction tag in force; one that the user gave the model goes before the strategy's and the pack's. */
function directionOf({ own, byCategory }: EffectiveTags): EvaluationPlan["direction"] {
  const named = [...own, byCategory["direction"]];
  return DIRECTIONS.find((direction) => direction === named.find((tag) => DIRECTIONS.some((known) => known === tag))) ?? "long_short";
}
