import { ProblemError } from "#client/problem.ts";

/** The request reached nobody: there is no network, or no server at its other end. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super("The server did not answer.", { cause });
    this.name = "UnreachableError";
  }
}

/** Its message says what happened and what to do, in words for whoever reads it. */
export class SaidError extends Error {
  override readonly name = "SaidError";
}

/**
 * What went wrong, by what can be done about it. `answered`: the API refused, in its own words. `said`: the
 * message says all. `unreachable`: nobody answered. `unloadable`: a part of the app itself did not come. `fault`: the app is at
 * fault.
 */
export type FailureKind = "answered" | "said" | "unreachable" | "unloadable" | "fault";

/** Browsers name a part of the app that did not come in their own ways. */
const UNLOADABLE = /dynamically imported module|module script|Unable to preload/i;

/** The network that broke while an answer was on its way. */
const BROKEN_OFF = /^(network error|error in input stream|the network connection was lost)/i;

export function failureKind(error: Error): FailureKind {
  if (error instanceof ProblemError) return "answered";
  if (error instanceof SaidError) return "said";
  if (error instanceof UnreachableError || BROKEN_OFF.test(error.message)) return "unreachable";
  return UNLOADABLE.test(error.message) ? "unloadable" : "fault";
}
