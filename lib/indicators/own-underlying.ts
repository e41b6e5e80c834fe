import type { IndicatorEntry } from "./resolve.ts";

/** The entries as the matrix of a symbol reads them: an underlying that is the symbol itself says nothing. */
export function withoutOwnUnderlying(entries: readonly IndicatorEntry[], symbol: string): IndicatorEntry[] {
  return entries.map((entry) => {
    const { underlying, ...rest } = entry;
    return typeof underlying === "string" && underlying.toUpperCase() === symbol ? rest : entry;
  });
}
