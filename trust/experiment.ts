import type { Json } from "#lib/core/canonical-json.ts";

/** How much is run: everything, or enough to see that the machinery works. */
export type Scale = "full" | "quick";

/** One unit of work. Equal jobs of equal code have equal results, so a result is found again by its job. */
export interface Job {
  readonly experiment: string;
  readonly group: string;
  readonly seed: number;
}

export interface Done<R> {
  readonly job: Job;
  readonly result: R;
}

/** A statement that the run either bears out or does not. */
export interface Claim {
  readonly says: string;
  readonly found: string;
  readonly holds: boolean;
}

export interface Section {
  readonly claims: readonly Claim[];
  /** Markdown below the section's title. */
  readonly text: string;
}

/** A question, the work that answers it, and how the answer reads. */
export interface Experiment<R extends Json> {
  readonly name: string;
  readonly title: string;
  jobs(scale: Scale): readonly Job[];
  run(job: Job): Promise<R>;
  section(done: readonly Done<R>[], scale: Scale): Section;
}

/** Any experiment, as the runner sees it. A section is given the results of its own jobs only. */
export type AnyExperiment = Experiment<Json>;

export const defineExperiment = <R extends Json>(experiment: Experiment<R>): AnyExperiment => experiment as unknown as AnyExperiment;

/** Jobs of the seeds 1 to `count` of a group. */
export const seededJobs = (experiment: string, group: string, count: number): Job[] =>
  Array.from({ length: count }, (_, i) => ({ experiment, group, seed: i + 1 }));
