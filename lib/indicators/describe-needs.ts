import type { DataNeeds } from "./define-indicator.ts";

/** What an indicator needs beside the symbol's own bars, in words. */
export function describeNeeds(needs: DataNeeds): string {
  const { dailySymbols = [], barSymbols = [], chains, flow, tape, universe, historySessions = 1 } = needs;
  const parts = [
    ...(dailySymbols.length > 0 ? [`daily closes of ${dailySymbols.join(" and ")}`] : []),
    ...(barSymbols.length > 0 ? [`bars of ${barSymbols.join(" and ")}`] : []),
    ...(chains === undefined ? [] : [`${chains} option chains`]),
    ...(flow ? ["same-day option flow"] : []),
    ...(tape ? ["trades and quotes"] : []),
    ...(universe ? ["a universe"] : []),
  ];
  const looksBack = (chains !== undefined || dailySymbols.length > 0) && historySessions > 0;
  const sessions = historySessions === 1 ? "from 1 session" : `from ${historySessions} sessions`;
  return `${parts.join(", ")}${looksBack ? `, ${sessions} before the first bar` : ""}`;
}
