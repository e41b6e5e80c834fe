import * as z from "zod";
import { listWatchedIvSeries } from "#lib/market-data/iv-store/iv-watch.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { ensureScheduledRun } from "../shared/scheduled-run.ts";
import { defineStep, stepInput } from "../shared/step.ts";
import { SERIES_A_BATCH, type VolatilityBatch } from "../shared/volatility-batch.ts";

const PlanVolatilityInputSchema = z.strictObject({ ...stepInput, tick: z.string() });

/** Most batches of one tick: what a machine may hand from state to state has a limit. */
const MOST_BATCHES = 250;

/** State `PlanVolatility`: the series of implied volatility that somebody reads, in batches. */
export const createPlanVolatility = defineStep({
  name: "PlanVolatility",
  input: PlanVolatilityInputSchema,
  run: async (ports: { readonly metadata: MetadataStore; readonly clock: Clock }, { run_id, owner, tick }) => {
    await ensureScheduledRun(ports, { runId: run_id, owner, machine: "volatility", tick });
    const now = ports.clock.now();
    const batches: VolatilityBatch[] = [];
    let after: string | null = null;
    let series = 0;
    do {
      const page: Awaited<ReturnType<typeof listWatchedIvSeries>> = await listWatchedIvSeries(ports.metadata, {
        after,
        limit: SERIES_A_BATCH,
        now,
      });
      if (page.series.length > 0) batches.push({ number: batches.length, after });
      series += page.series.length;
      after = page.next;
    } while (after !== null && batches.length < MOST_BATCHES);
    return { batches, series, left_out: after !== null };
  },
  expected: ({ batches }) => 1 + batches.length,
  message: ({ series, left_out }) =>
    `${series} series of implied volatility to add the day's value to${left_out ? "; there are more, which are left out" : ""}`,
});
