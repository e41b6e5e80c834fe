import { BuildRequestSchema } from "#functions/api/runs/build-request.schema.ts";
import { evaluationRequestOf, PipelineRequestSchema } from "#functions/api/runs/pipeline-request.schema.ts";
import { TrainBodySchema } from "#functions/api/runs/train-body.schema.ts";
import { BacktestRequestSchema } from "#lib/backtest/backtest-request.schema.ts";
import type { FieldError } from "#lib/errors/sigma-error.ts";
import { SweepRequestSchema } from "#lib/sweeps/sweep.schema.ts";
import { checked, objectionsTo } from "../../../ui/form/objections.ts";
import { type SplitDraft, splitFieldOf, splitsOf } from "../../../ui/form/splits.ts";

export const JOBS = ["build", "backtest", "sweep", "train", "pipeline"] as const;
export type Job = (typeof JOBS)[number];

/** What the form of the Composer holds; names are those of the requests, so that what the server objects to finds its field. */
export interface ComposeDraft extends SplitDraft {
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly force: boolean;
  readonly evaluate: "backtest" | "sweep";
  readonly train_when_passed: boolean;
  readonly thresholds?: string | undefined;
  readonly threshold_mode?: "probability" | "edge" | undefined;
  readonly top_pct?: number | undefined;
  readonly allowed_hours: readonly string[];
  readonly calibration?: string | undefined;
  readonly robustness: "none" | "quick" | "full";
  readonly grid: "simple" | "lists";
  readonly preset?: "conservative" | "balanced" | "aggressive" | undefined;
  readonly thresholds_variants?: string | undefined;
  readonly allowed_hours_variants?: string | undefined;
  readonly top_pct_variants?: string | undefined;
  readonly rows: readonly string[];
  readonly research: boolean;
  readonly override_reason?: string | undefined;
}

export const EMPTY_DRAFT: ComposeDraft = {
  force: false,
  evaluate: "sweep",
  train_when_passed: false,
  allowed_hours: [],
  robustness: "quick",
  split_kind: "walk_forward",
  splits: 5,
  n_groups: 6,
  k_test: 2,
  grid: "simple",
  rows: [],
  research: false,
};

interface Ids {
  readonly pack_id: string;
  readonly model_id: string;
}

/** Keys without a value are left out. */
const given = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** A list of one or more values separated by semicolons or line breaks: each is one value of an axis. */
const listOf = (text: string | undefined): readonly string[] | undefined => {
  const parts = (text ?? "").split(/[;\n]/).map((part) => part.trim());
  const found = parts.filter((part) => part !== "");
  return found.length === 0 ? undefined : found;
};

function backtestOf(draft: ComposeDraft): Record<string, unknown> {
  const { thresholds, threshold_mode, top_pct, allowed_hours, calibration, robustness, embargo_bars } = draft;
  return given({
    thresholds,
    threshold_mode,
    top_pct,
    allowed_hours: allowed_hours.length === 0 ? undefined : allowed_hours.map(Number),
    calibration,
    robustness,
    splits: splitsOf(draft),
    embargo_bars,
  });
}

function sweepOf(draft: ComposeDraft): Record<string, unknown> {
  const { grid, preset, threshold_mode, embargo_bars } = draft;
  const lists = {
    thresholds_variants: listOf(draft.thresholds_variants),
    allowed_hours_variants: listOf(draft.allowed_hours_variants),
    top_pct_variants: listOf(draft.top_pct_variants),
  };
  return given({ ...(grid === "simple" ? { preset } : lists), threshold_mode, splits: splitsOf(draft), embargo_bars });
}

function trainOf({ rows, research, override_reason, allowed_hours, calibration }: ComposeDraft): Record<string, unknown> {
  const baseline = { allowed_hours: allowed_hours.length === 0 ? undefined : allowed_hours.map(Number), calibration };
  return given({ research, override_reason, ...(rows.length === 0 ? baseline : { rows }) });
}

/** The request of a job, as the API takes it. */
export function requestOf(job: Job, draft: ComposeDraft, ids: Ids): Record<string, unknown> {
  const { start, end, force, evaluate, train_when_passed } = draft;
  const window = given({ start, end, force });
  switch (job) {
    case "build":
      return { ...ids, ...window };
    case "backtest":
      return { ...ids, ...backtestOf(draft) };
    case "sweep":
      return { ...ids, ...sweepOf(draft) };
    case "train":
      return { ...ids, ...trainOf(draft) };
    case "pipeline":
      return { ...ids, ...window, evaluate, train_when_passed, ...(evaluate === "sweep" ? sweepOf(draft) : backtestOf(draft)) };
  }
}

export interface DraftIssue {
  readonly path: string;
  readonly message: string;
}

/** The field of the form that stands for a place in a request. */
export function fieldOf([first, second]: readonly string[]): string {
  if (first === "splits") return splitFieldOf(second);
  return first ?? "";
}

/** What the API's own schemas object to before anything is sent, by the form's fields. */
export const issuesOf = (job: Job, draft: ComposeDraft, ids: Ids): readonly DraftIssue[] =>
  objectionsOf(job, requestOf(job, draft, ids)).map(({ path, issue }) => ({ path: fieldOf(path.split(".")), message: issue }));

const SCHEMAS = { build: BuildRequestSchema, backtest: BacktestRequestSchema, sweep: SweepRequestSchema, train: TrainBodySchema } as const;

/** As the route of a job reads its request: a pipeline's body first as a whole, then the evaluation in it. */
function objectionsOf(job: Job, request: Record<string, unknown>): readonly FieldError[] {
  if (job !== "pipeline") return objectionsTo(SCHEMAS[job], request);
  const { data, objections } = checked(PipelineRequestSchema, request);
  return data === undefined ? objections : objectionsTo(SCHEMAS[data.evaluate], evaluationRequestOf(data));
}
