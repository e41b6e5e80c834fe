import { stripVTControlCharacters } from "node:util";

/** One column of a table. Numbers are right-aligned; what may be cut or left out on a narrow terminal says so. */
export interface Column<R> {
  /** With the unit: `Sharpe (annual)`, `Return (%)`. */
  readonly header: string;
  readonly value: (row: R) => string;
  readonly align?: "left" | "right";
  /** May be cut to this many characters when the table is too wide. */
  readonly shrinkTo?: number;
  /** May be left out when cutting is not enough; the highest goes first. */
  readonly optional?: number;
}

const GAP = "  ";

/** Printed width: colours take no room. */
const widthOf = (text: string): number => stripVTControlCharacters(text).length;

/**
 * Rows under their headers, no line wider than `width` where the columns allow it. Columns that had to be left out are
 * named below the table, so that nobody takes their absence for absence.
 */
export function renderTable<R>(columns: readonly Column<R>[], rows: readonly R[], width = Number.POSITIVE_INFINITY): string {
  let shown = columns.map((column) => {
    const cells = rows.map((row) => column.value(row));
    const natural = Math.max(widthOf(column.header), ...cells.map(widthOf));
    return { column, cells, natural, width: natural };
  });
  const total = (): number => shown.reduce((sum, { width: wide }) => sum + wide, GAP.length * (shown.length - 1));

  for (const entry of shown.filter(({ column }) => column.shrinkTo !== undefined).sort((a, b) => b.width - a.width)) {
    const excess = total() - width;
    if (excess <= 0) break;
    const least = Math.max(entry.column.shrinkTo!, widthOf(entry.column.header));
    entry.width = Math.max(Math.min(entry.width, least), entry.width - excess);
  }
  const leftOut: string[] = [];
  while (total() > width) {
    const last = shown.filter(({ column }) => column.optional !== undefined).sort((a, b) => b.column.optional! - a.column.optional!)[0];
    if (!last) break;
    leftOut.push(last.column.header);
    shown = shown.filter((entry) => entry !== last);
  }
  // What leaving out has freed goes back to what was cut.
  for (const entry of shown) entry.width = Math.min(entry.natural, entry.width + Math.max(0, width - total()));

  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => pad(cell, shown[i]!.width, shown[i]!.column.align ?? "left"))
      .join(GAP)
      .trimEnd();
  const lines = [
    line(shown.map(({ column }) => column.header)),
    line(shown.map((entry) => "-".repeat(entry.width))),
    ...rows.map((_, row) => line(shown.map(({ cells }) => cells[row]!))),
  ];
  if (leftOut.length > 0) lines.push(`(Not shown on this width: ${leftOut.join(", ")}. --json has everything.)`);
  return lines.join("\n");
}

/** Labels and values, one a line; a value that is wider than the room goes on below itself. */
export function renderFacts(facts: readonly (readonly [string, string])[], width = Number.POSITIVE_INFINITY): string {
  const wide = Math.max(...facts.map(([label]) => widthOf(label)));
  const room = Math.max(20, width - wide - GAP.length);
  return facts
    .flatMap(([label, value]) => broken(value, room).map((line, i) => `${pad(i === 0 ? label : "", wide, "left")}${GAP}${line}`.trimEnd()))
    .join("\n");
}

/** Lines of at most so many printed characters where spaces allow it; colours take no room. */
function broken(value: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of value.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function pad(cell: string, width: number, align: "left" | "right"): string {
  const printed = widthOf(cell);
  if (printed > width) return `${stripVTControlCharacters(cell).slice(0, width - 1)}…`;
  const space = " ".repeat(width - printed);
  return align === "right" ? `${space}${cell}` : `${cell}${space}`;
}
