import { type ServerEvent, serverEvents } from "./event-stream.ts";
import { pause } from "./pause.ts";
import { ProblemError } from "./problem.ts";
import type { QueryValues, Send } from "./send.ts";

export interface ResumeOptions {
  readonly query?: QueryValues | undefined;
  /** Go on after the event of this number. */
  readonly after?: number | undefined;
  /** Told when a connection stands, and when it broke and is tried again. */
  readonly onConnection?: ((stands: boolean) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Until the server says otherwise. */
const RECONNECT_MS = 300;
/** Connections in a row that bring nothing but a failure of the network. */
const MOST_FAILURES = 5;

/**
 * The events of a stream, until the server says that nothing is left (204). The stream is read with `fetch`; where it breaks,
 * or where the cloud closes it, reading goes on after the last event that came (Last-Event-ID).
 *
 * @throws ProblemError as the API says; the network's own error when it failed five times in a row
 */
export async function* resumedEvents(
  send: Send,
  path: string,
  { query, after, onConnection, signal }: ResumeOptions,
): AsyncGenerator<ServerEvent> {
  let lastId = after === undefined ? undefined : String(after);
  let pauseMs = RECONNECT_MS;
  let failures = 0;
  const heard = (milliseconds: number): void => {
    pauseMs = milliseconds;
  };
  for (;;) {
    try {
      const headers = { accept: "text/event-stream", ...(lastId === undefined ? {} : { "last-event-id": lastId }) };
      const response = await send("GET", path, { query, headers, signal });
      if (response.status === 204 || response.body === null) return;
      onConnection?.(true);
      for await (const event of serverEvents(chunksOf(response.body), heard)) {
        failures = 0;
        lastId = event.id ?? lastId;
        yield event;
      }
    } catch (error) {
      failures += 1;
      onConnection?.(false);
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
