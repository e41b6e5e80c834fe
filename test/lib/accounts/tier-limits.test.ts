import { describe, expect, it } from "vitest";
import { readTier, writeAccount } from "#lib/accounts/account-store.ts";
import { requireHistory, requireSweep, requireTier, tierThat } from "#lib/accounts/tier-limits.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";

const refused = (attempt: () => void) => {
  try {
    attempt();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("readTier", () => {
  const account = { schema_version: 1, owner: "ann", tier: "premium", changed_at: "2026-01-02T00:00:00Z", reason: "order 7" } as const;

  it("is the record's, in both workspaces, and the place's without one", async () => {
    const metadata = createMemoryMetadataStore({ clock: { now: () => 0 } });
    expect([await readTier(metadata, "ann", "local"), await readTier(metadata, "ann", "cloud")]).toEqual(["pro", "free"]);
    await writeAccount(metadata, account);
    for (const owner of ["ann", "ann-simulated"]) expect(await readTier(metadata, owner, "cloud")).toBe("premium");
    expect(await readTier(metadata, "bob", "cloud")).toBe("free");
  });

  it("takes no tier that there is none of", async () => {
    const metadata = createMemoryMetadataStore({ clock: { now: () => 0 } });
    await expect(writeAccount(metadata, { ...account, tier: "gold" as never })).rejects.toMatchObject({ code: "INVALID_PARAM" });
    await metadata.put("state", { pk: "owner#ann", sk: "account", body: { tier: "pro" } }, "any");
    await expect(readTier(metadata, "ann", "local")).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
  });
});

describe("requireTier", () => {
  it("names the first tier that includes what was asked for", () => {
    expect(tierThat(({ packBuilder }) => packBuilder)).toBe("premium");
    expect(tierThat(({ packSubmission }) => packSubmission)).toBe("pro");
    expect(refused(() => requireTier("free", ({ packApi }) => packApi, "Packs"))).toMatchObject({
      code: "TIER_LIMIT",
      facts: { tier: "free", needed: "pro" },
    });
    expect(refused(() => requireTier("pro", ({ packApi }) => packApi, "Packs"))).toBeUndefined();
  });
});

describe("requireSweep", () => {
  it.each([
    ["free", true, 5000, true],
    ["free", false, 2, false],
    ["premium", false, 1000, true],
    ["premium", false, 1001, false],
    ["pro", false, 3000, true],
    ["pro", false, 3001, false],
  ] as const)("%s, simple %s, %d variants: %s", (tier, isSimple, variants, allowed) => {
    const error = refused(() => requireSweep(tier, { isSimple, variants }));
    expect(error === undefined).toBe(allowed);
    if (!allowed) expect(error).toMatchObject({ code: "TIER_LIMIT" });
  });
});

describe("requireHistory", () => {
  const span = { cadence: "daily", first: "2015-01-02", last: "2020-01-02" };

  it("gives the free tier five years to the day, and says where to start", () => {
    expect(refused(() => requireHistory("free", span))).toBeUndefined();
    expect(refused(() => requireHistory("free", { ...span, first: "2015-01-01" }))).toMatchObject({
      code: "TIER_LIMIT",
      facts: { limit: 5, start: "2015-01-02" },
      fieldErrors: [{ path: "start", issue: 'must be "2015-01-02" or later' }],
    });
    expect(refused(() => requireHistory("free", { ...span, first: "2015-02-28", last: "2020-02-29" }))).toMatchObject({
      facts: { start: "2015-03-01" },
    });
    expect(refused(() => requireHistory("free", { ...span, first: null, last: null }))).toBeUndefined();
    for (const tier of ["premium", "pro"] as const)
      expect(refused(() => requireHistory(tier, { ...span, first: "1990-01-01" }))).toBeUndefined();
  });

  it("gives the free tier hourly and daily bars", () => {
    for (const cadence of ["hourly", "daily"]) expect(refused(() => requireHistory("free", { ...span, cadence }))).toBeUndefined();
    for (const cadence of ["5m", "15m"])
      expect(refused(() => requireHistory("free", { ...span, cadence }))).toMatchObject({
        code: "TIER_LIMIT",
        facts: { needed: "premium" },
      });
    expect(refused(() => requireHistory("premium", { ...span, cadence: "5m" }))).toBeUndefined();
  });
});
