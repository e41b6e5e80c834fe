import type { Bars } from "../core/bars.ts";
import { writeTable } from "../core/write-parquet-table.ts";
import { BARS_FORM, STORED_NAMES } from "./decode-bars.ts";
import { columnsOf } from "./fingerprint.ts";

const isTime = (name: string): boolean => name === "start" || name === "end" || name === "availableAt";

/**
 * Writes a series as Parquet: times as UTC microseconds, numbers as float64 (unknown = NaN). Equal bars give equal bytes
 * on one release of Node; compare fingerprints, not files, across releases.
 */
export function encodeBars(bars: Bars): Uint8Array {
  return writeTable({
    rows: bars.length,
    columns: columnsOf(bars).map((name) => ({
      name: STORED_NAMES[name] ?? name,
      type: isTime(name) ? "time" : "double",
      values: bars[name]!,
    })),
    metadata: { form: BARS_FORM, symbol: bars.symbol, cadence: bars.cadence },
  });
}
