import { createRng } from "#lib/core/rng.ts";
import { cscv } from "#lib/metrics/cscv.ts";
import type { Workload } from "../workload.ts";

const SESSIONS = 5000;
const VARIANTS = 45;

/** Seeded returns that share a market, as a sweep's variants do. */
function returnsOfSweep(): Float64Array[] {
  const rng = createRng("bench cscv");
  const market = Float64Array.from({ length: SESSIONS }, () => 0.01 * rng.normal());
  return Array.from({ length: VARIANTS }, () => market.map((value) => 0.7 * value + 0.007 * rng.normal()));
}

let columns: Float64Array[] | undefined;

/** Combinatorially symmetric cross-validation of a simple intraday sweep. */
export const cscvWorkload: Workload = {
  name: "cscv",
  title: "CSCV, 16 blocks, 45 variants, 5,000 sessions",
  run: async () => {
    columns ??= returnsOfSweep();
    const start = performance.now();
    const result = cscv(columns);
    const milliseconds = performance.now() - start;
    if (result?.splits !== 12_870) throw new Error(`Expected 12870 splits, found "${result?.splits}".`);
    return [{ label: "12,870 splits x 45 variants, block sums included", value: milliseconds, unit: "ms", aim: "<= 60 ms" }];
  },
};
