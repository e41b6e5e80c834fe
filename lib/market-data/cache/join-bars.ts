import type { Bars, Cadence } from "../../core/bars.ts";
import { columnsOf, SERIES_COLUMNS } from "../fingerprint.ts";

/** Parts of one series one after the other, each later than the one before. */
export function joinBars(symbol: string, cadence: Cadence, parts: readonly Bars[]): Bars {
  const filled = parts.filter(({ length }) => length > 0);
  const length = filled.reduce((sum, part) => sum + part.length, 0);
  const names = filled.length === 0 ? SERIES_COLUMNS : columnsOf(filled[0]!);
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(length)])) as Omit<Bars, "symbol" | "cadence" | "length">;
  let at = 0;
  for (const part of filled) {
    for (const name of names) columns[name]!.set(part[name]!, at);
    at += part.length;
  }
  return { symbol, cadence, length, ...columns };
}
