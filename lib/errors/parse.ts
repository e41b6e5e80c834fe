import type * as z from "zod";
import type { ErrorCode } from "./catalog.ts";
import { FITS_NO_FORM, issueWords, named } from "./issue-words.ts";
import { nearestName } from "./nearest.ts";
import { type FieldError, SigmaError } from "./sigma-error.ts";

/**
 * Parses what crosses a boundary, once. Inside, types are trusted.
 *
 * @param what - names the thing in the message, such as `pack.yaml of "swingsigma"`
 * @throws the given code, with one field error for each issue, in the schema's own words where it has some; an unknown key names
 *   the nearest known one
 */
export function parseOr<S extends z.ZodType>(code: ErrorCode, schema: S, data: unknown, what = "The input"): z.output<S> {
  const result = schema.safeParse(data, { error: issueWords });
  if (result.success) return result.data;
  const fieldErrors = result.error.issues.flatMap((issue) => fieldErrorsOf(issue, schema));
  const shown = fieldErrors.slice(0, 5).map(({ path, issue }) => (path === "" ? issue : `${path}: ${issue}`));
  const more = fieldErrors.length > 5 ? ` (and ${fieldErrors.length - 5} more)` : "";
  const words = `${shown.join("; ")}${more}`;
  throw new SigmaError(
    code,
    `${what} does not match its schema. ${words}${words.endsWith("?") ? "" : "."}`,
    { issues: fieldErrors.length },
    { fieldErrors },
  );
}

function fieldErrorsOf(issue: z.core.$ZodIssue, schema: z.ZodType): FieldError[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys" && issue.message === issueWords(issue as z.core.$ZodRawIssue)) {
    const known = knownKeys(schema, path);
    return issue.keys.map((key) => {
      const nearest = nearestName(key, known);
      const hint = nearest ? `; did you mean "${nearest}"?` : known.length > 0 ? `; known keys are ${known.join(", ")}` : "";
      return { path: [...path, key].join("."), issue: `unknown key ${named(key)}${hint}` };
    });
  }
  if (issue.code === "invalid_union" && issue.message === FITS_NO_FORM) {
    const branch = issue.errors.toSorted((a, b) => closeness(b) - closeness(a))[0];
    if (branch && branch.length > 0)
      return branch.flatMap((inner) => fieldErrorsOf({ ...inner, path: [...issue.path, ...inner.path] }, schema));
  }
  return [{ path: path.join("."), issue: issue.message }];
}

/** How near a value came to a branch of a union: how deep it was read, then whether it was of the branch's type at all. */
const closeness = (issues: readonly z.core.$ZodIssue[]): number =>
  Math.max(0, ...issues.map(({ path, code }) => 2 * path.length + (code === "invalid_type" ? 0 : 1)));

/** Keys that the (possibly wrapped) object schema at a path declares. */
function knownKeys(schema: z.ZodType, path: readonly string[]): string[] {
  let level: unknown[] = [schema];
  for (const part of path) level = level.flatMap((node) => children(node, part));
  return [...new Set(level.flatMap(unwrap).flatMap(keysOf))];
}

function children(node: unknown, part: string): unknown[] {
  return unwrap(node).flatMap((inner) => {
    const def = definitionOf(inner);
    const shape = shapeOf(inner);
    if (shape) return part in shape ? [shape[part]] : [];
    if (def?.type === "array") return [def.element];
    if (def?.type === "record") return [def.valueType];
    return [];
  });
}

/** Of an object, or of a record whose keys are listed. */
function keysOf(node: unknown): string[] {
  const keys = (definitionOf(node)?.keyType as z.core.$ZodType | undefined)?._zod.values;
  return Object.keys(shapeOf(node) ?? {}).concat([...(keys ?? [])].map(String));
}

/** Looks through optional, default, nullable, pipe and union wrappers. */
function unwrap(node: unknown): unknown[] {
  const def = definitionOf(node);
  if (!def) return [];
  if (def.type === "union") return ((def.options as unknown[]) ?? []).flatMap(unwrap);
  if (def.type === "pipe") return [...unwrap(def.in), ...unwrap(def.out)];
  if (def.innerType) return unwrap(def.innerType);
  return [node];
}

type Definition = { readonly type?: string; readonly [key: string]: unknown };
const definitionOf = (node: unknown): Definition | undefined => (node as { _zod?: { def?: Definition } } | undefined)?._zod?.def;
const shapeOf = (node: unknown): Record<string, unknown> | undefined => definitionOf(node)?.shape as Record<string, unknown> | undefined;
