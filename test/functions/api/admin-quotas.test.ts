import { describe, expect, it } from "vitest";
import { cloudAdmin, cloudOwner } from "#functions/api/owner.ts";
import type { OwnerQuotas } from "#functions/api/routes/admin-quotas.route.ts";
import { findAccount } from "#lib/accounts/account-store.ts";
import { apiHarness, createModel, type Harness, MODEL } from "./support.ts";

async function ask({ call }: Pick<Harness, "call">, method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const response = await call(method, `/v1${path}`, { ...(body === undefined ? {} : { body }), headers });
  const answered = (await response.json()) as OwnerQuotas & { code?: string; facts?: object; field_errors?: object[] };
  return { status: response.status, etag: response.headers.get("etag"), body: answered };
}
const rowOf = ({ quotas }: OwnerQuotas, name: string) => quotas.find((row) => row.name === name);
const set = { tier: "pro", reason: "order 7" };

describe("who administers", () => {
  it("is whoever has the scope admin beside that of the method; every other token gets 403", async () => {
    const { app } = apiHarness({ mode: "cloud", owner: cloudOwner, requireAdmin: cloudAdmin });
    const event = (scopes: string) => ({ event: { requestContext: { authorizer: { lambda: { owner: "root", scopes } } } } });
    const get = (scopes: string) => app.request("/v1/admin/quotas?owner=ann", {}, event(scopes));
    const put = (scopes: string, path = "/v1/admin/quotas/ann") =>
      app.request(path, { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(set) }, event(scopes));
    expect([(await get("read admin")).status, (await get("read write admin")).status]).toEqual([200, 200]);
    for (const scopes of ["read", "read write", "write admin", "read administrator", "admin"])
      expect((await get(scopes)).status, scopes).toBe(403);
    for (const scopes of ["read write", "read admin", "admin"]) expect((await put(scopes)).status, scopes).toBe(403);
    // The unversioned path is the same route, and what he may not ask is not even read.
    expect((await put("read write", "/admin/quotas/..%2Fann")).status).toBe(403);
    expect(await (await get("read write")).json()).toMatchObject({ code: "FORBIDDEN", facts: { scope: "admin" } });
    const done = await put("read write admin");
    expect([done.status, await done.json()]).toMatchObject([200, { owner: "ann", tier: "pro", changed_by: "root" }]);
  });

  it("is the single user of one machine", async () => {
    expect(await ask(apiHarness(), "GET", "/admin/quotas?owner=local")).toMatchObject({ status: 200, body: { tier: "pro" } });
  });
});

