import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import type { Sleep } from "#lib/adapters/network/abortable-sleep.ts";
import { createHttpClient, type HttpClient, type HttpClientOptions } from "#lib/adapters/network/http-client.ts";
import { createRequestBudget } from "#lib/adapters/network/request-budget.ts";
import { createRng } from "#lib/core/rng.ts";
import type { Clock } from "#lib/ports/clock.ts";

/** What the vendor's server answers. A function writes the answer itself. */
export type Answer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | ((response: ServerResponse) => void);

export interface Asked {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
}

export interface Vendor {
  readonly url: string;
  /** Everything that was asked, in order. */
  readonly asked: Asked[];
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A vendor on this machine. @param answer - decides by what is asked and how often there was an answer before */
export async function vendor(answer: (asked: Asked, before: number) => Answer): Promise<Vendor> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://vendor");
    const one = { path: url.pathname, query: Object.fromEntries(url.searchParams), headers: request.headers };
    asked.push(one);
    const given = answer(one, asked.length - 1);
    if (typeof given === "function") return given(response);
    const { status = 200, headers = {}, body = {} } = given;
    response
      .writeHead(status, { "content-type": "application/json", ...headers })
      .end(typeof body === "string" ? body : JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** A clock that a sleep moves on, so that waits take no time and can be read. */
export function sleepingClock(start: number): {
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly waits: number[];
  advance(ms: number): void;
} {
  let now = start;
  const waits: number[] = [];
  return {
    clock: { now: () => now },
    sleep: async (ms) => {
      waits.push(ms);
      now += ms;
    },
    waits,
    advance: (ms) => {
      now += ms;
    },
  };
}

export const SECRET = "k3y-that-nobody-may-see";

export function clientOf(
  url: string,
  options: Partial<HttpClientOptions> & { readonly now?: number } = {},
): { readonly client: HttpClient; readonly waits: number[]; readonly clock: Clock } {
  const time = sleepingClock(options.now ?? Date.UTC(2024, 6, 10, 14, 0));
  const client = createHttpClient({
    provider: "vendor",
    baseUrl: url,
    credentials: async () => ({ headers: { authorization: `Bearer ${SECRET}` }, secretNames: ["VENDOR_KEY"], secrets: [SECRET] }),
    budget: createRequestBudget({ perMinute: 1000, clock: time.clock, sleep: time.sleep }),
    clock: time.clock,
    sleep: time.sleep,
    random: createRng(7).uniform,
    ...options,
  });
  return { client, waits: time.waits, clock: time.clock };
}

/** Everything that a person or a log would see of an error, its causes included. */
export function shownOf(error: unknown): string {
  const parts: string[] = [];
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    parts.push(String(one), one.stack ?? "", JSON.stringify(one));
    const { facts, fieldErrors } = one as { facts?: unknown; fieldErrors?: unknown };
    parts.push(JSON.stringify({ facts, fieldErrors }));
  }
  return parts.join("\n");
}
