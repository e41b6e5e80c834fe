import type * as z from "zod";
import { SigmaError } from "../../errors/sigma-error.ts";
import { type VendorRequest, vendorRefusal } from "../../market-data/vendor-refusal.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Sleep } from "./abortable-sleep.ts";
import type { RequestBudget } from "./request-budget.ts";
import { backOffMs, retryAfterMs } from "./retry-delay.ts";
import { answerInvalid, readAnswer, readBody, readJson } from "./vendor-answer.ts";
import { refusalOf } from "./vendor-status.ts";

interface HttpLimits {
  /** For one attempt, from the request to the last byte of its answer. */
  readonly timeoutMs: number;
  /** Of an answer, after decompression. */
  readonly maxBytes: number;
  /** Of one request, the first one included. */
  readonly attempts: number;
  readonly firstBackOffMs: number;
  readonly maxBackOffMs: number;
  /** The longest `Retry-After` that is waited for; a longer one ends the request. */
  readonly maxRetryAfterMs: number;
  /** Requests of one session, attempts included. */
  readonly maxRequests: number;
}

const LIMITS: HttpLimits = {
  timeoutMs: 30_000,
  maxBytes: 64 * 1024 * 1024,
  attempts: 5,
  firstBackOffMs: 1000,
  maxBackOffMs: 30_000,
  maxRetryAfterMs: 120_000,
  maxRequests: 2000,
};

/** What proves who asks. */
interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly secretNames: readonly string[];
  /** The secrets themselves, so that no message repeats them. */
  readonly secrets: readonly string[];
}

export interface HttpClientOptions {
  readonly provider: string;
  readonly baseUrl: string;
  /** Asked for before each attempt. */
  readonly credentials: () => Promise<Credentials>;
  readonly budget: RequestBudget;
  readonly clock: Clock;
  readonly sleep: Sleep;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly fetch?: typeof fetch;
  readonly limits?: Partial<HttpLimits>;
  /** Ends whatever is under way. */
  readonly signal?: AbortSignal;
}

export interface JsonRequest<S extends z.ZodType> {
  /** Begins with `/`; what a path may not hold is encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** What the answer must hold. Fields that it does not name are ignored: vendors add them. */
  readonly schema: S;
  /** What the plan must include, such as "option snapshots (Options Starter or higher)". */
  readonly feature: string;
}

/** The requests that answer one question, counted together. */
export interface HttpSession {
  /**
   * @throws CONFIG_INVALID when the key is not set
   * @throws DATA_UNAVAILABLE with the reason: entitlement, credentials, not_found, refused, unreachable
   * @throws DATA_INVALID when the answer is broken off, too large, no JSON, or lacks a needed field
   * @throws RATE_LIMITED when the vendor still says so after the last attempt
   * @throws RUN_CANCELED when the client's signal says so
   */
  get<S extends z.ZodType>(request: JsonRequest<S>): Promise<z.output<S>>;
}

export interface HttpClient {
  readonly provider: string;
  readonly baseUrl: string;
  readonly clock: Clock;
  open(): HttpSession;
}

/** Why an attempt failed that another one may follow. */
interface Failure {
  readonly kind: "limit" | "server" | "connection" | "body";
  readonly said: string;
  /** What `Retry-After` asks for. */
  readonly waitMs?: number | undefined;
  readonly cause?: unknown;
}

