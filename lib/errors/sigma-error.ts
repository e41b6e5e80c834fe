import { ERROR_CATALOG, type ErrorCode } from "./catalog.ts";

/** A JSON-safe fact about one occurrence, such as `{ requiredBars: 504, actualBars: 250 }`. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** One field of a request or document that is wrong: a dotted path and what is the matter with it. */
export type FieldError = { readonly path: string; readonly issue: string };

export type SigmaErrorOptions = ErrorOptions & { readonly fieldErrors?: readonly FieldError[] };

/**
 * A failure listed in the catalogue. Lambda reports `name` to Step Functions, so it is the code.
 * The message says what was expected, what was found (values in quotes) and what to do.
 */
export class SigmaError extends Error {
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;
  readonly fieldErrors: readonly FieldError[];

  constructor(code: ErrorCode, detail: string, facts: ErrorFacts = {}, options: SigmaErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = code;
    this.code = code;
    this.facts = facts;
    this.fieldErrors = options.fieldErrors ?? [];
  }

  get retryable(): boolean {
    return ERROR_CATALOG[this.code].retryable;
  }
}
