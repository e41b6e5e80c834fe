import type { MachineName } from "#lib/ports/workflow.ts";

/** What a function may do with each resource; CDK turns it into the role's statements. */
export interface FunctionSpec {
  readonly description: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly artifacts: "none" | "read" | "read-write";
  /** Patterns of the keys that it writes, `*` for any text; every artifact of the product is readable to a reader. */
  readonly artifactWrites?: readonly string[];
  /** May remove what it may write. */
  readonly artifactRemoves?: true;
  readonly metadata: "none" | "read" | "read-write";
  /** Limits its records to partitions that match this pattern. */
  readonly partitions?: string;
  /** Reads market data: the vendors' keys, and the caches of what they gave and of implied volatilities, which it also writes. */
  readonly marketData?: true;
  /** Extra tables beside run state. */
  readonly signals?: "read" | "read-write";
  readonly idempotency?: "read-write";
  /** May start, describe, stop and redrive executions of these machines. */
  readonly workflow?: readonly MachineName[];
  /** May publish to the alert topic. */
  readonly alerts?: true;
  /** Writes the files of the web app, and nothing of the product. */
  readonly webFiles?: true;
  /** Where local mode runs it: a worker thread for computation, the main thread for bookkeeping. */
  readonly localThread: "worker" | "main";
}

