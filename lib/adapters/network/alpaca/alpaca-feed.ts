import type { AlpacaFeed } from "../../../market-data/network-settings.ts";
import type { Clock } from "../../../ports/clock.ts";

const DELAY_MS = 15 * 60_000;
/** A request must not reach into the last minutes by a clock that goes ahead of the vendor's. */
const CLOCK_SLACK_MS = 30_000;

export const stockFeed = (feed: AlpacaFeed): "sip" | "iex" => (feed === "iex" ? "iex" : "sip");
/** Options have a feed of their own: the paid plan's, or one whose trades come late and whose quotes are indicative. */
export const optionFeed = (feed: AlpacaFeed): "opra" | "indicative" => (feed === "sip" ? "opra" : "indicative");

/** What each feed leaves out. */
export const feedStamps = (feed: AlpacaFeed): readonly string[] => (feed === "iex" ? ["iex_only"] : []);

/**
 * Up to when an answer is complete, and up to when may be asked, UTC milliseconds.
 *
 * @param kind - a plan may have shares in real time and options late
 */
export function horizonOf(
  feed: AlpacaFeed,
  kind: "stocks" | "options",
  clock: Clock,
): { readonly knownTo: number; readonly askTo: number } {
  const now = clock.now();
  const late = kind === "stocks" ? feed === "sip_delayed" : feed !== "sip";
  return late ? { knownTo: now - DELAY_MS, askTo: now - DELAY_MS - CLOCK_SLACK_MS } : { knownTo: now, askTo: now };
}
