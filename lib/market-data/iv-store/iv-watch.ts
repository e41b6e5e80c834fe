import * as z from "zod";
import { SymbolSchema } from "../../core/ids.ts";
import { dayNumberOf, sessionDateOf } from "../../core/time.ts";
import { parseOr } from "../../errors/parse.ts";
import { IV_SOURCES } from "../../options/chain/smile.ts";
import type { MetadataStore } from "../../ports/metadata-store.ts";
import { type IvSeriesId, ivYearKey } from "./iv-keys.ts";

/** All series that grow every day, of every owner. */
const PARTITION = "iv_series";

/** A series that is read has its date renewed after so many days. */
const RENEWED_AFTER_DAYS = 30;

/** A series that nobody has read for so many days grows no more. */
const FORGOTTEN_AFTER_DAYS = 400;

const WatchedSchema = z.strictObject({
  owner: z.string(),
  provider: z.string(),
  symbol: SymbolSchema,
  seed: z.int().min(0).nullable(),
  days: z.int().min(0),
  source: z.enum(IV_SOURCES),
  used_on: z.int().describe("New York date on which somebody read the series"),
});

/**
 * Puts a series on the list of those that a daily step adds the day's value to, or renews its date.
 *
 * @param now - UTC milliseconds
 * @throws INVALID_PARAM when the series could not safely become a key
 */
export async function watchIvSeries(metadata: MetadataStore, id: IvSeriesId, now: number): Promise<void> {
  const today = sessionDateOf(now);
  // Refuses what may not be part of a key.
  ivYearKey(id, Math.floor(today / 10_000));
  const { owner, provider, symbol, seed, tenor } = id;
  const key = { pk: PARTITION, sk: `${owner}#${provider}#${seed ?? ""}#${symbol}#${tenor.days}#${tenor.source}` };
  const known = await metadata.get("state", key);
  if (known !== undefined && dayNumberOf(today) - dayNumberOf(watchedOf(known.body).used_on) < RENEWED_AFTER_DAYS) return;
  const body = { owner, provider, symbol, seed: seed ?? null, days: tenor.days, source: tenor.source, used_on: today };
  await metadata.put("state", { ...key, body }, "any");
}

export interface WatchedSeries {
  /** Where the list goes on after this one. */
  readonly place: string;
  readonly id: IvSeriesId;
}

/**
 * Series on the list, in order; those that nobody has read for long are passed over.
 *
 * @param page.after - the place of the last one of the page before; null = from the beginning
 * @returns the series, and the place of the last record that was looked at; null at the end of the list
 */
export async function listWatchedIvSeries(
  metadata: MetadataStore,
  page: { readonly after: string | null; readonly limit: number; readonly now: number },
): Promise<{ readonly series: readonly WatchedSeries[]; readonly next: string | null }> {
  const { after, limit, now } = page;
  const found = await metadata.query({ table: "state", pk: PARTITION, limit, ...(after === null ? {} : { after }) });
  const today = dayNumberOf(sessionDateOf(now));
  const series = found.records.flatMap(({ sk, body }): WatchedSeries[] => {
    const { owner, provider, symbol, seed, days, source, used_on } = watchedOf(body);
    if (today - dayNumberOf(used_on) > FORGOTTEN_AFTER_DAYS) return [];
    return [{ place: sk, id: { owner, provider, symbol, ...(seed === null ? {} : { seed }), tenor: { days, source } } }];
  });
  return { series, next: found.nextCursor === null ? null : found.records.at(-1)!.sk };
}

const watchedOf = (body: unknown): z.output<typeof WatchedSchema> =>
  parseOr("ARTIFACT_CORRUPT", WatchedSchema, body, "The record of a series of implied volatilities");
