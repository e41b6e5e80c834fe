import { isErrorCode } from "../errors/catalog.ts";
import type { RunRecord } from "./run-record.schema.ts";

/** Names that engines give to work that took too long. */
const TIMEOUTS: ReadonlySet<string> = new Set(["States.Timeout", "States.HeartbeatTimeout", "Sandbox.Timedout", "TIMED_OUT"]);

/**
 * The error of a run, from the name and cause that an engine reports: a code of the catalogue, and the sentence.
 *
 * @param cause - a failed Lambda's cause is JSON with the message inside; any other is text
 */
export function runFailure(name: string, cause: string): NonNullable<RunRecord["error"]> {
  const detail = messageOf(cause);
  if (isErrorCode(name)) return { code: name, detail };
  if (TIMEOUTS.has(name)) return { code: "TIMEOUT", detail: detail === "" ? "A step took longer than it may." : detail };
  return { code: "INTERNAL", detail: detail === "" ? name : `${name}: ${detail}` };
}

function messageOf(cause: string): string {
  try {
    const parsed: unknown = JSON.parse(cause);
    const message = (parsed as { errorMessage?: unknown } | null)?.errorMessage;
    return typeof message === "string" ? message : cause;
  } catch {
    return cause;
  }
}