/**
 * Asks a vendor for JSON: within its budget, with a time limit on each attempt and a limit on bytes. What may pass (429,
 * 5xx, a failed connection, an answer that breaks off) is tried again; a redirect is never followed with the key.
 *
 * @throws CONFIG_INVALID when the base is not https (http on this machine only)
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { provider, clock, signal } = options;
  const base = checkedBase(options.baseUrl, provider);
  const limits: HttpLimits = { ...LIMITS, ...options.limits };
  return {
    provider,
    baseUrl: base.href,
    clock,
    open() {
      let used = 0;
      return {
        async get({ path, query = {}, schema, feature }) {
          const url = new URL(path, base);
          for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
          const request: VendorRequest = { provider, endpoint: url.pathname };
          let failure: Failure | undefined;
          for (let tried = 0; tried < limits.attempts; tried++) {
            if (failure !== undefined) {
              if ((failure.waitMs ?? 0) > limits.maxRetryAfterMs) break;
              await unlessCanceled(options, options.sleep(failure.waitMs ?? backOffMs(tried, limits, options.random), signal));
            }
            if (signal?.aborted) throw canceled(provider, signal.reason);
            if (used === limits.maxRequests) throw usedUp(request, limits);
            used += 1;
            await unlessCanceled(options, options.budget.take(signal));
            const outcome = await attempt(options, limits, url, { ...request, feature });
            if (!("kind" in outcome)) return readAnswer(schema, readJson(outcome.body, request), request);
            failure = outcome;
          }
          throw gaveUp(request, failure!, limits);
        },
      };
    },
  };
}

/** One request. @returns the body of an answer 2xx, or why another attempt may follow */
async function attempt(
  { credentials, fetch: send = fetch, clock, provider, signal }: HttpClientOptions,
  { timeoutMs, maxBytes }: HttpLimits,
  url: URL,
  request: VendorRequest & { readonly feature: string },
): Promise<{ readonly body: Uint8Array } | Failure> {
  const { headers, secretNames, secrets } = await credentials();
  const timeout = AbortSignal.timeout(timeoutMs);
  const until = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
  let response: Response | undefined;
  try {
    response = await send(url, { headers: { accept: "application/json", ...headers }, redirect: "manual", signal: until });
    const body = await readBody(response, maxBytes, request);
    const { status } = response;
    if (status >= 200 && status < 300) return { body };
    const waitMs = retryAfterMs(response.headers.get("retry-after"), clock.now());
    if (status === 429) return { kind: "limit", said: "too many requests (status 429)", waitMs };
    if (status >= 500) return { kind: "server", said: `status ${status}`, waitMs };
    throw refusalOf(request, { status, body, feature: request.feature, secretNames, hidden: secrets });
  } catch (cause) {
    if (cause instanceof SigmaError) throw cause;
    if (signal?.aborted) throw canceled(provider, cause);
    if (timeout.aborted) return { kind: "connection", said: `no whole answer within ${timeoutMs} ms`, cause };
    return response === undefined
      ? { kind: "connection", said: "a failed connection", cause }
      : { kind: "body", said: "an answer that broke off", cause };
  }
}

async function unlessCanceled<T>({ provider, signal }: HttpClientOptions, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw signal?.aborted ? canceled(provider, error) : error;
  }
}

function canceled(provider: string, cause: unknown): SigmaError {
  return new SigmaError("RUN_CANCELED", `The download from "${provider}" was canceled.`, { provider }, { cause });
}

function usedUp({ provider, endpoint }: VendorRequest, { maxRequests }: HttpLimits): SigmaError {
  return new SigmaError(
    "DATA_UNAVAILABLE",
    `What was asked of "${provider}" needs more than ${maxRequests} requests. Ask for a shorter window or fewer contracts.`,
    { provider, endpoint, maxRequests },
  );
}

function gaveUp(request: VendorRequest, { kind, said, waitMs, cause }: Failure, { attempts, maxRetryAfterMs }: HttpLimits): SigmaError {
  const { provider, endpoint } = request;
  const tooLong = waitMs !== undefined && waitMs > maxRetryAfterMs ? `; it asks to wait ${Math.ceil(waitMs / 1000)} s` : "";
  const what = `"${provider}" did not answer ${endpoint}: ${said}${tooLong}`;
  if (kind === "limit")
    return new SigmaError("RATE_LIMITED", `${what}. Try again later, or lower its requests per minute to what the plan allows.`, {
      provider,
      endpoint,
      ...(waitMs === undefined ? {} : { retryAfterSeconds: Math.ceil(waitMs / 1000) }),
    });
  if (kind === "body") return answerInvalid(request, `it broke off in each of ${attempts} attempts`, [], cause);
  return vendorRefusal("unreachable", request, `${what}, after ${attempts} attempts. Try again later.`, { cause });
}

function checkedBase(text: string, provider: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url !== undefined && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  if (url && (url.protocol === "https:" || (url.protocol === "http:" && local)) && url.username === "" && url.password === "") return url;
  throw new SigmaError(
    "CONFIG_INVALID",
    `The address of "${provider}" must be https (http only on this machine) and hold no user or password.`,
    {
      provider,
    },
  );
}
