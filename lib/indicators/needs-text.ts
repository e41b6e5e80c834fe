import type { DataNeeds } from "./define-indicator.ts";

/** What an indicator needs beside the symbol's own bars, in words; empty = nothing. */
export function needsText(needs: DataNeeds | undefined): string[] {
  if (needs === undefined) return [];
  const { dailySymbols = [], barSymbols = [], chains, historySessions = 1, ivHistory, flow, tape, universe } = needs;
  return [
    ...dailySymbols.map((symbol) => `daily bars of ${symbol}`),
    ...barSymbols.map((symbol) => `bars of ${symbol} at the model's cadence`),
    ...(chains === undefined
      ? []
      : [`option chains, ${chains === "daily" ? "one snapshot a session is enough" : "several snapshots a session"}`]),
    ...(flow === true ? ["same-day option flow"] : []),
    ...(tape === true ? ["trades and quotes of the symbol"] : []),
    ...(universe === true ? ["a universe"] : []),
    ...(ivHistory === undefined ? [] : [`the at-the-money volatility of ${ivHistory.sessions} sessions before the first row`]),
    ...(historySessions > 1 ? [`${historySessions} sessions of history before the first row`] : []),
  ];
}
