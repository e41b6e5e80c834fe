import type { Json } from "#lib/core/canonical-json.ts";
import { type Problem, ProblemSchema } from "#lib/errors/problem.ts";
import { ProblemError } from "./failure.ts";

/** Carries one request to the API, wherever it lives. */
export type Transport = (path: string, init: RequestInit) => Promise<Response>;

export type JsonObject = { readonly [key: string]: Json };

/** Query parameters; undefined ones are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** The HTTP API as the commands see it: JSON in, JSON out, problems thrown. */
export interface ApiClient {
  get<T = JsonObject>(path: string, query?: Query): Promise<T>;
  /** A JSON document whatever its status, for answers that report a fault of the system itself. @throws problems as the rest */
  answer<T = JsonObject>(path: string, query?: Query): Promise<T>;
  post<T = JsonObject>(path: string, body: JsonObject): Promise<T>;
  remove<T = JsonObject>(path: string): Promise<T>;
  /** The body as it comes, for CSV and files. */
  text(path: string, accept: string, query?: Query): Promise<string>;
  /** A list as CSV, page after page under one header, at most so many rows. */
  csv(path: string, query?: Query, most?: number): Promise<{ readonly text: string; readonly rows: number }>;
  bytes(path: string, query?: Query): Promise<Uint8Array>;
  /** Server-sent events; the caller reads the body. */
  events(path: string, lastEventId: number, signal: AbortSignal): Promise<Response>;
}

/** @param workspace - `simulated` for the workspace of simulated models; the real one when absent */
export function createApiClient(transport: Transport, workspace?: string): ApiClient {
  const headers = workspace === undefined ? {} : { "x-sigma-workspace": workspace };

  const send = (path: string, init: RequestInit): Promise<Response> =>
    transport(`/v1${path}`, { ...init, headers: { accept: "application/json", ...headers, ...init.headers } });
  const call = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await send(path, init);
    if (!response.ok) throw new ProblemError(await readProblem(response));
    return response;
  };

  return {
    get: async <T>(path: string, query?: Query) => (await (await call(withQuery(path, query), {})).json()) as T,
    answer: async <T>(path: string, query?: Query) => {
      const response = await send(withQuery(path, query), {});
      const isProblem = response.headers.get("content-type")?.startsWith("application/json") !== true;
      if (!response.ok && isProblem) throw new ProblemError(await readProblem(response));
      return (await response.json()) as T;
    },
    post: async <T>(path: string, body: JsonObject) => {
      const response = await call(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return (await response.json()) as T;
    },
    remove: async <T>(path: string) => (await (await call(path, { method: "DELETE" })).json()) as T,
    text: async (path, accept, query) => (await call(withQuery(path, query), { headers: { accept } })).text(),
    csv: async (path, query = {}, most = 100_000) => {
      const lines: string[] = [];
      let cursor: string | undefined;
      do {
        const limit = Math.min(MOST_PAGE_ROWS, most - Math.max(0, lines.length - 1));
        const page = { ...query, limit, ...(cursor === undefined ? {} : { cursor }) };
        const response = await call(withQuery(path, page), { headers: { accept: "text/csv" } });
        lines.push(...recordsOf(await response.text()).slice(cursor === undefined ? 0 : 1));
        cursor = response.headers.get("x-next-cursor") ?? undefined;
      } while (cursor !== undefined && lines.length - 1 < most);
      return { text: lines.map((line) => `${line}\r\n`).join(""), rows: lines.length - 1 };
    },
    bytes: async (path, query) => (await call(withQuery(path, query), { headers: { accept: "*/*" } })).bytes(),
    events: (path, lastEventId, signal) =>
      call(path, {
        signal,
        headers: { accept: "text/event-stream", ...(lastEventId > 0 ? { "last-event-id": String(lastEventId) } : {}) },
      }),
  };
}

/** Most rows of one page of a list. */
const MOST_PAGE_ROWS = 200;

/** Records of a CSV text; a line break inside quotes belongs to its record. */
function recordsOf(csv: string): string[] {
  const records: string[] = [];
  let open = "";
  for (const line of csv.split("\r\n")) {
    open = open === "" ? line : `${open}\r\n${line}`;
    if (open.split('"').length % 2 === 0) continue;
    if (open !== "") records.push(open);
    open = "";
  }
  return records;
}

function withQuery(path: string, query: Query = {}): string {
  const given = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)] as [string, string]]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** The problem document of a response; something readable also when a proxy answered instead of the API. */
async function readProblem(response: Response): Promise<Problem> {
  const text = await response.text();
  const requestId = response.headers.get("x-request-id");
  try {
    const problem = ProblemSchema.parse(JSON.parse(text));
    return requestId === null ? problem : { request_id: requestId, ...problem };
  } catch {
    const found = text.trim().slice(0, 200);
    return {
      type: "about:blank",
      title: `The API answered ${response.status} ${response.statusText}`.trim(),
      status: response.status,
      code: response.status === 401 ? "UNAUTHENTICATED" : "INTERNAL",
      detail: found === "" ? "The answer has no text." : `The answer is no problem document; it begins "${found}".`,
      ...(requestId === null ? {} : { request_id: requestId }),
    };
  }
}

/**
 * Talks to a deployed API.
 *
 * @throws CONFIG_INVALID-like problems as any other: an unreachable host is reported with its address
 */
export function remoteTransport(baseUrl: string, token: string | undefined): Transport {
  const base = baseUrl.replace(/\/+$/, "").replace(/\/v1$/, "");
  return async (path, init) => {
    try {
      return await fetch(`${base}${path}`, {
        ...init,
        headers: { ...(init.headers as Record<string, string>), ...(token ? { authorization: `Bearer ${token}` } : {}) },
      });
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
