import { type CsvValue, csvOf } from "#functions/api/http/csv.ts";
import type { Signal } from "#lib/signals/signal.schema.ts";

/** The columns that readers of the classic file know. */
const COLUMNS: readonly (readonly [string, (signal: Signal) => CsvValue])[] = [
  ["ts", ({ timestamp }) => timestamp],
  ["model_id", ({ model_id }) => model_id],
  ["risk_profile", ({ risk_profile }) => risk_profile],
  ["ticker", ({ ticker }) => ticker],
  ["side", ({ signal }) => signal],
  ["entry_ref_px", ({ entry_price }) => entry_price],
  // What a fill would add is unknown until paper trading fills it.
  ["fill_px", () => null],
  ["slippage", () => null],
  ["status", ({ status }) => status],
  ["rr", ({ entry_price, stop_loss, take_profit }) => rewardToRisk(entry_price, stop_loss, take_profit)],
  ["pnl", () => null],
  ["tag", ({ stamps, replay, closes }) => [...(replay ? ["replay"] : []), ...(closes ? ["closes"] : []), ...stamps].join(" ")],
];

/** Signals as the classic CSV. */
export function signalsCsv(signals: readonly Signal[]): string {
  return csvOf(
    COLUMNS.map(([name]) => name),
    signals.map((signal) => COLUMNS.map(([, value]) => value(signal))),
  );
}

/** Distance to the target over the distance to the stop; null without both. */
function rewardToRisk(entry: number | null, stop: number | null, target: number | null): number | null {
  if (entry === null || stop === null || target === null || entry === stop) return null;
  return Math.abs(target - entry) / Math.abs(entry - stop);
}
