import type { GateReason, GateStatus } from "#lib/leaderboard/gate.schema.ts";
import type { Calibration } from "#lib/sweeps/calibrate.schema.ts";

/** The matrix that a run built or found. */
export interface MatrixOutcome {
  readonly matrix_sha: string;
  readonly rows: number;
  readonly columns: number;
  readonly features: number;
  readonly quality: string;
  readonly leakage: string;
  readonly reused: boolean;
  readonly stamps: readonly string[];
  readonly warnings: readonly string[];
  /** Verdicts that were overruled by force. */
  readonly forced: readonly string[];
}

/** What all variants of a sweep say together. */
export interface SweepOutcome {
  readonly sweep_id: string;
  readonly model_id: string;
  readonly variants: number;
  readonly distinct: number;
  readonly pass: number;
  readonly marginal: number;
  readonly marginal_sig: number;
  readonly fail: number;
  readonly failed_variants: number;
  readonly best_rows: readonly string[];
  readonly dsr_best: number | null;
  readonly luck_sharpe: number | null;
  readonly pbo: number | null;
  readonly p_oos_loss: number | null;
  readonly trials: number;
  readonly has_skill: boolean;
  readonly log_loss: number | null;
  readonly prior_log_loss: number | null;
}

export interface BacktestOutcome {
  readonly gate: { readonly status: GateStatus; readonly reasons: readonly GateReason[] };
  readonly best_rows: readonly string[];
}

export interface TrainedOutcome {
  readonly trained_model_id: string;
  readonly gate_status: GateStatus;
  readonly proven: boolean;
  readonly stamps: readonly string[];
  readonly holdout: Readonly<Record<string, number | boolean | string | null>> | null;
}

export interface PublishedOutcome {
  readonly trained_model_id: string;
  readonly status: string;
  readonly stage: string;
  readonly proven: boolean;
}

/** What a calibration recommends. */
export type CalibrationOutcome = Omit<Calibration, "candidates"> & { readonly candidates: number };

/** What a run made, whichever machine it was of; what it did not make is absent. */
export interface RunOutcome {
  readonly matrix?: MatrixOutcome | undefined;
  readonly sweep?: SweepOutcome | undefined;
  readonly backtest?: BacktestOutcome | undefined;
  readonly calibration?: CalibrationOutcome | undefined;
  readonly trained: readonly TrainedOutcome[];
  readonly published?: PublishedOutcome | undefined;
  /** Signals that were asked for, however many models were due. */
  readonly due?: number | undefined;
}

type Mapping = Readonly<Record<string, unknown>>;

const mapping = (value: unknown): Mapping | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Mapping) : undefined;

const holding = <T>(value: unknown, key: string): T | undefined => {
  const found = mapping(value);
  return found !== undefined && found[key] !== undefined ? (found as T) : undefined;
};

/**
 * Reads a run's outputs: a pipeline names its evaluation `result`, other machines by what they are.
 *
 * @param outputs - of `GET /runs/{run_id}`; null until the run has succeeded
 */
export function outcomeOf(outputs: unknown): RunOutcome {
  const { matrix, backtest, sweep, result, calibration, trained, published, plan } = mapping(outputs) ?? {};
  const evaluation = backtest ?? sweep ?? result;
  const due = mapping(plan)?.["due"];
  return {
    matrix: holding<MatrixOutcome>(matrix, "matrix_sha"),
    sweep: holding<SweepOutcome>(evaluation, "sweep_id"),
    backtest: holding<BacktestOutcome>(evaluation, "gate"),
    calibration: holding<CalibrationOutcome>(calibration, "inner_folds"),
    trained: (Array.isArray(trained) ? trained : []).filter((each) => holding(each, "trained_model_id") !== undefined) as TrainedOutcome[],
    published: holding<PublishedOutcome>(published, "trained_model_id"),
    due: Array.isArray(due) ? due.length : undefined,
  };
}

/** What a run leads to. */
export type NextStep =
  | { readonly kind: "evaluate" }
  | { readonly kind: "train"; readonly rowId: string; readonly sweepId: string | undefined }
  | { readonly kind: "override"; readonly sweepId: string | undefined; readonly status: "MARGINAL" | "MARGINAL_SIG" }
  | { readonly kind: "research"; readonly rowId: string | undefined; readonly sweepId: string | undefined }
  | { readonly kind: "publish"; readonly trainedModelId: string; readonly proven: boolean }
  | { readonly kind: "watch"; readonly trainedModelId: string };

/** The next step on the way from an idea to a published model; undefined when the run leads nowhere further. */
export function nextStepOf({ matrix, sweep, backtest, trained, published }: RunOutcome): NextStep | undefined {
  if (published !== undefined)
    return published.status === "published" ? { kind: "watch", trainedModelId: published.trained_model_id } : undefined;
  const [first] = trained;
  if (first !== undefined) return { kind: "publish", trainedModelId: first.trained_model_id, proven: first.proven };
  const evaluation = sweep ?? backtest;
  if (evaluation === undefined) return matrix === undefined ? undefined : { kind: "evaluate" };
  const rowId = evaluation.best_rows[0];
  const sweepId = sweep?.sweep_id;
  const status = bestStatus(sweep, backtest);
  if (status === "PASS" && rowId !== undefined) return { kind: "train", rowId, sweepId };
  if (status === "MARGINAL" || status === "MARGINAL_SIG") return { kind: "override", sweepId, status };
  return { kind: "research", rowId, sweepId };
}

/** The best verdict among the variants. */
function bestStatus(sweep: SweepOutcome | undefined, backtest: BacktestOutcome | undefined): GateStatus {
  if (sweep === undefined) return backtest?.gate.status ?? "FAIL";
  if (sweep.pass > 0) return "PASS";
  if (sweep.marginal > 0) return "MARGINAL";
  return sweep.marginal_sig > 0 ? "MARGINAL_SIG" : "FAIL";
}
