import type * as z from "zod";
import { parseOr } from "#lib/errors/parse.ts";
import { type FieldError, SigmaError } from "#lib/errors/sigma-error.ts";

/** What a schema objects to, in the very words in which the API would. */
export function objectionsTo(schema: z.ZodType, value: unknown): readonly FieldError[] {
  try {
    parseOr("INVALID_PARAM", schema, value, "The request");
    return [];
  } catch (error) {
    if (error instanceof SigmaError) return error.fieldErrors;
    throw error;
  }
}
