import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LocalSystem } from "#infra/local/local-system.ts";
import { createLocalApp, type LocalServer, startLocalServer } from "#infra/local/server.ts";
import { apiHarness, createModel, type Harness } from "../support.ts";
import { type ApiDocument, type FuzzedRequest, fuzzedRequests } from "./requests.ts";

/** Seconds to search; longer with SIGMA_FUZZ_SECONDS, which then also takes a new seed each time. */
const SECONDS = Number(process.env["SIGMA_FUZZ_SECONDS"] ?? 20);
const SEED = Number(process.env["SIGMA_FUZZ_SEED"] ?? (process.env["SIGMA_FUZZ_SECONDS"] === undefined ? 20260102 : Date.now() % 2 ** 31));

/** The server of one machine on a free port, over memory stores and runs that end at once. */
describe(`the API under any request (seed ${SEED}, ${SECONDS} s)`, () => {
  const unexpected: unknown[] = [];
  let harness: Harness;
  let server: LocalServer;
  let document: ApiDocument;
  let base: string;

  beforeAll(async () => {
    harness = apiHarness();
    const { ports, workflow } = harness;
    const start = workflow.start.bind(workflow);
    workflow.start = async (request) => {
      const started = await start(request);
      await harness.end(request.runId, {});
      return started;
    };
    const system = { home: "", ports: { ...ports, alerts: { deliver: async () => {} } }, workflow, close: async () => {} };
    server = await startLocalServer(system as unknown as LocalSystem, { port: 0, onUnexpected: (error) => unexpected.push(error) });
    base = `http://127.0.0.1:${server.port}`;
    document = (await (await createLocalApp(system as unknown as LocalSystem).request("/openapi.json")).json()) as ApiDocument;
    await createModel(harness);
  });
  afterAll(() => server.close());

  const send = async ({ method, url, headers, body }: FuzzedRequest) => {
    const response = await fetch(`${base}${url}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      redirect: "manual",
      // An answer that never comes is a fault; one that a loaded machine delays is none.
      signal: AbortSignal.timeout(50_000),
    });
    // A stream of signals ends long after the search: that it begins is its answer.
    const isEndless = response.status === 200 && new URL(response.url).pathname.endsWith("/signals/stream");
    if (isEndless) await response.body?.cancel();
    return { response, text: isEndless ? "" : await response.text() };
  };
  const isAlive = async () => {
    const look = () => fetch(`${base}/v1/packs/swingsigma`);
    // The connection that is kept may be one that the server hung up on after a refused body; the next one is new.
    expect((await look().catch(look)).status).toBe(200);
  };

  it(
    "answers below 500, as JSON where it says so, with a request id and a code of the catalogue",
    async () => {
      let requests = 0;
      const statuses = new Map<number, number>();
      await fc.assert(
        fc.asyncProperty(fuzzedRequests(document), async (request) => {
          const { response, text } = await send(request);
          requests += 1;
          statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
          expect(unexpected, "an error outside the catalogue").toEqual([]);
          expect(response.status, text.slice(0, 300)).toBeLessThan(500);
          expect(response.headers.get("x-request-id")).toMatch(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}$/);
          if (response.headers.get("content-type")?.includes("json") && text !== "") {
            const answered = JSON.parse(text) as { code?: string; status?: number };
            if (response.status >= 400)
              expect(answered).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/), status: response.status });
          } else if (response.status >= 400) expect(text, "an error without a problem").toBe("");
        }),
        {
          seed: SEED,
          numRuns: 1_000_000,
          interruptAfterTimeLimit: SECONDS * 1000,
          markInterruptAsFailure: false,
          endOnFailure: SECONDS > 60,
        },
      );
      const told = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
      console.log(`fuzz: seed ${SEED}, ${requests} requests in ${SECONDS} s; ${told.join(", ")}`);
      expect(requests).toBeGreaterThan(100);
      // Neither does all come in, nor is all refused at the door.
      for (const status of [200, 400, 404, 415]) expect(statuses.get(status) ?? 0, String(status)).toBeGreaterThan(0);
      await isAlive();
    },
    (SECONDS + 60) * 1000,
  );

  it("refuses bodies of 7 MB on every route that takes one, declared or not", async () => {
    const large = new TextEncoder().encode(`{"policy":"${"x".repeat(7_000_000)}"}`);
    const bodies = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { requestBody }]) => (requestBody ? [[method.toUpperCase(), path] as const] : [])),
    );
    expect(bodies.length).toBeGreaterThan(10);
    for (const [i, [method, path]] of bodies.entries()) {
      const url = `${base}/v1${path.replaceAll(/\{\w+\}/g, "publish")}`;
      const streamed = i % 2 === 0;
      const body = streamed ? new Blob([large]).stream() : large;
      const headers = { "content-type": "application/json" };
      const init = { method, headers, body, ...(streamed ? { duplex: "half" } : {}) } as RequestInit;
      const response = await fetch(url, init).catch((error: unknown) => String((error as Error).cause ?? error));
      // A server that has said no may hang up before all was sent.
      if (typeof response === "string") expect(response).toMatch(/EPIPE|ECONNRESET|other side closed|socket/i);
      else expect([path, response.status]).toEqual([path, 413]);
    }
    await isAlive();
  });

  it("survives what is no HTTP", async () => {
    const lines = [
      "GET /v1/packs HTTP/1.1\r\nHost: 127.0.0.1\r\nBad Header\r\n\r\n",
      "GET /v1/packs HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: \0\r\n\r\n",
      `GET /v1/packs HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ${"a".repeat(100_000)}\r\n\r\n`,
      `GET /v1/${"a".repeat(100_000)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`,
      "GET /v1/packs HTTP/1.1\r\n\r\n",
      "GET /v1/packs HTTP/1.1\r\nHost: a b\r\n\r\n",
      "GET /v1/packs HTTP/1.1\r\nHost: [::1\r\n\r\n",
      "GET http://[ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "GET http://other.invalid/v1/packs HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "GET //etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "GET \\v1\\packs HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "GET /v1/packs?\0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "CONNECT other:443 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "BREW /v1/packs HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
      "POST /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: -5\r\n\r\n{}",
      "POST /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{}",
      "POST /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{}",
      "POST /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
      "POST /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
      "\0\0\0\0",
      "\x16\x03\x01\x02\x00\x01\x00",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ];
    for (const line of lines) {
      const status = await new Promise<number | null>((resolve) => {
        const socket = connect(server.port, "127.0.0.1", () => socket.write(line, "latin1"));
        let answered = "";
        socket.on("data", (data) => {
          answered += data.toString("latin1");
        });
        socket.on("error", () => {});
        socket.on("close", () => resolve(answered === "" ? null : Number(answered.split(" ")[1])));
        setTimeout(() => socket.destroy(), 400);
      });
      expect(
        status === null || (status >= 200 && status < 500) || status === 501,
        `${JSON.stringify(line.slice(0, 60))} got ${status}`,
      ).toBe(true);
      await isAlive();
    }
    expect(unexpected).toEqual([]);
  });
});
