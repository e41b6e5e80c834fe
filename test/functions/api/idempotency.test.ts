import { describe, expect, it, vi } from "vitest";
import { type Answer, json } from "#functions/api/http/answer.ts";
import { withIdempotency } from "#functions/api/http/idempotency.ts";
import { apiHarness, createModel, MODEL } from "./support.ts";

describe("Idempotency-Key", () => {
  const keyed = (key: string) => ({ "idempotency-key": key });

  it("answers the same request once, and again from memory", async () => {
    const harness = apiHarness();
    await createModel(harness);
    const { call, clock, workflow } = harness;
    const body = { ...MODEL, force: true };
    const first = await call("POST", "/v1/build_matrix", { body, headers: keyed("k-1") });
    clock.advanceTo(clock.now() + 5000);
    // A forced build is a new run each time, unless the key says that it is the same request.
    const again = await call("POST", "/build_matrix", { body, headers: { ...keyed("k-1"), prefer: "respond-async" } });
    expect(again.status).toBe(202);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(again.headers.get("location")).toBe(first.headers.get("location"));
    expect(await again.json()).toEqual(await first.json());
    expect(workflow.started).toHaveLength(1);
    const other = await call("POST", "/v1/build_matrix", { body, headers: keyed("k-2") });
    expect(other.headers.get("location")).not.toBe(first.headers.get("location"));
  });

  it("refuses the same key for another request", async () => {
    const harness = apiHarness();
    await createModel(harness);
    await harness.call("POST", "/v1/build_matrix", { body: MODEL, headers: keyed("k") });
    for (const [path, body] of [
      ["/v1/build_matrix", { ...MODEL, start: "2010-01-04" }],
      ["/v1/preview_matrix", MODEL],
    ] as const) {
      const response = await harness.call("POST", path, { body, headers: keyed("k") });
      expect(response.status).toBe(409);
      expect(await response.json()).toMatchObject({ code: "CONFLICT" });
    }
  });

  it("belongs to its owner", async () => {
    const harness = apiHarness();
    await createModel(harness);
    await createModel(harness, { "x-sigma-workspace": "simulated" });
    const here = await harness.call("POST", "/v1/build_matrix", { body: MODEL, headers: keyed("k") });
    const there = await harness.call("POST", "/v1/build_matrix", {
      body: MODEL,
      headers: { ...keyed("k"), "x-sigma-workspace": "simulated" },
    });
    expect(there.headers.get("idempotency-replayed")).toBeNull();
    expect(there.headers.get("location")).not.toBe(here.headers.get("location"));
  });

  it("frees the key of a request that failed, and of one that is a day old", async () => {
    const harness = apiHarness();
    const { call, clock } = harness;
    expect((await call("POST", "/v1/build_matrix", { body: MODEL, headers: keyed("k") })).status).toBe(404);
    await createModel(harness);
    expect((await call("POST", "/v1/build_matrix", { body: MODEL, headers: keyed("k") })).status).toBe(202);
    clock.advanceTo(clock.now() + 24 * 3600_000 + 1000);
    const later = await call("POST", "/v1/build_matrix", { body: { ...MODEL, start: "2010-01-04" }, headers: keyed("k") });
    expect(later.status).toBe(202);
    expect(later.headers.get("idempotency-replayed")).toBeNull();
  });

  it("lets one of two requests at once do the work", async () => {
    const harness = apiHarness();
    await createModel(harness);
    const send = () => harness.call("POST", "/v1/build_matrix", { body: { ...MODEL, force: true }, headers: keyed("k") });
    const statuses = (await Promise.all([send(), send()])).map(({ status }) => status).sort();
    expect(statuses[0]).toBe(202);
    expect([202, 409]).toContain(statuses[1]);
    expect(harness.workflow.started).toHaveLength(1);
  });

  it("does the work of 64 equal requests at once exactly once", async () => {
    const harness = apiHarness();
    await createModel(harness);
    const send = () => harness.call("POST", "/v1/build_matrix", { body: { ...MODEL, force: true }, headers: keyed("k") });
    const answers = await Promise.all(Array.from({ length: 64 }, send));
    const locations = answers.filter(({ status }) => status === 202).map((answer) => answer.headers.get("location"));
    expect(new Set(locations).size).toBe(1);
    expect(answers.every(({ status }) => status === 202 || status === 409)).toBe(true);
    expect(harness.workflow.started).toHaveLength(1);
    const later = await send();
    expect([later.status, later.headers.get("idempotency-replayed"), later.headers.get("location")]).toEqual([202, "true", locations[0]]);
  });

  it("belongs to a request that is still being answered however long that takes, and to nobody a minute after it died", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      const { ports, clock } = apiHarness();
      const deps = { ports, now: clock.now };
      const request = { owner: "local", key: "k", request: { path: "/x" } };
      const work = Promise.withResolvers<Answer>();
      const first = withIdempotency(deps, request, () => work.promise);
      const ask = () => withIdempotency(deps, request, async () => json({ second: true }));
      for (let seconds = 0; seconds < 300; seconds += 20) {
        await expect(ask()).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("still being answered") });
        clock.advanceTo(clock.now() + 20_000);
        await vi.advanceTimersByTimeAsync(20_000);
      }
      work.resolve(json({ first: true }));
      await first;
      expect((await ask()).body).toEqual({ json: { first: true } });

      // A process that dies renews nothing.
      void withIdempotency(deps, { ...request, key: "dead" }, () => new Promise<Answer>(() => {}));
      await vi.advanceTimersByTimeAsync(0);
      vi.clearAllTimers();
      const again = () => withIdempotency(deps, { ...request, key: "dead" }, async () => json({ second: true }));
      await expect(again()).rejects.toMatchObject({ code: "CONFLICT" });
      clock.advanceTo(clock.now() + 61_000);
      expect((await again()).body).toEqual({ json: { second: true } });
    } finally {
      vi.useRealTimers();
    }
  });

  it("refuses a key that is no printable text", async () => {
    const { call } = apiHarness();
    for (const key of ["a b", "x".repeat(129)])
      expect((await call("POST", "/v1/packs/validate", { body: { pack_id: "swingsigma" }, headers: keyed(key) })).status).toBe(400);
  });
});
