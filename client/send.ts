import { pause } from "./pause.ts";
import { ProblemError, problemOf } from "./problem.ts";

/** Carries one request to the API, as `fetch` does; a host may answer in the same process. */
export type Transport = (url: string, init: RequestInit) => Promise<Response>;

/** Query parameters; undefined ones are left out, lists are joined by commas. */
export type QueryValues = Readonly<Record<string, string | number | boolean | readonly (string | number)[] | null | undefined>>;

/** What a request carries beside its path. */
export interface SendOptions {
  readonly query?: QueryValues | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Takes a JSON document of any status, as the health of a system that is ill; a problem is thrown all the same. */
  readonly takesFaults?: boolean;
}

/** Sends a request below `/v1` and gives the successful response. @throws ProblemError for every other */
export type Send = (method: string, path: string, options?: SendOptions) => Promise<Response>;

export interface ConnectionOptions {
  /** Where the API lives, with or without `/v1`; empty = the place that the page came from. */
  readonly baseUrl?: string;
  /** A JWT or an API token, or where to get the one that is valid now. */
  readonly token?: string | (() => string | undefined | Promise<string | undefined>) | undefined;
  /** `simulated` for the workspace of simulated models on one machine. */
  readonly workspace?: string | undefined;
  /** The platform's `fetch` when absent. */
  readonly transport?: Transport | undefined;
  /** How often a read that came too early (429) is made again after the time that the API names; 2 when absent, 0 = never. */
  readonly patience?: number;
}

/** No quota of reads makes anybody wait longer than its minute. */
const LONGEST_WAIT_SECONDS = 65;

export function createSend({ baseUrl = "", token, workspace, transport = platformFetch, patience = 2 }: ConnectionOptions): Send {
  const base = baseUrl.replace(/\/+$/, "").replace(/\/v1$/, "");
  const once: Send = async (method, path, { query, body, headers, signal, takesFaults } = {}) => {
    const bearer = typeof token === "function" ? await token() : token;
    const response = await transport(`${base}/v1${withQuery(path, query)}`, {
      method,
      headers: {
        accept: "application/json",
        ...(workspace === undefined ? {} : { "x-sigma-workspace": workspace }),
        ...(bearer === undefined || bearer === "" ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    if (response.ok || (takesFaults && response.headers.get("content-type")?.startsWith("application/json"))) return response;
    throw await problemOf(response);
  };
  return async (method, path, options = {}) => {
    for (let again = 0; ; again++) {
      try {
        return await once(method, path, options);
      } catch (error) {
        const seconds = error instanceof ProblemError && error.problem.status === 429 ? error.retryAfterSeconds : undefined;
        if (method !== "GET" || seconds === undefined || seconds > LONGEST_WAIT_SECONDS || again >= patience) throw error;
        await pause(seconds * 1000, options.signal);
      }
    }
  };
}

/** Called through a function of its own, as browsers refuse a `fetch` that is another object's method. */
const platformFetch: Transport = (url, init) => fetch(url, init);

function withQuery(path: string, query: QueryValues = {}): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === null ? [] : [[name, Array.isArray(value) ? value.join(",") : String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
