import { toNestErrors } from "@hookform/resolvers";
import type { FieldErrors, FieldValues, Resolver } from "react-hook-form";
import type * as z from "zod";
import { parseOr } from "#lib/errors/parse.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";

/** Checks a form as the API checks a request: the same schema, read by the same code, so that the messages are the API's. */
export function schemaResolver<T extends FieldValues>(schema: z.ZodType<T>): Resolver<T> {
  return (values, _context, options) => {
    try {
      return { values: parseOr("INVALID_PARAM", schema, values) as T, errors: {} };
    } catch (error) {
      if (!(error instanceof SigmaError)) throw error;
      const found: Record<string, { type: string; message: string }> = {};
      for (const { path, issue } of error.fieldErrors) found[path] ??= { type: "schema", message: issue };
      return { values: {}, errors: toNestErrors(found as unknown as FieldErrors<T>, options) };
    }
  };
}
