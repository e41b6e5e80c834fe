import { availableParallelism } from "node:os";
import { createRng } from "#lib/core/rng.ts";
import { learnerOf } from "#lib/learners/catalog.ts";
import { LearnerSchema } from "#lib/learners/learner.schema.ts";

/** What the probe takes on one core of the reference machine, warm, with nothing else to do. */
const REFERENCE_SECONDS = 0.0255;
const ROWS = 1500;
const COLUMNS = 20;
const ROUNDS = 4;

let measured: Promise<{ readonly factor: number; readonly parallelCalls: number }> | undefined;

/**
 * How fast this machine is at what a sweep does most, fitting trees: a small training is timed, once a process. What else
 * the machine is doing counts, as it will when the sweep runs.
 */
export function measureMachine(): Promise<{ readonly factor: number; readonly parallelCalls: number }> {
  measured ??= probe();
  return measured;
}

async function probe(): Promise<{ readonly factor: number; readonly parallelCalls: number }> {
  const rng = createRng("machine");
  const features = Array.from({ length: COLUMNS }, () => Float64Array.from({ length: ROWS }, () => rng.normal()));
  const target = Int32Array.from({ length: ROWS }, (_, row) => (features[0]![row]! + rng.normal() > 0 ? 1 : 0));
  const learner = learnerOf(LearnerSchema.parse({ algo: "gbm", params: { trees: 20, max_depth: 4 } }), "hourly");
  const rows = {
    task: "classify" as const,
    rows: ROWS,
    featureNames: features.map((_, i) => `f${i}`),
    features,
    target,
    weight: new Float64Array(ROWS).fill(1),
    classes: [-1, 1],
  };
  // The first training compiles the code.
  learner.fit(rows, 1);
  const started = performance.now();
  for (let round = 0; round < ROUNDS; round++) learner.fit(rows, 1 + round);
  const seconds = (performance.now() - started) / 1000 / ROUNDS;
  return { factor: seconds / REFERENCE_SECONDS, parallelCalls: Math.max(1, Math.min(8, availableParallelism())) };
}
