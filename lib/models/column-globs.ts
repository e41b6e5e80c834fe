import { matchesGlob } from "../core/match-glob.ts";

/** Whether a computed column is a feature: named by `include` (empty = all) and not by `exclude`. */
export function isSelected(name: string, custom: { readonly include: readonly string[]; readonly exclude: readonly string[] }): boolean {
  const included = custom.include.length === 0 || custom.include.some((glob) => matchesGlob(name, glob));
  return included && !custom.exclude.some((glob) => matchesGlob(name, glob));
}
