import { nearestName } from "../errors/nearest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { BarColumn } from "./bar-checks.ts";

const BAR_COLUMNS: readonly BarColumn[] = ["ts", "open", "high", "low", "close", "volume", "factor"];

/** Names that are recognised without a mapping, in order of preference, compared in lower case. */
const USUAL_NAMES: Readonly<Record<BarColumn, readonly string[]>> = {
  ts: ["ts", "timestamp", "timestamp_utc", "time", "date", "datetime"],
  open: ["open"],
  high: ["high"],
  low: ["low"],
  close: ["close"],
  volume: ["volume"],
  factor: ["adj_factor", "factor"],
};

/** Position of each of our columns in the source; volume and factor may be absent. */
export type ColumnPositions = Readonly<Record<Exclude<BarColumn, "volume" | "factor">, number>> & {
  readonly volume: number | null;
  readonly factor: number | null;
};

/**
 * Finds our columns among a source's. A mapped name must exist; the rest go by their usual names.
 *
 * @throws DATA_INVALID naming the column that is missing, the names that were looked for and the source's own
 */
export function locateColumns(
  name: string,
  sourceColumns: readonly string[],
  map: Partial<Record<BarColumn, string>> = {},
): ColumnPositions {
  const lower = sourceColumns.map((column) => column.toLowerCase());
  const find = (column: BarColumn, required: boolean): number | null => {
    const wanted = map[column];
    const candidates = wanted === undefined ? USUAL_NAMES[column] : [wanted];
    for (const candidate of candidates) {
      const exact = sourceColumns.indexOf(candidate);
      const position = exact >= 0 ? exact : lower.indexOf(candidate.toLowerCase());
      if (position >= 0) return requireUnique(name, sourceColumns, position);
    }
    if (!required && wanted === undefined) return null;
    throw missingColumn(name, column, candidates, sourceColumns);
  };
  return {
    ts: find("ts", true)!,
    open: find("open", true)!,
    high: find("high", true)!,
    low: find("low", true)!,
    close: find("close", true)!,
    volume: find("volume", false),
    factor: find("factor", false),
  };
}

/**
 * Reads a mapping as the command line writes it: `ts=when,open=o`.
 *
 * @throws INVALID_PARAM when a part is not `ours=theirs`, names no column of ours, or repeats one
 */
export function readColumnMap(text: string): Partial<Record<BarColumn, string>> {
  const map: Partial<Record<BarColumn, string>> = {};
  for (const part of text.split(",")) {
    const at = part.indexOf("=");
    const ours = part.slice(0, at).trim();
    const theirs = part.slice(at + 1).trim();
    if (at < 1 || theirs === "") throw badMap(`expected "ours=theirs" pairs, found ${JSON.stringify(part)}`);
    const known = ours === "adj_factor" ? "factor" : BAR_COLUMNS.find((column) => column === ours);
    if (known === undefined) {
      const nearest = nearestName(ours, BAR_COLUMNS);
      throw badMap(`no column is called "${ours}"${nearest ? `; did you mean "${nearest}"?` : `; ours are ${BAR_COLUMNS.join(", ")}`}`);
    }
    if (map[known] !== undefined) throw badMap(`"${known}" is mapped twice`);
    map[known] = theirs;
  }
  return map;
}

function badMap(issue: string): SigmaError {
  return new SigmaError("INVALID_PARAM", `The column map is wrong: ${issue}.`, { field: "map" }, { fieldErrors: [{ path: "map", issue }] });
}

function requireUnique(name: string, sourceColumns: readonly string[], position: number): number {
  const column = sourceColumns[position]!;
  if (sourceColumns.indexOf(column) === sourceColumns.lastIndexOf(column)) return position;
  throw new SigmaError("DATA_INVALID", `${name}: two columns are called "${column}". Rename one of them.`, { source: name, column });
}

function missingColumn(name: string, column: BarColumn, wanted: readonly string[], sourceColumns: readonly string[]): SigmaError {
  const shown = sourceColumns.slice(0, 20).map((found) => `"${found.slice(0, 40)}"`);
  return new SigmaError(
    "DATA_INVALID",
    `${name}: expected a column for "${column}" (${wanted.map((candidate) => `"${candidate}"`).join(" or ")}), found ${shown.join(", ")}. ` +
      `Map it, such as ${column}=${sourceColumns[0] ?? "name"}.`,
    { source: name, column, found: sourceColumns.slice(0, 20) },
    { fieldErrors: [{ path: column, issue: "no such column in the source" }] },
  );
}
