import type { Rule } from "./rule.ts";

/** Rules on the one-year backtest of a pack, by their permanent codes. */
export const PERFORMANCE_RULES = {
  performance_run_failed: { severity: "error", error: "PACK_INVALID", remedy: "Mend what its message says, and run it again." },
  performance_year_too_short: {
    severity: "error",
    error: "PACK_INVALID",
    remedy: "Let the year begin earlier, or choose indicators and a label that need less history.",
  },
  performance_nothing_learned: {
    severity: "error",
    error: "PACK_INVALID",
    remedy: "Choose a label whose classes all occur within a year.",
  },
  performance_trades_too_few: {
    severity: "error",
    error: "PACK_INVALID",
    remedy: "Loosen the strategy's entry rule, shorten the label's horizon, or lower the threshold.",
  },
  performance_sharpe_undefined: {
    severity: "error",
    error: "PACK_INVALID",
    remedy: "Look at the report's undefined_reasons; a position size or price of 0 is the usual cause.",
  },
  performance_sharpe_too_low: {
    severity: "error",
    error: "PACK_INVALID",
    remedy: "Change the strategy, the indicators or the label: costs and losses outweigh what it finds.",
  },
  performance_below_gate: {
    severity: "warning",
    error: "PACK_INVALID",
    remedy: "Save it if you like, but its models will hardly pass the gate as it is.",
  },
  performance_simulated: { severity: "warning", error: "PACK_INVALID", remedy: "Run it on real data before you trust the pack." },
} as const satisfies Record<string, Rule>;
export type PerformanceCode = keyof typeof PERFORMANCE_RULES;
