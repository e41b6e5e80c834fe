import type { ErrorCode } from "#lib/errors/catalog.ts";
import { isErrorCode } from "#lib/errors/catalog.ts";
import { type ErrorFacts, type FieldError, SigmaError } from "#lib/errors/sigma-error.ts";

/** An error as it crosses threads: class identity does not survive, its facts do. */
export interface CrossedError {
  readonly name: string;
  readonly message: string;
  readonly facts: ErrorFacts;
  readonly fieldErrors: readonly FieldError[];
  readonly stack: string | null;
}

export function toCrossed(error: unknown): CrossedError {
  if (error instanceof SigmaError)
    return { name: error.name, message: error.message, facts: error.facts, fieldErrors: error.fieldErrors, stack: null };
  if (error instanceof Error) return { name: error.name, message: error.message, facts: {}, fieldErrors: [], stack: error.stack ?? null };
  return { name: "Error", message: String(error), facts: {}, fieldErrors: [], stack: null };
}

export function fromCrossed(crossed: CrossedError): Error {
  if (isErrorCode(crossed.name))
    return new SigmaError(crossed.name satisfies ErrorCode, crossed.message, crossed.facts, { fieldErrors: crossed.fieldErrors });
  const error = new Error(crossed.message);
  error.name = crossed.name;
  if (crossed.stack !== null) error.stack = crossed.stack;
  return error;
}

/** To a worker. */
export type ToWorker =
  | { readonly kind: "call"; readonly id: number; readonly handler: string; readonly event: unknown }
  | { readonly kind: "metadata-result"; readonly id: number; readonly value?: unknown; readonly error?: CrossedError };

/** From a worker. Metadata calls are done by the main thread: only it opens the store. */
export type FromWorker =
  | { readonly kind: "result"; readonly id: number; readonly value?: unknown; readonly error?: CrossedError }
  | { readonly kind: "metadata"; readonly id: number; readonly method: MetadataMethod; readonly args: readonly unknown[] };

export const METADATA_METHODS = ["get", "put", "remove", "transact", "query", "increment"] as const;
export type MetadataMethod = (typeof METADATA_METHODS)[number];
