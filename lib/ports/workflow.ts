import type { Json } from "../core/canonical-json.ts";

/** The state machines of `state-machines/`, by file name. */
export const MACHINES = [
  "build",
  "backtest",
  "sweep",
  "calibrate",
  "train",
  "publish",
  "pipeline",
  "rebuild",
  "volatility",
  "signals",
] as const;
export type MachineName = (typeof MACHINES)[number];

export type ExecutionStatus = "running" | "succeeded" | "failed" | "canceled" | "interrupted";

export interface ExecutionView {
  readonly executionId: string;
  readonly machine: MachineName;
  readonly status: ExecutionStatus;
  readonly output: Json | null;
  readonly error: { readonly code: string; readonly detail: string } | null;
}

/** Runs state machines: Step Functions in the cloud, the embedded engine on one machine. */
export interface Workflow {
  /**
   * Starts an execution and returns without waiting for it. The name is the run id plus the attempt: starting the
   * same name twice with the same input is one execution.
   *
   * @throws CONFLICT when the name was used with another input
   */
  start(request: {
    readonly machine: MachineName;
    readonly runId: string;
    readonly attempt: number;
    readonly input: Json;
  }): Promise<{ readonly executionId: string }>;

  /** @throws NOT_FOUND */
  describe(executionId: string): Promise<ExecutionView>;

  /** Asks an execution to end. Nothing of it starts afterwards; what is done stays. Idempotent. */
  cancel(executionId: string): Promise<void>;

  /** Goes on with a failed, canceled or interrupted execution: finished steps are not done again. */
  resume(executionId: string): Promise<void>;
}
