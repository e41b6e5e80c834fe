import type { ErrorCode } from "../errors/catalog.ts";

/** What a rule does about a case that it objects to. What it is about stands with the linter, which alone tells it. */
export interface Rule {
  readonly severity: "error" | "warning";
  /** The catalogue's code that an error of this kind is thrown under. */
  readonly error: ErrorCode;
  /** Where the case knows no better one. */
  readonly remedy: string;
}
