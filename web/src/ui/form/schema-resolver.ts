import { toNestErrors } from "@hookform/resolvers";
import type { FieldErrors, FieldValues, Resolver } from "react-hook-form";
import type * as z from "zod";
import type { FieldError } from "#lib/errors/sigma-error.ts";
import { checked } from "./objections.ts";

/** Checks a form as the API checks a request: the same schema, read by the same code, so that the messages are the API's. */
export function schemaResolver<T extends FieldValues>(schema: z.ZodType<T>): Resolver<T> {
  return (values, _context, options) => {
    const { data, objections } = checked(schema, values);
    return objections.length === 0
      ? { values: data as T, errors: {} }
      : { values: {}, errors: toNestErrors(errorsAt(objections) as unknown as FieldErrors<T>, options) };
  };
}

/** The first objection to each path, as a form keeps its errors. */
function errorsAt(objections: readonly FieldError[]): Record<string, { type: string; message: string }> {
  const found: Record<string, { type: string; message: string }> = {};
  for (const { path, issue } of objections) found[path] ??= { type: "schema", message: issue };
  return found;
}
