import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { describe, expect, expectTypeOf, it } from "vitest";
import { ProblemError } from "#client/problem.ts";
import { createSigmaClient, type Run } from "#client/sigma-client.ts";
import type { RunView } from "#functions/api/runs/run-view.ts";
import { recordStepDone } from "#lib/runs/progress.ts";
import { renderClientTypes } from "../../cli/generate/client-types.ts";
import { apiHarness, createModel, MODEL } from "../functions/api/support.ts";

function connected(harness = apiHarness()) {
  const seen: { url: string; init: RequestInit }[] = [];
  const client = createSigmaClient({
    token: async () => "secret",
    transport: async (url, init) => {
      seen.push({ url, init });
      return harness.app.request(url, init);
    },
  });
  return { client, harness, seen };
}

const problemOf = (work: Promise<unknown>): Promise<ProblemError> =>
  work.then(
    () => Promise.reject(new Error("Expected a problem.")),
    (error: unknown) => {
      if (error instanceof ProblemError) return error;
      throw error;
    },
  );

describe("createSigmaClient", () => {
  it("is typed by the routes as they are: run npm run schemas when this fails", () => {
    expect(readFileSync("client/operations.ts", "utf8")).toBe(renderClientTypes());
  });

  it("gives the answers their types", async () => {
    const { client } = connected();
    const { rows } = await client.call("GET /packs", { query: { limit: 50 } });
    expectTypeOf(rows[0]!.pack_id).toEqualTypeOf<string>();
    expectTypeOf<Run["status"]>().toEqualTypeOf<RunView["status"]>();
    expect(rows.map((row) => row.pack_id)).toContain("swingsigma");
    // @ts-expect-error a path's parameters must be given
    await problemOf(client.call("GET /packs/{pack_id}"));
    // @ts-expect-error a list has no such parameter
    expect((await problemOf(client.call("GET /packs", { query: { limits: 2 } }))).code).toBe("INVALID_PARAM");
  });

  it("sends token, key, wait and precondition as HTTP says them", async () => {
    const { client, seen, harness } = connected();
    await createModel(harness);
    const started = await client.call("POST /build_matrix", {
      body: MODEL,
      idempotencyKey: "k-1",
      waitSeconds: 0,
      ifMatch: '"3"',
      requestId: "trace-7",
    });
    expect(started).toMatchObject({ run_id: expect.stringMatching(/^build_/), status: "running", is_new: true });
    expect(seen.at(-1)).toMatchObject({
      url: "/v1/build_matrix",
      init: {
        method: "POST",
        headers: {
          authorization: "Bearer secret",
          "content-type": "application/json",
          "idempotency-key": "k-1",
          prefer: "wait=0",
          "if-match": '"3"',
          "x-request-id": "trace-7",
        },
      },
    });
  });

  it("escapes what becomes a path", async () => {
    const { client, seen } = connected();
    await problemOf(client.call("GET /runs/{run_id}", { params: { run_id: "../packs?x=1" } }));
    expect(seen[0]!.url).toBe("/v1/runs/..%2Fpacks%3Fx%3D1");
    await problemOf(client.call("GET /artifacts/{key}", { params: { key: "owners/local/evaluations/a b.svg" } }));
    expect(seen[1]!.url).toBe("/v1/artifacts/owners/local/evaluations/a%20b.svg");
  });

  it("throws the API's problem with fields and request id", async () => {
    const { client } = connected();
    const error = await problemOf(client.call("POST /backtest", { body: { ...MODEL, splits: 0 } }));
    expect(error).toMatchObject({ code: "INVALID_PARAM", problem: { status: 400, request_id: "request-1" } });
    expect(error.problem.field_errors?.[0]?.path).toBe("splits");
  });

  it("walks a list page by page, each row once", async () => {
    const { client, seen } = connected();
    const names: string[] = [];
    for await (const { strategy } of client.rows("GET /strategies", { query: { limit: 1 } })) names.push(strategy);
    const { rows } = await client.call("GET /strategies", { query: { limit: 200 } });
    expect(names).toEqual(rows.map(({ strategy }) => strategy));
    expect(seen.length).toBe(rows.length + 1);
    expect(rows.length).toBeGreaterThan(1);
  });

  it("waits as the API says when a read came too early, a few times, and never makes a write again", async () => {
    const refused = () =>
      Response.json(
        { type: "urn:x", title: "Too many", status: 429, code: "RATE_LIMITED" },
        { status: 429, headers: { "retry-after": "0" } },
      );
    const methods: string[] = [];
    const answers = [refused(), refused(), Response.json({ rows: [], next_cursor: null })];
    const transport = async (_: string, init: RequestInit) => {
      methods.push(init.method!);
      return answers.shift() ?? refused();
    };
    const client = createSigmaClient({ transport });
    expect(await client.call("GET /packs")).toEqual({ rows: [], next_cursor: null });
    expect(methods).toEqual(["GET", "GET", "GET"]);
    expect(await problemOf(client.call("GET /packs"))).toMatchObject({ code: "RATE_LIMITED", retryAfterSeconds: 0 });
    expect(methods).toHaveLength(6);
    expect((await problemOf(client.call("POST /packs/validate", { body: {} }))).code).toBe("RATE_LIMITED");
    expect((await problemOf(createSigmaClient({ transport, patience: 0 }).call("GET /packs"))).code).toBe("RATE_LIMITED");
    expect(methods).toHaveLength(8);
  });

  it("gives CSV as it comes", async () => {
    const { client } = connected();
    const response = await client.respond("GET /leaderboard", {}, "text/csv");
    expect(response.headers.get("content-type")).toContain("text/csv");
    expect(await response.text()).toMatch(/^row_id,pack_id,/);
  });

  it("follows a run to its end and throws what ended it otherwise", async () => {
    const { client, harness } = connected();
    await createModel(harness);
    const { run_id } = await client.call("POST /build_matrix", { body: MODEL });
    await recordStepDone(harness.ports, run_id, { step: "BuildMatrix", item: "", message: "built", plans: 1 });
    await harness.end(run_id, { matrix: {} });
    const steps: string[] = [];
    const run = await client.finished(run_id, { onProgress: ({ step }) => steps.push(step) });
    expect([run.status, steps]).toEqual(["succeeded", ["BuildMatrix"]]);

    const { run_id: canceled } = await client.call("POST /build_matrix", { body: { ...MODEL, start: "2015-01-02" } });
    await client.call("DELETE /runs/{run_id}", { params: { run_id: canceled } });
    expect((await problemOf(client.finished(canceled))).code).toBe("RUN_CANCELED");
  });

  it("reads events over the network and goes on after the last one where the stream breaks", async () => {
    const asked: (string | undefined)[] = [];
    const event = (seq: number) => `id: ${seq}\nevent: progress\ndata: ${JSON.stringify({ seq, step: `S${seq}` })}\n\n`;
    const parts = [`retry: 1\n\n${event(1)}${event(2)}id: 3\nevent: prog`, event(2) + event(3), "event: end\ndata: {}\n\n"];
    const server = createServer((request, response) => {
      asked.push(request.headers["last-event-id"] as string | undefined);
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(parts[asked.length - 1] ?? "");
      // The first connection dies in the middle of an event.
      if (asked.length === 1) setTimeout(() => response.destroy(), 20);
      else response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const client = createSigmaClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
      const steps: string[] = [];
      for await (const { step } of client.events("build_x")) steps.push(step);
      expect(steps).toEqual(["S1", "S2", "S3"]);
      expect(asked).toEqual([undefined, "2", "3"]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it("gives up on a network that never answers, and at once when told to stop", async () => {
    let tries = 0;
    const client = createSigmaClient({
      transport: async () => {
        tries += 1;
        throw new TypeError("fetch failed");
      },
    });
    await expect(client.events("build_x").next()).rejects.toThrow("fetch failed");
    expect(tries).toBe(5);
    await expect(client.events("build_x", { signal: AbortSignal.abort(new Error("enough")) }).next()).rejects.toThrow();
    expect(tries).toBe(6);
  }, 10_000);

  it("is a file of its own for browsers: nothing of Node, nothing of the product", async () => {
    const { outputFiles, metafile } = await build({
      entryPoints: ["client/sigma-client.ts"],
      bundle: true,
      write: false,
      minify: true,
      format: "esm",
      platform: "browser",
      metafile: true,
    });
    expect(Object.keys(metafile.inputs).filter((path) => !path.startsWith("client/"))).toEqual([]);
    expect(outputFiles[0]!.contents.length).toBeLessThan(8_000);
    expect(outputFiles[0]!.text).not.toMatch(/\b(process|Buffer|require|node:)\b/);
  });
});
