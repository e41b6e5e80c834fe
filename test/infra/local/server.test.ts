import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLocalSystem, type LocalSystem } from "#infra/local/local-system.ts";
import { markInterruptedRuns, refusal, serverOptions, startLocalServer } from "#infra/local/server.ts";
import type { RunRecord } from "#lib/runs/run-record.schema.ts";
import { findRun, writeRun } from "#lib/runs/run-store.ts";

let home: string;
let system: LocalSystem;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "sigma server "));
  system = await createLocalSystem({ home, alerts: { deliver: async () => {} } });
});
afterEach(async () => {
  await system.close();
  await rm(home, { recursive: true, force: true });
});

/** fetch() writes Host and Origin itself, so hostile ones need a plain request. */
const raw = (url: string, options: { method?: string; headers?: Record<string, string> }) =>
  new Promise<number>((resolve, reject) => {
    const sent = httpRequest(url, { method: options.method ?? "GET", headers: options.headers ?? {} }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    sent.on("error", reject);
    sent.end();
  });

describe("startLocalServer", () => {
  it("serves API and status page on IPv4 and, where there is one, IPv6 loopback", async () => {
    const server = await startLocalServer(system, { port: 0 });
    try {
      expect(server.urls[0]).toBe(`http://127.0.0.1:${server.port}`);
      for (const url of server.urls) expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ status: "ok" });
      const page = await fetch(`${server.urls[0]}/status`);
      expect(page.headers.get("content-type")).toContain("text/html");
      expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
      expect(await page.text()).toContain("<h1>Sigma Lab</h1>");
      expect(await (await fetch(`${server.urls[0]}/status?workspace=simulated`)).text()).toContain("SIMULATED");
      expect(await fetch(`${server.urls[0]}/status?workspace=x`).then(({ status }) => status)).toBe(400);
    } finally {
      await server.close();
    }
    await expect(fetch(`${server.urls[0]}/healthz`)).rejects.toThrow();
  });

  it("leads browsers from the start to the app, and gives others the index of the API", async () => {
    const server = await startLocalServer(system, { port: 0 });
    const start = `${server.urls[0]}/`;
    try {
      const led = await fetch(`${start}?workspace=simulated`, { headers: { accept: "text/html,*/*" }, redirect: "manual" });
      expect([led.status, led.headers.get("location"), led.headers.get("vary")]).toEqual([302, "/app/?workspace=simulated", "accept"]);
      expect(led.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      const index = await fetch(start);
      expect(await index.json()).toMatchObject({ name: "Sigma Lab" });
      expect(index.headers.get("vary")).toBe("accept");
      // Started without a build of it, as here, the app says so, and the API is served.
      const app = await fetch(`${start}app/`);
      expect([app.status, app.headers.get("content-type")]).toEqual([503, "text/html; charset=utf-8"]);
    } finally {
      await server.close();
    }
  });

  it("names the port that is in use and what to do", async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, "127.0.0.1", done));
    const { port } = taken.address() as { port: number };
    try {
      await expect(startLocalServer(system, { port })).rejects.toMatchObject({
        code: "PORT_IN_USE",
        message: expect.stringMatching(new RegExp(`Port ${port} .*PORT=${port + 1}`)),
      });
    } finally {
      await new Promise((done) => taken.close(done));
    }
  });

  it("refuses another address without a token, and asks for it with one", async () => {
    await expect(startLocalServer(system, { port: 0, host: "0.0.0.0" })).rejects.toMatchObject({ code: "CONFIG_INVALID" });
    const server = await startLocalServer(system, { port: 0, host: "0.0.0.0", token: "s3cret" });
    const url = `http://127.0.0.1:${server.port}`;
    try {
      expect((await fetch(`${url}/v1/packs`)).status).toBe(401);
      for (const path of ["/app", "/app/", "/app/assets/x.js", "/app/config.json", "/status", "/"])
        expect((await fetch(`${url}${path}`, { redirect: "manual" })).status, path).toBe(401);
      expect((await fetch(`${url}/app/`, { headers: { authorization: `Basic ${btoa("me:s3cret")}` } })).status).toBe(503);
      expect((await fetch(`${url}/v1/packs`, { headers: { authorization: "Bearer wrong" } })).status).toBe(401);
      expect((await fetch(`${url}/v1/packs`, { headers: { authorization: "Bearer s3cret" } })).status).toBe(200);
      expect((await fetch(`${url}/v1/packs`, { headers: { authorization: `Basic ${btoa("me:s3cret")}` } })).status).toBe(200);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
    } finally {
      await server.close();
    }
  });

  it("refuses foreign Host and Origin headers", async () => {
    const server = await startLocalServer(system, { port: 0 });
    const url = `http://127.0.0.1:${server.port}/v1/packs/validate`;
    try {
      expect(await raw(url, { headers: { host: "evil.example" } })).toBe(403);
      expect(await raw(url, { headers: { host: `localhost.evil.example:${server.port}` } })).toBe(403);
      expect(await raw(url, { method: "POST", headers: { origin: "https://evil.example" } })).toBe(403);
      expect(await raw(url, { method: "POST", headers: { origin: "null" } })).toBe(403);
      expect(await raw(url, { method: "POST", headers: { "sec-fetch-site": "cross-site" } })).toBe(403);
      expect(await raw(url, { method: "POST", headers: { origin: `http://127.0.0.1:${server.port}` } })).toBe(400);
      expect(await raw(url, { method: "POST", headers: { host: `localhost:${server.port}` } })).toBe(400);
    } finally {
      await server.close();
    }
  });

  it("closes although somebody still listens to events", async () => {
    const server = await startLocalServer(system, { port: 0 });
    // A run so young that its engine may not know it yet: the stream stays open.
    await writeRun(system.ports.metadata, runWith("signals_live", { created_at: "2999-01-01T00:00:00.000Z" }), "absent");
    const stream = await fetch(`${server.urls[0]}/v1/runs/signals_live/events`);
    expect(stream.status).toBe(200);
    const started = performance.now();
    await server.close();
    expect(performance.now() - started).toBeLessThan(5000);
    await stream.text().catch(() => {});
  });
});

