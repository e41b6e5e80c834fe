import * as z from "zod";
import { SigmaError } from "../errors/sigma-error.ts";

/** Ids that users choose (`pack_id`, `model_id`, ...). They become paths and keys, so nothing else passes. */
export const ID_PATTERN = /^[a-z0-9][a-z0-9_]{0,63}$/;

export const IdSchema = z.string().regex(ID_PATTERN, 'must be 1 to 64 characters of "a-z", "0-9" and "_" and must not start with "_"');

/** Words that stand where the API has the id of something that users name. */
export const RESERVED_IDS: readonly string[] = ["name", "validate", "estimate", "summary", "stream", "leaderboard"];

/** @throws INVALID_PARAM naming the field, when the value could not safely become a path or key */
export function readId(field: string, value: unknown): string {
  if (typeof value === "string" && ID_PATTERN.test(value)) return value;
  const found = typeof value === "string" ? value.slice(0, 80) : typeof value;
  throw new SigmaError(
    "INVALID_PARAM",
    `${field} must match ${ID_PATTERN.source}; found ${JSON.stringify(found)}.`,
    { field },
    {
      fieldErrors: [{ path: field, issue: `must match ${ID_PATTERN.source}` }],
    },
  );
}

/** Symbols as exchanges and vendors write them: `SPY`, `BRK.B`, `^GSPC`, `O:SPY240701C00545000`. */
export const SymbolSchema = z
  .string()
  .regex(/^[A-Z0-9^][A-Z0-9.:_-]{0,31}$/, "must be 1 to 32 characters of A-Z, 0-9 and . : _ -, in upper case");
