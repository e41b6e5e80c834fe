import { BAR_FIELDS, type BarSourceOptions, formatOf, type ParsedBars } from "./bar-source.ts";
import { barsFromTables } from "./bars-from-tables.ts";
import { readCsvTable } from "./source/csv-table.ts";

/**
 * Reads a CSV file of bars that is at hand as a whole, plain or compressed by gzip: one bar a line, in ascending time; an
 * empty volume is unknown.
 *
 * @throws DATA_INVALID naming line, column and found value of each fault
 * @throws INVALID_PARAM when no time zone has the name given
 */
export function parseCsvBars(source: Uint8Array | string, options: BarSourceOptions): ParsedBars {
  return barsFromTables([readCsvTable(source, BAR_FIELDS, formatOf(options), options.map)], options);
}
