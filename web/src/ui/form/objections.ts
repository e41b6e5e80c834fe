import type * as z from "zod";
import { parseOr } from "#lib/errors/parse.ts";
import { type FieldError, SigmaError } from "#lib/errors/sigma-error.ts";

/** What a schema objects to, in the very words in which the API would. */
export const objectionsTo = (schema: z.ZodType, value: unknown): readonly FieldError[] => checked(schema, value).objections;

export type Checked<T> =
  | { readonly data: T; readonly objections: readonly [] }
  | { readonly data?: undefined; readonly objections: readonly FieldError[] };

/** Reads a value as the API reads a request: the same schema, the same code, the same words. */
export function checked<T>(schema: z.ZodType<T>, value: unknown): Checked<T> {
  try {
    return { data: parseOr("INVALID_PARAM", schema, value), objections: [] };
  } catch (error) {
    if (error instanceof SigmaError) return { objections: error.fieldErrors };
    throw error;
  }
}
