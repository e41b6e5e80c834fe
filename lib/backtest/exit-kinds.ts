/** How a trade ended; the codes of `TradeLog.exitKind`. */
export const EXIT_KINDS = ["label_end", "stop", "target", "time_stop", "end_of_data", "opposite_signal", "expiry", "delisted"] as const;
export type ExitKind = (typeof EXIT_KINDS)[number];
