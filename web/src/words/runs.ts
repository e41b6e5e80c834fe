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
