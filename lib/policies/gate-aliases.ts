/** Accepted names of gate limits, and the names that are meant. */
const GATE_ALIASES: Readonly<Record<string, string>> = {
  min_trades: "min_bets",
  max_drawdown: "max_drawdown_pct",
  sharpe_ratio: "min_sharpe",
};

/**
 * A mapping of gate limits with every alias replaced by its name. A limit that is given under both names keeps the
 * alias beside it, so that the schema refuses the pair instead of one silently winning.
 */
function normaliseGates(raw: unknown): unknown {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return raw;
  return Object.fromEntries(
    Object.entries(raw).map(([key, value]) => {
      const name = GATE_ALIASES[key];
      return name !== undefined && Object.hasOwn(GATE_ALIASES, key) && !Object.hasOwn(raw, name) ? [name, value] : [key, value];
    }),
  );
}

/** A mapping in which one key holds gate limits, normalised. */
export function normaliseGatesAt(raw: unknown, key: string): unknown {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw) || !Object.hasOwn(raw, key)) return raw;
  return { ...raw, [key]: normaliseGates((raw as Record<string, unknown>)[key]) };
}