/** Which functions exist and what each may touch. CDK and local mode both read this table. */
export const FUNCTIONS = {
  api: {
    description: "The HTTP surface",
    memoryMb: 1769,
    timeoutSeconds: 29,
    artifacts: "read-write",
    artifactWrites: ["owners/*/packs/*", "owners/*/pack_versions/*", "owners/*/models/*", "scratch/health.txt"],
    artifactRemoves: true,
    marketData: true,
    metadata: "read-write",
    signals: "read",
    idempotency: "read-write",
    workflow: ["build", "backtest", "sweep", "calibrate", "train", "publish", "pipeline", "signals"],
    localThread: "main",
  },
  authorizer: {
    description: "Checks JWTs and API tokens",
    memoryMb: 512,
    timeoutSeconds: 5,
    artifacts: "none",
    metadata: "read",
    partitions: "token#*",
    localThread: "main",
  },
  "publish-web": {
    description: "Puts the web app's files where browsers find them, when the stack is deployed",
    memoryMb: 512,
    timeoutSeconds: 300,
    artifacts: "none",
    metadata: "none",
    webFiles: true,
    localThread: "main",
  },
  "build-matrix": {
    description: "Builds, checks and stores a matrix",
    memoryMb: 3008,
    timeoutSeconds: 600,
    artifacts: "read-write",
    artifactWrites: ["matrices/*", "owners/*/matrices/*", "owners/*/models/*"],
    marketData: true,
    metadata: "read-write",
    localThread: "worker",
  },
  "plan-backtest": {
    description: "Resolves a backtest request into folds",
    memoryMb: 1769,
    timeoutSeconds: 120,
    artifacts: "read-write",
    artifactWrites: ["owners/*/plans/*"],
    marketData: true,
    metadata: "read-write",
    localThread: "worker",
  },
  "fit-fold": {
    description: "Fits one fold and stores its predictions",
    memoryMb: 3008,
    timeoutSeconds: 600,
    artifacts: "read-write",
    artifactWrites: ["predictions/*", "owners/*/predictions/*"],
    metadata: "read-write",
    localThread: "worker",
  },
  "run-backtest": {
    description: "Evaluates thresholds over stored predictions and writes the report",
    memoryMb: 3008,
    timeoutSeconds: 300,
    artifacts: "read-write",
    artifactWrites: ["owners/*/evaluations/*"],
    metadata: "read-write",
    localThread: "worker",
  },
  "plan-compositions": {
    description: "Expands a sweep request into the compositions of a model",
    memoryMb: 1024,
    timeoutSeconds: 60,
    artifacts: "read",
    metadata: "read-write",
    localThread: "worker",
  },
  "build-composition": {
    description: "Builds the matrix of one composition of a model",
    memoryMb: 3008,
    timeoutSeconds: 600,
    artifacts: "read-write",
    artifactWrites: ["matrices/*", "owners/*/matrices/*"],
    marketData: true,
    metadata: "read-write",
    localThread: "worker",
  },
  "plan-sweep": {
    description: "Expands a sweep request into batches of variants",
    memoryMb: 1769,
    timeoutSeconds: 120,
    artifacts: "read-write",
    artifactWrites: ["owners/*/plans/*"],
    marketData: true,
    metadata: "read-write",
    localThread: "worker",
  },
  "evaluate-variants": {
    description: "Evaluates one batch of variants over stored predictions",
    memoryMb: 3008,
    timeoutSeconds: 300,
    artifacts: "read-write",
    artifactWrites: ["owners/*/evaluations/*"],
    metadata: "read-write",
    localThread: "worker",
  },
  "collect-sweep": {
    description: "Judges all variants together and writes the leaderboard rows",
    memoryMb: 3008,
    timeoutSeconds: 300,
    artifacts: "read-write",
    artifactWrites: ["owners/*/evaluations/*"],
    metadata: "read-write",
    localThread: "worker",
  },
  "calibrate-model": {
    description: "Chooses thresholds or brackets on inner folds of the rows before the first test block",
    memoryMb: 3008,
    timeoutSeconds: 600,
    artifacts: "read-write",
    artifactWrites: ["owners/*/plans/*", "owners/*/evaluations/*"],
    marketData: true,
    metadata: "read-write",
    localThread: "worker",
  },
  "plan-training": {
    description: "Checks the gate and selects the rows to train",
    memoryMb: 1769,
    timeoutSeconds: 120,
    artifacts: "read-write",
    artifactWrites: ["owners/*/trainings/*", "owners/*/plans/*"],
    marketData: true,
    metadata: "read-write",
    localThread: "worker",
  },
  "train-model": {
    description: "Trains one selected row, looks at the holdout, writes the model card",
    memoryMb: 3008,
    timeoutSeconds: 600,
    artifacts: "read-write",
    artifactWrites: ["owners/*/trained/*"],
    metadata: "read-write",
    localThread: "worker",
  },
  "publish-model": {
    description: "Moves a trained model through its lifecycle",
    memoryMb: 512,
    timeoutSeconds: 60,
    artifacts: "none",
    metadata: "read-write",
    localThread: "main",
  },
  "plan-rebuild": {
    description: "Lists the models to rebuild at a tick",
    memoryMb: 512,
    timeoutSeconds: 120,
    artifacts: "none",
    metadata: "read-write",
    localThread: "main",
  },
  "start-pipeline": {
    description: "Starts the pipeline of one model",
    memoryMb: 1769,
    timeoutSeconds: 300,
    artifacts: "read",
    marketData: true,
    metadata: "read-write",
    workflow: ["pipeline"],
    localThread: "main",
  },
  "plan-volatility": {
    description: "Lists the series of implied volatility that somebody reads",
    memoryMb: 512,
    timeoutSeconds: 120,
    artifacts: "none",
    metadata: "read-write",
    localThread: "main",
  },
  "record-volatility": {
    description: "Adds the day's implied volatility to a batch of series",
    memoryMb: 1769,
    timeoutSeconds: 600,
    artifacts: "read",
    marketData: true,
    metadata: "read-write",
    localThread: "worker",
  },
  "plan-signals": {
    description: "Lists the published models that are due at a tick",
    memoryMb: 512,
    timeoutSeconds: 60,
    artifacts: "none",
    metadata: "read-write",
    localThread: "main",
  },
  "score-model": {
    description: "Scores the last bar of one published model and stores the signal once",
    memoryMb: 1769,
    timeoutSeconds: 120,
    artifacts: "read",
    marketData: true,
    metadata: "read-write",
    signals: "read-write",
    localThread: "worker",
  },
  "deliver-signal": {
    description: "Hands a stored signal to the alert sink",
    memoryMb: 512,
    timeoutSeconds: 60,
    artifacts: "none",
    metadata: "read-write",
    signals: "read-write",
    alerts: true,
    localThread: "main",
  },
  "record-failure": {
    description: "Writes a failed step's code to its run",
    memoryMb: 512,
    timeoutSeconds: 30,
    artifacts: "none",
    metadata: "read-write",
    localThread: "main",
  },
  "record-outcome": {
    description: "Writes how an execution ended, told by its status change",
    memoryMb: 512,
    timeoutSeconds: 30,
    artifacts: "none",
    metadata: "read-write",
    alerts: true,
    localThread: "main",
  },
} as const satisfies Record<string, FunctionSpec>;

export type FunctionName = keyof typeof FUNCTIONS;

/** `build-matrix` does the task state `BuildMatrix` and fills the placeholder `${BuildMatrixArn}`. */
export function stateNameOf(name: FunctionName): string {
  return name
    .split("-")
    .map((part) => part[0]!.toUpperCase() + part.slice(1))
    .join("");
}
