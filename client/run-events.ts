import { serverEvents } from "./event-stream.ts";
import { pause } from "./pause.ts";
import { ProblemError } from "./problem.ts";
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

/** Until the server says otherwise. */
const RECONNECT_MS = 300;
/** Connections in a row that bring nothing but a failure of the network. */
const MOST_FAILURES = 5;

/**
 * The events of a run, each once and in order, until the run has ended. The stream is read with `fetch`; where it breaks, or
 * where the cloud closes it, reading goes on after the last event that came (Last-Event-ID).
 *
 * @throws ProblemError as the API says; the network's own error when it failed five times in a row
 */
export async function* runEvents(send: Send, runId: string, { after = 0, signal }: RunEventsOptions = {}): AsyncGenerator<RunProgress> {
  let seen = after;
  let pauseMs = RECONNECT_MS;
  let failures = 0;
  for (;;) {
    try {
      const response = await send("GET", `/runs/${encodeURIComponent(runId)}/events`, {
        headers: { accept: "text/event-stream", ...(seen > 0 ? { "last-event-id": String(seen) } : {}) },
        signal,
      });
      // Nothing is left to read: the run has ended.
      if (response.status === 204 || response.body === null) return;
      const heard = (milliseconds: number): void => {
        pauseMs = milliseconds;
      };
      for await (const { name, data } of serverEvents(chunksOf(response.body), heard)) {
        failures = 0;
        if (name === "end") return;
        const event = progressOf(data);
        if (event === undefined || event.seq <= seen) continue;
        seen = event.seq;
        yield event;
      }
    } catch (error) {
      failures += 1;
      if (error instanceof ProblemError || signal?.aborted || failures >= MOST_FAILURES) throw error;
    }
    await pause(pauseMs, signal);
  }
}

/** Not every browser iterates a stream by itself. Leaving the loop hangs up. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
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
