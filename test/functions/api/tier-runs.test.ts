import { describe, expect, it } from "vitest";
import type { Tier } from "#lib/accounts/account.schema.ts";
import { writeAccount } from "#lib/accounts/account-store.ts";
import { apiHarness, createModel, type Harness, MODEL } from "./support.ts";

const setTier = (harness: Harness, tier: Tier) =>
  writeAccount(harness.ports.metadata, { schema_version: 1, owner: "local", tier, changed_at: "2026-01-01T00:00:00Z", reason: "a test" });

async function post({ call }: Harness, path: string, body: object) {
  const response = await call("POST", `/v1${path}`, { body: { ...MODEL, ...body } });
  const answered = (await response.json()) as { code?: string; facts: object; run_id: string };
  return { status: response.status, body: answered };
}

const withModel = async () => {
  const harness = apiHarness();
  await createModel(harness);
  return harness;
};

describe("what a tier may run", () => {
  it("is five years of history for free, and the refusal says where to start", async () => {
    const harness = await withModel();
    await setTier(harness, "free");
    const refused = await post(harness, "/build_matrix", {});
    expect(refused).toMatchObject({
      status: 403,
      body: { code: "TIER_LIMIT", facts: { tier: "free", limit: 5, last: "2020-04-17", start: "2015-04-17" } },
    });
    expect(await post(harness, "/pipeline", {})).toMatchObject({ status: 403, body: { code: "TIER_LIMIT" } });
    expect(harness.workflow.started).toEqual([]);
    expect((await post(harness, "/build_matrix", { start: "2015-04-17" })).status).toBe(202);
    expect((await post(harness, "/build_matrix", { start: "2015-04-16" })).status).toBe(403);
    await setTier(harness, "premium");
    expect((await post(harness, "/build_matrix", {})).status).toBe(202);
  });

  it("is simple sweeps for free, a thousand variants for premium and three thousand for pro", async () => {
    const harness = await withModel();
    const grid = (n: number) => ({
      mode: "custom",
      axes: {
        thresholds: Array.from({ length: n / 50 }, (_, i) => i / 100),
        hold_bars: [5],
        max_positions: Array.from({ length: 50 }, (_, i) => i + 1),
      },
      threshold_mode: "edge",
    });
    await setTier(harness, "free");
    // The tier is looked at before anything is read, so the lack of a matrix is not the answer.
    for (const body of [
      grid(50),
      { thresholds_variants: "0.01,0.02" },
      { mode: "composition", axes: { risk_profiles: ["balanced", "conservative"] } },
    ])
      expect(await post(harness, "/sweeps", body), JSON.stringify(body).slice(0, 60)).toMatchObject({
        status: 403,
        body: { code: "TIER_LIMIT", facts: { needed: "premium" } },
      });
    expect(await post(harness, "/pipeline", grid(50))).toMatchObject({ status: 403, body: { code: "TIER_LIMIT" } });
    for (const preset of [undefined, "conservative"])
      expect(await post(harness, "/sweeps", preset === undefined ? {} : { preset })).toMatchObject({
        status: 422,
        body: { code: "UNPROCESSABLE" },
      });
    await setTier(harness, "premium");
    expect(await post(harness, "/sweeps", grid(1000))).toMatchObject({ status: 422, body: { code: "UNPROCESSABLE" } });
    expect(await post(harness, "/sweeps", grid(1050))).toMatchObject({
      status: 403,
      body: { code: "TIER_LIMIT", facts: { limit: 1000, found: 1050 } },
    });
    await setTier(harness, "pro");
    expect(await post(harness, "/sweeps", grid(1050))).toMatchObject({ status: 422, body: { code: "UNPROCESSABLE" } });
  });

  it("is nothing less on one machine, and free in the cloud, without a record", async () => {
    const owner = () => "ann";
    const local = apiHarness({ owner });
    const cloud = apiHarness({ owner, mode: "cloud" });
    for (const harness of [local, cloud]) await createModel(harness);
    expect((await post(local, "/build_matrix", {})).status).toBe(202);
    expect(await post(cloud, "/build_matrix", {})).toMatchObject({ status: 403, body: { code: "TIER_LIMIT", facts: { tier: "free" } } });
  });
});
