import type { OptionBars } from "../../core/option-data.ts";
import type { Table, TableColumn } from "../../core/parquet-table.ts";
import type { DateNumber } from "../../core/time.ts";
import type { DataPart } from "../parts/data-part.ts";
import { columnOf } from "../parts/read-parts.ts";

/** Rows of option bars of one session, of any expiry. */
export interface SessionOptionBars extends Omit<OptionBars, "expiry"> {
  readonly expiry: Float64Array;
}

const NUMBERS = ["open", "high", "low", "close", "vwap", "volume"] as const;

/** One session as a part. */
export function optionBarsPart(bars: SessionOptionBars): DataPart {
  const { sessionDate, length } = bars;
  const columns: TableColumn[] = [
    { name: "start", type: "time", values: bars.start },
    { name: "expiry", type: "date", values: bars.expiry },
    { name: "strike", type: "double", values: bars.strike },
    { name: "right", type: "int32", values: Float64Array.from(bars.right) },
    ...NUMBERS.map((name): TableColumn => ({ name, type: "double", values: bars[name] })),
  ];
  return { first: sessionDate, last: sessionDate, rows: length, columns };
}

/** The bars of one expiry in a session's part; of no rows when nothing of that expiry was traded. */
export function optionBarsOf(
  table: Table,
  wanted: { readonly underlying: string; readonly sessionDate: DateNumber; readonly expiry: DateNumber },
): OptionBars {
  const expiries = columnOf(table, "expiry");
  const rows = Uint32Array.from(expiries.keys()).filter((row) => expiries[row] === wanted.expiry);
  const column = (name: string): Float64Array => {
    const values = columnOf(table, name);
    return Float64Array.from(rows, (row) => values[row]!);
  };
  const { underlying, sessionDate, expiry } = wanted;
  return {
    underlying,
    sessionDate,
    expiry,
    length: rows.length,
    start: column("start"),
    strike: column("strike"),
    right: Int8Array.from(column("right")),
    open: column("open"),
    high: column("high"),
    low: column("low"),
    close: column("close"),
    vwap: column("vwap"),
    volume: column("volume"),
  };
}
