import type { Label } from "#lib/matrix/label.schema.ts";

type Band = Extract<Label, { readonly band: unknown }>["band"];

const ENTRIES: Readonly<Record<Label["entry"], string>> = {
  next_open: "bought or sold at the next bar's open",
  decision_close: "bought or sold at the close of the bar that decides",
};

function bandInWords(band: Band): string {
  if (band.kind === "none") return "";
  if (band.kind === "fixed_bps") return ` Moves within ${band.bps} bps count as flat.`;
  return ` Moves within ${band.k} times the trailing volatility of ${band.window} bars count as flat.`;
}

/** What a model forecasts, as a sentence that can turn out wrong. */
export function labelInWords(label: Label): string {
  const entry = ENTRIES[label.entry];
  switch (label.kind) {
    case "next_bar_direction":
      return `Which way the price goes over the next bar, ${entry}.${bandInWords(label.band)}`;
    case "forward_return": {
      const ahead = `${label.horizon} ${label.unit === "bars" ? "bar" : "session"}${label.horizon === 1 ? "" : "s"}`;
      const what = label.task === "regress" ? "How much the price moves" : "Which way the price goes";
      return `${what} over the next ${ahead}, ${entry}.${bandInWords(label.band)}`;
    }
    case "close_to_open":
      return `Which way the price goes overnight, decided at ${label.decision_time} ET.${bandInWords(label.band)}`;
    case "headfake_reversal":
      return `Whether the move from the open until ${label.window_end} ET (at least ${label.move_atr} ATR) is reversed into the close by at least ${label.reverse_atr} ATR.`;
    case "pin_drift":
      return `Whether the price drifts from ${label.drift_start} ET into the close by at least ${label.drift_atr} ATR towards the strike with the most ${label.peak === "oi" ? "open interest" : "gamma"}.`;
    case "triple_barrier":
      return `Which the price touches first within ${label.horizon} bars: ${label.up} sigma up or ${label.down} sigma down, ${entry}.`;
  }
}
