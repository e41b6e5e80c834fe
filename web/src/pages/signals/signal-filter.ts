import type { RowOf } from "../../data/ask.ts";

/** What the log and the live list are narrowed to; it stands in the address. */
export interface SignalFilter {
  readonly model?: string | undefined;
  readonly ticker?: string | undefined;
  readonly side?: "BUY" | "SELL" | "HOLD" | undefined;
}

export const fits = (
  { model_id, ticker, signal }: Pick<RowOf<"GET /signals">, "model_id" | "ticker" | "signal">,
  filter: SignalFilter,
): boolean =>
  (filter.model === undefined || filter.model === model_id) &&
  (filter.ticker === undefined || filter.ticker === ticker) &&
  (filter.side === undefined || filter.side === signal);
