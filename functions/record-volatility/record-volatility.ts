import * as z from "zod";
import { NYSE } from "#lib/core/calendar.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, formatDate, sessionDateOf } from "#lib/core/time.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { isComplete } from "#lib/market-data/cache/completeness.ts";
import type { IvSeriesId } from "#lib/market-data/iv-store/iv-keys.ts";
import { listWatchedIvSeries } from "#lib/market-data/iv-store/iv-watch.ts";
import { RunIdSchema } from "#lib/runs/run-record.schema.ts";
import { ivEntries } from "../shared/iv-entries.ts";
import type { StepPorts } from "../shared/ports.ts";
import { defineStep } from "../shared/step.ts";
import { SERIES_A_BATCH, VolatilityBatchSchema } from "../shared/volatility-batch.ts";

const RecordVolatilityInputSchema = z.strictObject({ run_id: RunIdSchema, batch: VolatilityBatchSchema });

/** Sessions before the last one that are looked at too: a tick that failed is made up for where there still are chains. */
const SESSIONS_BACK = 5;

interface Recorded {
  readonly session: string;
  readonly series: number;
  /** Sessions that were written now, of all series. */
  readonly recorded: number;
  /** Series whose last session has no known value. */
  readonly unknown: number;
  readonly failed: readonly { readonly provider: string; readonly symbol: string; readonly code: string }[];
}

/**
 * State `RecordVolatility`: adds the last complete session's at-the-money volatility to each series of a batch. A series that cannot
 * be read does not keep the others from growing; what may pass is tried again after them.
 */
export const createRecordVolatility = defineStep({
  name: "RecordVolatility",
  input: RecordVolatilityInputSchema,
  item: ({ batch }) => String(batch.number),
  run: async (ports: StepPorts, { batch }): Promise<Recorded> => {
    const now = ports.clock.now();
    const last = lastComplete(now);
    const { series } = await listWatchedIvSeries(ports.metadata, { after: batch.after, limit: SERIES_A_BATCH, now });
    const failed: Recorded["failed"][number][] = [];
    let [recorded, unknown] = [0, 0];
    let passing: SigmaError | undefined;
    for (const { id } of series) {
      try {
        const found = await record(ports, id, last, now);
        recorded += found.recorded;
        if (!found.isKnown) unknown += 1;
      } catch (error) {
        if (!(error instanceof SigmaError)) throw error;
        if (error.retryable) passing ??= error;
        failed.push({ provider: id.provider, symbol: id.symbol, code: error.code });
      }
    }
    if (passing !== undefined) throw passing;
    return { session: formatDate(last), series: series.length, recorded, unknown, failed };
  },
  message: ({ session, series, recorded, unknown, failed }) =>
    [
      `${series} series up to ${session}: ${recorded} values recorded`,
      ...(unknown > 0 ? [`${unknown} series have none of that session`] : []),
      ...failed.map(({ provider, symbol, code }) => `${symbol} of ${provider} failed: ${code}`),
    ].join("; "),
});

async function record(ports: StepPorts, { tenor, ...request }: IvSeriesId, last: DateNumber, now: number) {
  const wanted = { needs: [{ tenor, sessions: SESSIONS_BACK }], first: last, last, now, inHand: null };
  const [found] = await ivEntries(ports, request, wanted);
  return { recorded: found!.recorded, isKnown: found!.entries.some(({ session, value }) => session === last && value !== null) };
}

/** The last session of which everything is there. */
function lastComplete(now: number): DateNumber {
  const tomorrow = dateOfDayNumber(dayNumberOf(sessionDateOf(now)) + 1);
  const session = NYSE.previousSession(tomorrow);
  const complete = isComplete(session, { now, knownTo: now, publishedAfterMs: 0, calendar: NYSE });
  return complete ? session : NYSE.previousSession(session);
}