const runWith = (runId: string, changes: Partial<RunRecord> = {}): RunRecord => ({
  run_id: runId,
  owner: "local",
  machine: "signals",
  pack_id: null,
  model_id: null,
  tag: null,
  status: "running",
  attempt: 1,
  created_at: "2026-01-02T14:00:00.000Z",
  ended_at: null,
  input: {},
  outputs: null,
  error: null,
  ...changes,
});

describe("markInterruptedRuns", () => {
  it("marks runs that nothing executes, in both workspaces, and leaves the others", async () => {
    const { metadata } = system.ports;
    await writeRun(metadata, runWith("signals_dead"), "absent");
    await writeRun(metadata, runWith("signals_sim", { owner: "local-simulated" }), "absent");
    await writeRun(metadata, runWith("signals_done", { status: "succeeded" }), "absent");
    expect([...(await markInterruptedRuns(system))].sort()).toEqual(["signals_dead", "signals_sim"]);
    expect((await findRun(metadata, "signals_dead"))?.run.status).toBe("interrupted");
    expect((await findRun(metadata, "signals_done"))?.run.status).toBe("succeeded");
    expect(await markInterruptedRuns(system)).toEqual([]);
  });
});

describe("serverOptions", () => {
  it("reads port, host and token", () => {
    expect(serverOptions({})).toEqual({ port: 8787, host: undefined, token: undefined });
    expect(serverOptions({ PORT: "9000", SIGMA_HOST: "0.0.0.0", SIGMA_API_TOKEN: "t" })).toEqual({
      port: 9000,
      host: "0.0.0.0",
      token: "t",
    });
  });

  it("refuses what is no port", () => {
    for (const PORT of ["abc", "-1", "65536", "80.5"])
      expect(() => serverOptions({ PORT })).toThrowError(expect.objectContaining({ code: "CONFIG_INVALID" }));
  });
});

describe("refusal", () => {
  const door = { anyHost: false, token: undefined };

  it("lets a loopback name in, whatever its case", () => {
    for (const host of ["127.0.0.1:8787", "localhost", "LOCALHOST:1", "[::1]:8787"])
      expect(refusal(new Request("http://x/v1/runs", { headers: { host } }), door), host).toBeUndefined();
    for (const host of ["", "127.0.0.1.evil.example", "evil.example#127.0.0.1", "localhost:port", "[::2]"])
      expect(refusal(new Request("http://x/v1/runs", { headers: { host } }), door)?.status, host).toBe(403);
  });
});
