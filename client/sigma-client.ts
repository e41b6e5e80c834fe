import type { Operations } from "./operations.ts";
import { ProblemError } from "./problem.ts";
import { type RunEventsOptions, type RunProgress, runEvents } from "./run-events.ts";
import { type ConnectionOptions, createSend, type QueryValues } from "./send.ts";
import { type SignalEvent, type SignalEventsOptions, signalEvents } from "./signal-events.ts";

/** A route of the API as `METHOD /path/{parameter}`. */
export type OperationName = keyof Operations;

type Part<N extends "params" | "query" | "body", T> = [T] extends [undefined]
  ? { readonly [K in N]?: undefined }
  : Record<never, never> extends T
    ? { readonly [K in N]?: T }
    : { readonly [K in N]: T };

/** What one request carries: the route's own parameters, query and body, and what HTTP adds. */
export type RequestOf<K extends OperationName> = Part<"params", Operations[K]["params"]> &
  Part<"query", Operations[K]["query"]> &
  Part<"body", Operations[K]["body"]> & {
    /** The same key and request are done once; the answer is kept for a day. */
    readonly idempotencyKey?: string;
    /** Seconds to wait for the end of long work, at most 20. */
    readonly waitSeconds?: number;
    /** Write only when the record still has this ETag. */
    readonly ifMatch?: string;
    /** Echoed in the answer and in the logs. */
    readonly requestId?: string;
    readonly signal?: AbortSignal;
  };

/** The request may be left out where nothing in it is required. */
type Rest<K extends OperationName> = Record<never, never> extends RequestOf<K> ? [request?: RequestOf<K>] : [request: RequestOf<K>];

/** A list's rows and where the next page begins. */
interface Listed {
  readonly rows: readonly unknown[];
  readonly next_cursor: string | null;
}

/** Routes that answer a page at a time. */
export type ListName = { [K in OperationName]: Operations[K]["answer"] extends Listed ? K : never }[OperationName];

type RowOf<K extends ListName> = Operations[K]["answer"] extends { readonly rows: readonly (infer R)[] } ? R : never;

/** The run of `GET /runs/{run_id}`. */
export type Run = Operations["GET /runs/{run_id}"]["answer"];

export interface SigmaClient {
  /** Asks and reads the JSON answer. @throws ProblemError */
  call<K extends OperationName>(name: K, ...rest: Rest<K>): Promise<Operations[K]["answer"]>;
  /** The successful response as it comes: for CSV and files (`accept`), headers and ETags. @throws ProblemError */
  respond<K extends OperationName>(name: K, ...rest: [...Rest<K>, accept?: string]): Promise<Response>;
  /** Every row of a list, page after page. */
  rows<K extends ListName>(name: K, ...rest: Rest<K>): AsyncGenerator<RowOf<K>>;
  /** The steps of a run as they finish, until it has ended; breaks are mended. */
  events(runId: string, options?: RunEventsOptions): AsyncGenerator<RunProgress>;
  /** New signals as they are written, without an end; breaks are mended. */
  signals(options?: SignalEventsOptions): AsyncGenerator<SignalEvent>;
  /** Waits for the end of a run. @throws ProblemError with the run's own code when it did not succeed */
  finished(runId: string, options?: RunEventsOptions & { readonly onProgress?: (event: RunProgress) => void }): Promise<Run>;
}

/** The API, typed by its own description. Runs in browsers and in Node, by `fetch`. */
export function createSigmaClient(options: ConnectionOptions = {}): SigmaClient {
  const send = createSend(options);

  const ask = (name: string, request: AnyRequest = {}, accept?: string): Promise<Response> => {
    const [method, path] = name.split(" ") as [string, string];
    const { params = {}, query, body, signal } = request;
    const placed = path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => inPath(parameter, params[parameter]));
    return send(method, placed, { query, body: body ?? (method === "POST" ? {} : undefined), headers: headersOf(request, accept), signal });
  };

  const client: SigmaClient = {
    call: async (name, ...[request]) => {
      const response = await ask(name, request as AnyRequest);
      return (response.status === 204 ? undefined : await response.json()) as never;
    },
    respond: (name, ...rest) => ask(name, rest[0] as AnyRequest, rest[1] as string | undefined),
    async *rows(name, ...[request]) {
      let cursor: string | undefined;
      do {
        const { query, ...asked } = (request ?? {}) as AnyRequest;
        const response = await ask(name, { ...asked, query: { ...query, ...(cursor === undefined ? {} : { cursor }) } });
        const page = (await response.json()) as Listed;
        yield* page.rows as never[];
        cursor = page.next_cursor ?? undefined;
      } while (cursor !== undefined);
    },
    events: (runId, given) => runEvents(send, runId, given),
    signals: (given) => signalEvents(send, given),
    async finished(runId, { onProgress, ...given } = {}) {
      for await (const event of runEvents(send, runId, given)) onProgress?.(event);
      const run = await client.call("GET /runs/{run_id}", { params: { run_id: runId } });
      if (run.status === "succeeded") return run;
      throw new ProblemError({
        type: "about:blank",
        title: `The run ${run.status}`,
        status: 422,
        code: run.error?.code ?? (run.status === "canceled" ? "RUN_CANCELED" : "INTERNAL"),
        detail: run.error?.detail ?? `Run "${runId}" ${run.status}.`,
        facts: { run_id: runId, status: run.status },
      });
    },
  };
  return client;
}

interface AnyRequest {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: QueryValues;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly waitSeconds?: number;
  readonly ifMatch?: string;
  readonly requestId?: string;
  readonly signal?: AbortSignal;
}

/** A key holds slashes of its own. */
const inPath = (parameter: string, value = ""): string =>
  parameter === "key" ? value.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(value);

function headersOf({ idempotencyKey, waitSeconds, ifMatch, requestId }: AnyRequest, accept: string | undefined): Record<string, string> {
  return {
    ...(accept === undefined ? {} : { accept }),
    ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
    ...(waitSeconds === undefined ? {} : { prefer: `wait=${waitSeconds}` }),
    ...(ifMatch === undefined ? {} : { "if-match": ifMatch }),
    ...(requestId === undefined ? {} : { "x-request-id": requestId }),
  };
}
