import { describe, expect, it } from "vitest";
import { cloudOwner } from "#functions/api/owner.ts";
import { apiHarness, createModel, type apiHarness as Harness, MODEL, startBuild } from "./support.ts";

const rateOf = (response: Response) =>
  ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"].map((name) => {
    const value = response.headers.get(name);
    return value === null ? null : Number(value);
  });

describe("the minute's reads", () => {
  const limited = () => apiHarness({ env: { SIGMA_QUOTA_READS_PER_MINUTE: "5" } });

  it("stand on every answer, and only reads use them up", async () => {
    const { call } = limited();
    // 15:00:00, so the minute has just begun.
    expect(rateOf(await call("GET", "/v1/packs"))).toEqual([5, 4, 60]);
    expect(rateOf(await call("POST", "/v1/packs/validate", { body: { pack_id: "swingsigma" } }))).toEqual([5, 4, 60]);
    expect(rateOf(await call("GET", "/v1/nowhere"))).toEqual([5, 3, 60]);
    expect(rateOf(await call("GET", "/healthz"))).toEqual([5, 2, 60]);
    expect(rateOf(await call("GET", "/v1/packs?limit=0"))).toEqual([5, 1, 60]);
    expect(rateOf(await call("GET", "/packs/none_such"))).toEqual([5, 0, 60]);
  });

  it("end in RATE_LIMITED with the seconds to wait, until the next minute", async () => {
    const { call, clock } = limited();
    const statuses = (await Promise.all(Array.from({ length: 64 }, () => call("GET", "/v1/packs")))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(5);
    clock.advanceTo(clock.now() + 48_000);
    const refused = await call("GET", "/v1/packs");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("12");
    expect(rateOf(refused)).toEqual([5, 0, 12]);
    expect(refused.headers.get("x-request-id")).toMatch(/^request-/);
    expect(await refused.json()).toMatchObject({
      code: "RATE_LIMITED",
      detail: "5 reads a minute are allowed. Ask again in 12 s.",
      facts: { quota: "reads_per_minute", limit: 5, retry_after_seconds: 12 },
    });
    // Who may not read may still write: what he does next is not a read.
    expect((await call("POST", "/v1/packs/validate", { body: { pack_id: "swingsigma" } })).status).toBe(200);
    clock.advanceTo(clock.now() + 12_000);
    expect((await call("GET", "/v1/packs")).status).toBe(200);
  });

  it("belong to their owner; strangers share their address", async () => {
    const gateway = (owner: string | null, address: string) => ({
      event: {
        requestContext: {
          http: { sourceIp: address },
          ...(owner === null ? {} : { authorizer: { lambda: { owner, scopes: "read write" } } }),
        },
      },
    });
    const { app } = apiHarness({ mode: "cloud", owner: cloudOwner, env: { SIGMA_QUOTA_READS_PER_MINUTE: "2" } });
    const ask = async (path: string, ...who: Parameters<typeof gateway>) => (await app.request(path, {}, gateway(...who))).status;
    expect([await ask("/packs", "alice", "192.0.2.1"), await ask("/packs", "alice", "192.0.2.2")]).toEqual([200, 200]);
    expect([await ask("/packs", "alice", "192.0.2.3"), await ask("/packs", "bob", "192.0.2.1")]).toEqual([429, 200]);
    // No owner: first told so, then told to wait.
    expect(await ask("/packs", null, "192.0.2.9")).toBe(401);
    expect([await ask("/openapi.json", null, "192.0.2.9"), await ask("/openapi.json", null, "192.0.2.9")]).toEqual([200, 429]);
    expect(await ask("/openapi.json", null, "192.0.2.10")).toBe(200);
  });

  it("are not limited on one machine, and then no header pretends so", async () => {
    const { call } = apiHarness();
    for (let i = 0; i < 70; i++) expect((await call("GET", "/v1/policy/none")).status).toBe(404);
    expect(rateOf(await call("GET", "/v1/packs"))).toEqual([null, null, null]);
  });

  it("do not hide that the store is down", async () => {
    const { call, ports } = limited();
    const { SigmaError } = await import("#lib/errors/sigma-error.ts");
    const down = async (): Promise<never> => {
      throw new SigmaError("STORE_UNAVAILABLE", "The store does not answer.");
    };
    Object.assign(ports.metadata, { increment: down, get: down });
    const health = await call("GET", "/healthz");
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({ parts: { metadata: { status: "fail", detail: "STORE_UNAVAILABLE" } } });
  });
});

describe("the quotas of runs", () => {
  const env = { SIGMA_QUOTA_RUNNING_SWEEPS: "1", SIGMA_QUOTA_SWEEPS_PER_DAY: "2", SIGMA_QUOTA_RUNNING_TRAININGS: "1" };
  const pipeline = (harness: ReturnType<typeof Harness>, body: object) =>
    harness.call("POST", "/v1/pipeline", { body: { ...MODEL, ...body } });

  it("refuse with QUOTA_EXCEEDED and leave no run behind", async () => {
    const harness = apiHarness({ env });
    await createModel(harness);
    const first = await pipeline(harness, {});
    expect(first.status).toBe(202);
    // The same question again is the same run, and takes no second place.
    expect((await pipeline(harness, {})).status).toBe(202);
    const second = await pipeline(harness, { splits: 6 });
    expect(second.status).toBe(403);
    const { run_id } = (await first.json()) as { run_id: string };
    expect(await second.json()).toMatchObject({
      code: "QUOTA_EXCEEDED",
      facts: { quota: "running_sweeps", limit: 1, used: 1, runs: [run_id] },
    });
    const { rows } = (await (await harness.call("GET", "/v1/runs")).json()) as { rows: object[] };
    expect(rows).toHaveLength(1);

    // The place is free when the run was canceled, and the day's share is used up then.
    await harness.call("DELETE", `/v1/runs/${run_id}`);
    expect((await pipeline(harness, { splits: 6 })).status).toBe(202);
    expect(harness.workflow.started).toHaveLength(2);
  });

  it("do not count builds", async () => {
    const harness = apiHarness({ env });
    await createModel(harness);
    for (const start of ["2010-01-04", "2011-01-03", "2012-01-03"]) expect(await startBuild(harness, { start })).toMatch(/^build_/);
  });
});
