/** What each machine does, as a verb for a list. */
export const MACHINE_NAMES: Readonly<Record<string, string>> = {
  build: "Build matrix",
  backtest: "Backtest",
  sweep: "Sweep",
  calibrate: "Calibrate",
  train: "Train",
  publish: "Publish",
  pipeline: "Pipeline",
  rebuild: "Rebuild matrices",
  volatility: "Record volatility",
  signals: "Score signals",
};

/** Where a run stands, in words. */
export const RUN_STATUS_NAMES: Readonly<Record<string, string>> = {
  running: "Running",
  succeeded: "Succeeded",
  failed: "Failed",
  canceled: "Canceled",
  interrupted: "Interrupted",
};

/** Where a trained model stands, in words. */
export const LIFECYCLE_NAMES: Readonly<Record<string, string>> = {
  trained: "Trained",
  published: "Published",
  paused: "Paused",
  retired: "Retired",
  discarded: "Discarded",
};

/** A step's machine name as words: `fit_fold` is "Fit fold". */
export function stepInWords(step: string): string {
  const words = step
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll(/[_-]+/g, " ")
    .trim()
    .toLowerCase();
  return words === "" ? "" : words[0]!.toUpperCase() + words.slice(1);
}

/** What each machine is for, in a sentence. */
export const MACHINE_LEADS: Readonly<Record<string, string>> = {
  build: "Reads the data, computes every column and the label, checks them, and stores the matrix.",
  backtest: "Fits the model on each fold and trades the rows that it has not seen, with costs.",
  sweep: "Tries many ways to trade the same out-of-sample forecasts and judges all of them together.",
  calibrate: "Chooses thresholds or brackets on inner folds. All that it tries counts as trials.",
  train: "Fits the chosen variants for use and tries them on the holdout, where every look is counted.",
  publish: "Moves a trained model through its life: to paper, on hold, back, or out.",
  pipeline: "Builds the matrix, evaluates the model, lets the gate judge it, and trains what passes if you asked for that.",
  rebuild: "Builds the matrices of all published models again.",
  volatility: "Records the at-the-money volatility of each session, for indicators that look back a year.",
  signals: "Scores the published models on their last closed bar.",
};

/** A step that has ended, as the time left is worked out from it. */
export interface StepTime {
  readonly at: string;
  readonly share: number;
}

/** Fewer finished steps say nothing of the pace. */
const FEWEST_STEPS = 3;
/** The pace is that of the last steps, as fits and evaluations take differently long. */
const RECENT_STEPS = 20;

/**
 * Seconds that a run will still take at the pace of its last steps; undefined while nobody can say.
 *
 * @param now - in milliseconds
 */
export function secondsLeft(steps: readonly StepTime[], now: number): number | undefined {
  const recent = steps.slice(-RECENT_STEPS);
  const [first, last] = [recent[0], recent.at(-1)];
  if (recent.length < FEWEST_STEPS || first === undefined || last === undefined) return undefined;
  const gained = last.share - first.share;
  const spent = (Date.parse(last.at) - Date.parse(first.at)) / 1000;
  if (!(gained > 0) || !(spent > 0) || last.share >= 1) return undefined;
  const sinceLast = Math.max(0, (now - Date.parse(last.at)) / 1000);
  return Math.max(0, ((1 - last.share) * spent) / gained - sinceLast);
}

/** Seconds between two moments; the second is now where the run goes on. */
export const secondsBetween = (from: string, to: string | null, now: number): number =>
  Math.max(0, ((to === null ? now : Date.parse(to)) - Date.parse(from)) / 1000);

/** The steps of each machine in their order, where there are several. A name ending in `?` is done on request only. */
export const MACHINE_STAGES: Readonly<Record<string, readonly string[]>> = {
  backtest: ["PlanBacktest", "FitFold", "RunBacktest"],
  sweep: ["PlanSweep", "FitFold", "EvaluateVariants", "CollectSweep"],
  train: ["PlanTraining", "TrainModel"],
  pipeline: [
    "BuildMatrix",
    "PlanSweep|PlanBacktest",
    "FitFold",
    "EvaluateVariants?",
    "CollectSweep|RunBacktest",
    "PlanTraining?",
    "TrainModel?",
  ],
};

export interface Stage {
  readonly name: string;
  readonly state: "done" | "current" | "ahead";
  /** Steps of this stage that have ended. */
  readonly count: number;
}

/**
 * Where a run stands among its stages. A stage is done when a later one has begun; an optional one appears once it has begun.
 *
 * @param plan - of `MACHINE_STAGES`
 * @param hasEnded - the run has succeeded, so every stage that was begun is done
 */
export function stagesOf(plan: readonly string[], steps: readonly { readonly step: string }[], hasEnded: boolean): readonly Stage[] {
  const counted = plan.map((text) => {
    const isOptional = text.endsWith("?");
    const names = text.replace("?", "").split("|");
    const counts = names.map((name) => steps.filter(({ step }) => step === name).length);
    const count = counts.reduce((sum, each) => sum + each, 0);
    return {
      name: names[
        Math.max(
          0,
          counts.findIndex((each) => each > 0),
        )
      ]!,
      count,
      isOptional,
    };
  });
  const shown = counted.filter(({ isOptional, count }) => !isOptional || count > 0);
  const last = shown.findLastIndex(({ count }) => count > 0);
  return shown.map(({ name, count }, place) => ({ name, count, state: stateOf(place, last, hasEnded) }));
}

function stateOf(place: number, last: number, hasEnded: boolean): Stage["state"] {
  if (hasEnded || place < last) return "done";
  return place === Math.max(0, last) ? "current" : "ahead";
}
