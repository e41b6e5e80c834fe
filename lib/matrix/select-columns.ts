import { nearestName } from "../errors/nearest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { RESERVED_COLUMNS } from "./matrix-columns.ts";

/**
 * The columns that become features: all computed ones, or those that `include` names, without those of `exclude`.
 * Patterns are exact names or globs (`*` = any text, `?` = one character).
 *
 * @returns names in the order of `columns`
 * @throws INVALID_PARAM when two columns have one name, when a column takes a reserved name, when a pattern names no
 *   column, or when nothing is left
 */
export function selectColumns(
  columns: readonly string[],
  { include, exclude }: { readonly include: readonly string[]; readonly exclude: readonly string[] },
): string[] {
  const seen = new Set<string>();
  for (const name of columns) {
    if (seen.has(name)) throw refused(`Two computed columns have the name "${name}"; remove one of the indicators.`, name);
    if (RESERVED_COLUMNS.has(name))
      throw refused(`A computed column may not be named "${name}": the matrix has a column of that name.`, name);
    seen.add(name);
  }
  const included = include.length === 0 ? seen : matches(columns, include, "features.custom.include");
  const excluded = matches(columns, exclude, "features.custom.exclude");
  const kept = columns.filter((name) => included.has(name) && !excluded.has(name));
  if (kept.length > 0) return kept;
  throw refused(`No feature is left of "${columns.length}" computed columns. Add indicators, or loosen features.custom.`, "features");
}

function matches(columns: readonly string[], patterns: readonly string[], field: string): Set<string> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const regex = globToRegex(pattern);
    const hits = columns.filter((name) => regex.test(name));
    if (hits.length === 0) {
      const nearest = nearestName(pattern, columns);
      const hint = nearest ? `did you mean "${nearest}"?` : `computed columns are ${columns.slice(0, 20).join(", ")}`;
      throw refused(`${field} names "${pattern}", which is no computed column; ${hint}`, field);
    }
    for (const name of hits) found.add(name);
  }
  return found;
}

function globToRegex(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}

function refused(message: string, field: string): SigmaError {
  return new SigmaError("INVALID_PARAM", message, { field }, { fieldErrors: [{ path: field, issue: message }] });
}
