import type { Sha256 } from "../../core/digest.ts";
import type { FlowCells } from "../../core/option-data.ts";
import type { Table, TableColumn } from "../../core/parquet-table.ts";
import { sessionDateOf } from "../../core/time.ts";
import { type DataPart, fingerprintOfColumns } from "../parts/data-part.ts";
import { columnOf } from "../parts/read-parts.ts";
import { FLOW_NUMBERS } from "./flow-fields.ts";

const NUMBERS = Object.entries(FLOW_NUMBERS) as [string, (typeof FLOW_NUMBERS)[keyof typeof FLOW_NUMBERS]][];

/** The identity of flow cells, by their numbers alone. */
export function fingerprintOfFlow(cells: FlowCells): Sha256 {
  return fingerprintOfColumns("flow_cells", cells.length, flowColumns(cells));
}

/** Cells in parts of a month of sessions each. @param cells - ordered by bar, then strike */
export function flowParts(cells: FlowCells): DataPart[] {
  const parts: DataPart[] = [];
  const sessions = cells.barStart.map(sessionDateOf);
  for (let from = 0; from < cells.length; ) {
    const month = Math.floor(sessions[from]! / 100);
    let to = from + 1;
    while (to < cells.length && Math.floor(sessions[to]! / 100) === month) to += 1;
    const part = cutCells(cells, from, to);
    parts.push({ first: sessions[from]!, last: sessions[to - 1]!, rows: to - from, columns: flowColumns(part) });
    from = to;
  }
  return parts;
}

/** The cells of parts that follow each other. */
export function flowOf(underlying: string, tables: readonly Table[]): FlowCells {
  const length = tables.reduce((sum, { rows }) => sum + rows, 0);
  const column = (name: string): Float64Array => {
    const values = new Float64Array(length);
    let at = 0;
    for (const table of tables) {
      values.set(columnOf(table, name), at);
      at += table.rows;
    }
    return values;
  };
  const numbers = Object.fromEntries(NUMBERS.map(([name, ours]) => [ours, column(name)])) as Pick<FlowCells, (typeof NUMBERS)[number][1]>;
  return { underlying, length, barStart: column("bar_start"), strike: column("strike"), ...numbers };
}

/** Rows `from` to before `to`, copied. */
export function cutCells(cells: FlowCells, from: number, to: number): FlowCells {
  const numbers = Object.fromEntries(NUMBERS.map(([, ours]) => [ours, cells[ours].slice(from, to)])) as Pick<
    FlowCells,
    (typeof NUMBERS)[number][1]
  >;
  const { underlying, barStart, strike } = cells;
  return { underlying, length: to - from, barStart: barStart.slice(from, to), strike: strike.slice(from, to), ...numbers };
}

function flowColumns(cells: FlowCells): TableColumn[] {
  return [
    { name: "bar_start", type: "time", values: cells.barStart },
    { name: "strike", type: "double", values: cells.strike },
    ...NUMBERS.map(([name, ours]): TableColumn => ({ name, type: "double", values: cells[ours] })),
  ];
}
