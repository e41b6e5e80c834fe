import { nearestName } from "../../errors/nearest.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { FieldMap, FieldSpecs } from "./source-table.ts";

/** Position of each of our columns in the source; null for what the source does not have. */
export type FieldPositions<F extends string> = Readonly<Record<F, number | null>>;

/**
 * Finds our columns among a source's. A mapped name must exist; the rest go by their usual names. No column of the source
 * serves twice.
 *
 * @throws DATA_INVALID naming the column that is missing, doubled or meant twice, the names that were looked for and the
 * source's own
 */
export function locateFields<F extends string>(
  name: string,
  sourceColumns: readonly string[],
  specs: FieldSpecs<F>,
  map: FieldMap<F> = {},
): FieldPositions<F> {
  const fields = Object.keys(specs) as F[];
  const found = new Map<F, number>();
  const takenBy = new Map<number, F>();
  const take = (field: F, position: number): void => {
    requireUnique(name, sourceColumns, position);
    const other = takenBy.get(position);
    if (other !== undefined) throw meantTwice(name, sourceColumns[position]!, other, field);
    takenBy.set(position, field);
    found.set(field, position);
  };

  for (const field of fields) {
    const wanted = map[field];
    if (typeof wanted !== "string") continue;
    const position = positionOf(wanted, sourceColumns);
    if (position < 0) throw missingColumn(name, field, [wanted], sourceColumns);
    take(field, position);
  }
  // Usual names come second: what is mapped is spoken for.
  for (const field of fields) {
    const { required, usualNames } = specs[field];
    if (found.has(field) || (map[field] === null && !required)) continue;
    const candidates = usualNames.map((usual) => positionOf(usual, sourceColumns)).filter((position) => position >= 0);
    const position = candidates.find((candidate) => !takenBy.has(candidate)) ?? (required ? candidates[0] : undefined);
    if (position !== undefined) take(field, position);
    else if (required) throw missingColumn(name, field, usualNames, sourceColumns);
  }
  return Object.fromEntries(fields.map((field) => [field, found.get(field) ?? null])) as Record<F, number | null>;
}

/** Exact spelling first, then any case; -1 when there is none. */
function positionOf(wanted: string, sourceColumns: readonly string[]): number {
  const exact = sourceColumns.indexOf(wanted);
  return exact >= 0 ? exact : sourceColumns.findIndex((column) => column.toLowerCase() === wanted.toLowerCase());
}

/**
 * Reads a mapping as the command line writes it: `ts=when,open=o`.
 *
 * @param aliases - further names of our columns
 * @throws INVALID_PARAM when a part is not `ours=theirs`, names no column of ours, or repeats one
 */
export function readFieldMap<F extends string>(
  text: string,
  fields: readonly F[],
  aliases: Readonly<Record<string, F>> = {},
): { readonly [field in F]?: string } {
  const map = new Map<F, string>();
  for (const part of text.split(",")) {
    const at = part.indexOf("=");
    const ours = part.slice(0, at).trim();
    const theirs = part.slice(at + 1).trim();
    if (at < 1 || theirs === "") throw badMap(`expected "ours=theirs" pairs, found ${JSON.stringify(part)}`);
    const known = Object.hasOwn(aliases, ours) ? aliases[ours] : fields.find((field) => field === ours);
    if (known === undefined) {
      const nearest = nearestName(ours, fields);
      throw badMap(`no column is called "${ours}"${nearest ? `; did you mean "${nearest}"?` : `; ours are ${fields.join(", ")}`}`);
    }
    if (map.has(known)) throw badMap(`"${known}" is mapped twice`);
    map.set(known, theirs);
  }
  return Object.fromEntries(map) as { readonly [field in F]?: string };
}

function badMap(issue: string): SigmaError {
  return new SigmaError("INVALID_PARAM", `The column map is wrong: ${issue}.`, { field: "map" }, { fieldErrors: [{ path: "map", issue }] });
}

function requireUnique(name: string, sourceColumns: readonly string[], position: number): void {
  const column = sourceColumns[position]!;
  if (sourceColumns.indexOf(column) === sourceColumns.lastIndexOf(column)) return;
  throw new SigmaError("DATA_INVALID", `${name}: two columns are called "${column}". Rename one of them.`, { source: name, column });
}

function meantTwice(name: string, column: string, first: string, second: string): SigmaError {
  const issue = `the source's column "${column}" cannot be "${first}" and "${second}" at once`;
  return new SigmaError(
    "DATA_INVALID",
    `${name}: ${issue}. Map each of them to a column of its own.`,
    { source: name, column, fields: [first, second] },
    { fieldErrors: [{ path: second, issue }] },
  );
}

function missingColumn(name: string, field: string, wanted: readonly string[], sourceColumns: readonly string[]): SigmaError {
  const shown = sourceColumns.slice(0, 20).map((found) => `"${found.slice(0, 40)}"`);
  const nearest = wanted.length === 1 ? nearestName(wanted[0]!, sourceColumns) : undefined;
  const remedy =
    nearest === undefined ? `Map it, such as ${field}=${sourceColumns[0] ?? "name"}.` : `Did you mean ${field}=${nearest.slice(0, 40)}?`;
  return new SigmaError(
    "DATA_INVALID",
    `${name}: expected a column for "${field}" (${wanted.map((candidate) => `"${candidate}"`).join(" or ")}), found ${shown.join(", ")}. ${remedy}`,
    { source: name, column: field, found: sourceColumns.slice(0, 20) },
    { fieldErrors: [{ path: field, issue: "no such column in the source" }] },
  );
}
