/** One measured number of a workload. */
export interface Figure {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  /** What the project aims at, in words, such as ">= 10x". */
  readonly aim?: string;
  /** What the number was compared with, or why it was not. */
  readonly note?: string;
}

/** A piece of work that is measured. `run` is one repetition; the runner takes medians over several. */
export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly run: () => Promise<readonly Figure[]>;
}
