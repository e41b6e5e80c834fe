import { csvPages } from "#client/csv-pages.ts";
import { ProblemError } from "#client/problem.ts";
import { type RunEventsOptions, type RunProgress, runEvents } from "#client/run-events.ts";
import { type ConnectionOptions, createSend, type QueryValues, type SendOptions, type Transport } from "#client/send.ts";
import { type SignalEvent, type SignalEventsOptions, signalEvents } from "#client/signal-events.ts";
import type { Json } from "#lib/core/canonical-json.ts";

export type JsonObject = { readonly [key: string]: Json };

/** The HTTP API as the commands see it: JSON in, JSON out, problems thrown. */
export interface ApiClient {
  get<T = JsonObject>(path: string, query?: QueryValues): Promise<T>;
  /** A JSON document whatever its status, for answers that report a fault of the system itself. @throws problems as the rest */
  answer<T = JsonObject>(path: string, query?: QueryValues): Promise<T>;
  post<T = JsonObject>(path: string, body: JsonObject): Promise<T>;
  remove<T = JsonObject>(path: string): Promise<T>;
  /** Any other request: a method, headers such as If-Match, an answer that is no JSON. */
  send(method: string, path: string, options?: SendOptions): Promise<Response>;
  /** The body as it comes, for CSV and files. */
  text(path: string, accept: string, query?: QueryValues): Promise<string>;
  /** A list as CSV, page after page under one header, at most so many rows. */
  csv(path: string, query?: QueryValues, most?: number): Promise<{ readonly text: string; readonly rows: number }>;
  bytes(path: string, query?: QueryValues): Promise<Uint8Array>;
  /** The steps of a run until it has ended; breaks are mended. */
  events(runId: string, options?: RunEventsOptions): AsyncGenerator<RunProgress>;
  /** New signals as they are written, without an end; breaks are mended. */
  signals(options?: SignalEventsOptions): AsyncGenerator<SignalEvent>;
}

export function createApiClient(connection: ConnectionOptions): ApiClient {
  const send = createSend(connection);
  return {
    send,
    get: async <T>(path: string, query?: QueryValues) => (await (await send("GET", path, { query })).json()) as T,
    answer: async <T>(path: string, query?: QueryValues) => (await (await send("GET", path, { query, takesFaults: true })).json()) as T,
    post: async <T>(path: string, body: JsonObject) => (await (await send("POST", path, { body })).json()) as T,
    remove: async <T>(path: string) => (await (await send("DELETE", path)).json()) as T,
    text: async (path, accept, query) => (await send("GET", path, { query, headers: { accept } })).text(),
    csv: (path, query, most) => csvPages(send, path, query, most),
    bytes: async (path, query) => (await send("GET", path, { query, headers: { accept: "*/*" } })).bytes(),
    events: (runId, options) => runEvents(send, runId, options),
    signals: (options) => signalEvents(send, options),
  };
}

/** `fetch` that says of a host which cannot be reached what its address is and where it comes from. */
export function reachingFetch(baseUrl: string): Transport {
  return async (url, init) => {
    try {
      return await fetch(url, init);
    } catch (error) {
      if (init.signal?.aborted) throw error;
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new ProblemError({
        type: "about:blank",
        title: "The API cannot be reached",
        status: 503,
        code: "STORE_UNAVAILABLE",
        detail: `SIGMA_API_URL is "${baseUrl}", and no answer came from there (${cause}). Check the address, or unset SIGMA_API_URL to work on this machine.`,
      });
    }
  };
}
