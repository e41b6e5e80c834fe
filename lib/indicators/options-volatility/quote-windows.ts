import type { OptionChain } from "../../core/option-data.ts";
import { minuteEtOf } from "../../core/time.ts";
import { atmIv, type Tenor } from "../../options/chain/iv-measures.ts";
import { medianQuotes } from "../../options/chain/quote-window.ts";
import { chainSmiles } from "../../options/chain/smile.ts";
import { tenorKey } from "../chain-params.ts";
import type { IndicatorInputs } from "../inputs.ts";
import { latestMeasure, snapshotsOf } from "../snapshots.ts";
import { latestValues, type Timeline } from "../timeline.ts";
import { atmMeasure } from "./atm-measure.ts";

/** Minutes of New York's day, both ends included. */
export interface QuoteWindow {
  readonly startMinute: number;
  readonly endMinute: number;
}

/**
 * The at-the-money volatility at each row, where quotes are read inside a window of the day only. With `auto` a snapshot that has
 * volatilities of its own needs no quotes and counts at any time. Of the others those in the window count, each with the median
 * of the session's quotes in the window up to it.
 *
 * @param window - null = every snapshot's own quotes
 */
export function atmInWindow(inputs: IndicatorInputs, tenor: Tenor, window: QuoteWindow | null): Float64Array {
  if (window === null || tenor.source === "snapshot") return latestMeasure(inputs, atmMeasure(tenor));
  const key = `atm_iv_in_window:${tenorKey(tenor)}:${window.startMinute}-${window.endMinute}`;
  const all = snapshotsOf(inputs, "market");
  const isOwn = (chain: OptionChain): boolean => tenor.source === "auto" && chainSmiles(chain, "snapshot").used === "snapshot";
  const read = all.chains.filter((chain) => isOwn(chain) || lies(chain, window));
  const values = inputs.shared.get(key, () => {
    let quotes: OptionChain[] = [];
    return Float64Array.from(read, (chain) => {
      if (quotes[0]?.sessionDate !== chain.sessionDate) quotes = [];
      if (lies(chain, window)) quotes.push(chain);
      if (isOwn(chain)) return atmIv(chain, { ...tenor, source: "snapshot" });
      return atmIv(medianQuotes(quotes), { ...tenor, source: "quotes" });
    });
  });
  return latestValues(inputs, timelineOf(key, all, read), values);
}

const lies = ({ knownAt }: OptionChain, { startMinute, endMinute }: QuoteWindow): boolean => {
  const minute = minuteEtOf(knownAt);
  return minute >= startMinute && minute <= endMinute;
};

function timelineOf(key: string, all: Timeline & { readonly chains: readonly OptionChain[] }, read: readonly OptionChain[]): Timeline {
  const kept = new Set(read);
  const keep = (column: Float64Array): Float64Array => column.filter((_, i) => kept.has(all.chains[i]!));
  return { key, knownAt: keep(all.knownAt), session: keep(all.session) };
}