describe("the quotas of an owner", () => {
  it("say what is in force and where it comes from, who set it and when", async () => {
    const harness = apiHarness({ env: { SIGMA_QUOTA_PRO_SWEEPS_PER_DAY: "9", SIGMA_QUOTA_RUNNING_TRAININGS: "4" } });
    const { body: before } = await ask(harness, "GET", "/admin/quotas?owner=ann");
    expect(before).toMatchObject({ owner: "ann", tier: "pro", tier_source: "default", changed_at: null, changed_by: null, reason: null });
    expect(before.quotas).toEqual([
      { name: "reads_per_minute", limit: null, source: "default", used: null },
      { name: "sweeps_per_day", limit: 9, source: "deployment", used: 0 },
      { name: "running_sweeps", limit: null, source: "default", used: null },
      { name: "trainings_per_day", limit: null, source: "default", used: null },
      { name: "running_trainings", limit: 4, source: "deployment", used: 0 },
    ]);
    const quotas = { reads_per_minute: 100, running_trainings: null };
    const { body: after } = await ask(harness, "PUT", "/admin/quotas/ann", { tier: "free", quotas, reason: "order 7" });
    expect(after).toMatchObject({ tier: "free", tier_source: "account", changed_by: "local", reason: "order 7" });
    expect(after.changed_at).toBe("2026-11-20T15:00:00.000Z");
    expect(["reads_per_minute", "sweeps_per_day", "running_trainings"].map((name) => rowOf(after, name))).toEqual([
      { name: "reads_per_minute", limit: 100, source: "owner", used: 0 },
      { name: "sweeps_per_day", limit: null, source: "default", used: null },
      { name: "running_trainings", limit: null, source: "owner", used: null },
    ]);
    // What is not named is the tier's again.
    const { body: again } = await ask(harness, "PUT", "/admin/quotas/ann", set);
    expect(rowOf(again, "running_trainings")).toMatchObject({ limit: 4, source: "deployment" });
    expect(rowOf(again, "reads_per_minute")).toMatchObject({ limit: null, source: "default" });
  });

  it("are one account for both workspaces", async () => {
    const harness = apiHarness();
    expect((await ask(harness, "PUT", "/admin/quotas/ann-simulated", { ...set, tier: "free" })).body.owner).toBe("ann");
    for (const owner of ["ann", "ann-simulated"])
      expect((await ask(harness, "GET", `/admin/quotas?owner=${owner}`)).body).toMatchObject({ owner, tier: "free" });
  });

  it("are written only on the state that If-Match names, and by one of those who write at once", async () => {
    const harness = apiHarness();
    const { body: seen } = await ask(harness, "GET", "/admin/quotas?owner=ann");
    const first = await ask(harness, "PUT", "/admin/quotas/ann", set, { "if-match": seen.etag });
    expect([first.status, first.etag]).toEqual([200, first.body.etag]);
    const lost = await ask(harness, "PUT", "/admin/quotas/ann", { ...set, tier: "free" }, { "if-match": seen.etag });
    expect(lost).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
    const tried = await Promise.all(
      ["free", "premium", "pro"].map((tier) => ask(harness, "PUT", "/admin/quotas/ann", { ...set, tier }, { "if-match": first.etag! })),
    );
    expect(tried.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const won = tried.find(({ status }) => status === 200)!;
    expect((await findAccount(harness.ports.metadata, "ann"))?.tier).toBe(won.body.tier);
  });

  it("refuse what is no owner, tier or quota, and change nothing then", async () => {
    const harness = apiHarness();
    for (const owner of ["a%2Fb", "..", "a%23b", "a".repeat(65), ""])
      expect((await ask(harness, "GET", `/admin/quotas?owner=${owner}`)).body.code, owner).toBe("INVALID_PARAM");
    expect((await ask(harness, "GET", "/admin/quotas")).body.code).toBe("INVALID_PARAM");
    expect((await ask(harness, "PUT", "/admin/quotas/a%23b", set)).body.code).toBe("INVALID_PARAM");
    for (const body of [
      { ...set, tier: "gold" },
      { tier: "pro" },
      { ...set, reason: "" },
      { ...set, quotas: { sweeps_a_day: 3 } },
      { ...set, quotas: { sweeps_per_day: -1 } },
      { ...set, quotas: { sweeps_per_day: 1.5 } },
      { ...set, quotas: { sweeps_per_day: 5001 } },
      { ...set, changed_by: "somebody else" },
    ])
      expect((await ask(harness, "PUT", "/admin/quotas/ann", body)).body.code, JSON.stringify(body)).toBe("INVALID_PARAM");
    expect(await findAccount(harness.ports.metadata, "ann")).toBeUndefined();
  });
});

describe("a quota that was set for one owner", () => {
  it("lets exactly so many sweeps of those that ask at once begin, and shows them", async () => {
    const harness = apiHarness();
    await createModel(harness);
    await ask(harness, "PUT", "/admin/quotas/local", { ...set, quotas: { sweeps_per_day: 3, running_sweeps: 3 } });
    const begun = await Promise.all(
      Array.from({ length: 8 }, (_, i) => harness.call("POST", "/v1/pipeline", { body: { ...MODEL, splits: 3 + i } })),
    );
    expect(begun.map(({ status }) => status).sort()).toEqual([202, 202, 202, 403, 403, 403, 403, 403]);
    const { body } = await ask(harness, "GET", "/admin/quotas?owner=local");
    expect(rowOf(body, "sweeps_per_day")).toEqual({ name: "sweeps_per_day", limit: 3, source: "owner", used: 3 });
    expect(rowOf(body, "running_sweeps")).toMatchObject({ limit: 3, used: 3 });
    expect(body.running.sweeps).toEqual(expect.arrayContaining(harness.workflow.started.map(({ runId }) => runId)));
    await harness.call("DELETE", `/v1/runs/${body.running.sweeps[0]}`);
    const { body: after } = await ask(harness, "GET", "/admin/quotas?owner=local");
    expect([rowOf(after, "sweeps_per_day")?.used, rowOf(after, "running_sweeps")?.used]).toEqual([3, 2]);
    // One more a day is one more.
    await ask(harness, "PUT", "/admin/quotas/local", { ...set, quotas: { sweeps_per_day: 4 } });
    const more = [15, 16].map((splits) => harness.call("POST", "/v1/pipeline", { body: { ...MODEL, splits } }));
    expect((await Promise.all(more)).map(({ status }) => status).sort()).toEqual([202, 403]);
  });

  it("lets exactly so many reads of a minute pass, of this owner only", async () => {
    const harness = apiHarness({ owner: (context) => context.req.header("x-test-owner") ?? "root" });
    await ask(harness, "PUT", "/admin/quotas/ann", { ...set, quotas: { reads_per_minute: 4 } });
    const reads = async (owner: string) =>
      (await Promise.all(Array.from({ length: 9 }, () => harness.call("GET", "/v1/packs", { headers: { "x-test-owner": owner } })))).filter(
        ({ status }) => status === 200,
      ).length;
    expect([await reads("ann"), await reads("bob")]).toEqual([4, 9]);
    expect(rowOf((await ask(harness, "GET", "/admin/quotas?owner=ann")).body, "reads_per_minute")).toMatchObject({ limit: 4, used: 4 });
  });
});
