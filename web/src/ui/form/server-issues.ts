import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { ProblemError } from "#client/problem.ts";

/** What a server objects to, by the field it names. */
export interface PlacedIssues {
  readonly placed: readonly { readonly path: string; readonly issue: string }[];
  /** What no field of the form stands for. */
  readonly rest: readonly string[];
}

/**
 * Finds the field of each objection: the one that it names, or the nearest one above it (`indicators.2.params` belongs to `indicators`).
 *
 * @param fields - names of the form's fields
 */
export function placeIssues(issues: readonly { readonly path: string; readonly issue: string }[], fields: readonly string[]): PlacedIssues {
  const placed: { path: string; issue: string }[] = [];
  const rest: string[] = [];
  for (const { path, issue } of issues) {
    const parts = path.split(".");
    const name = parts.map((_, drop) => parts.slice(0, parts.length - drop).join(".")).find((each) => fields.includes(each));
    if (name === undefined) rest.push(path === "" ? issue : `${path}: ${issue}`);
    else placed.push({ path: name, issue: name === path ? issue : `${path.slice(name.length + 1)}: ${issue}` });
  }
  return { placed, rest };
}

/**
 * Puts what the server objects to next to the fields that it names, in its own words.
 *
 * @param fields - names of the fields that the form shows
 * @returns the objections that no field stands for; show them with the error itself
 */
export function showServerIssues<T extends FieldValues>(
  form: UseFormReturn<T>,
  error: Error,
  fields: readonly FieldPath<T>[],
): readonly string[] {
  if (!(error instanceof ProblemError)) return [];
  const { placed, rest } = placeIssues(error.problem.field_errors ?? [], fields);
  placed.forEach(({ path, issue }, place) => {
    form.setError(path as FieldPath<T>, { type: "server", message: issue }, { shouldFocus: place === 0 });
  });
  return rest;
}
