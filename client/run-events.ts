import { resumedEvents } from "./resumed-events.ts";
import type { Send } from "./send.ts";

/** A step of a run that has finished. */
export interface RunProgress {
  /** Grows by one with each event of the run; where to go on after a break. */
  readonly seq: number;
  readonly at: string;
  readonly step: string;
  readonly item: string | null;
  readonly message: string;
  readonly done: number;
  readonly expected: number;
  readonly share: number;
}

export interface RunEventsOptions {
  /** Go on after the event of this number; 0 = from the start. */
  readonly after?: number;
  readonly signal?: AbortSignal;
}

/**
 * The events of a run, each once and in order, until the run has ended; reading goes on after the last event where the stream breaks.
 *
 * @throws ProblemError as the API says; the network's own error when it failed five times in a row
 */
export async function* runEvents(send: Send, runId: string, { after = 0, signal }: RunEventsOptions = {}): AsyncGenerator<RunProgress> {
  let seen = after;
  const path = `/runs/${encodeURIComponent(runId)}/events`;
  for await (const { name, data } of resumedEvents(send, path, { after: after > 0 ? after : undefined, signal })) {
    if (name === "end") return;
    const event = progressOf(data);
    if (event === undefined || event.seq <= seen) continue;
    seen = event.seq;
    yield event;
  }
}

function progressOf(data: string): RunProgress | undefined {
  try {
    const event = JSON.parse(data) as Partial<RunProgress> | null;
    return typeof event?.seq === "number" && typeof event.step === "string" ? (event as RunProgress) : undefined;
  } catch {
    return undefined;
  }
}
