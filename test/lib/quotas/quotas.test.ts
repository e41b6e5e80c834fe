import { describe, expect, it } from "vitest";
import { writeAccount } from "#lib/accounts/account-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { createReplayClock } from "#lib/adapters/memory/replay-clock.ts";
import { quotasOf, readQuotas } from "#lib/quotas/quotas.ts";

describe("readQuotas", () => {
  it("rations callers of the cloud, and nobody on his own machine", () => {
    const each = { reads_per_minute: 60, sweeps_per_day: 10, running_sweeps: 2, trainings_per_day: 20, running_trainings: 2 };
    expect(readQuotas("cloud", {})).toEqual({ free: each, premium: each, pro: each });
    expect(new Set(Object.values(readQuotas("local", {})).flatMap(Object.values))).toEqual(new Set([null]));
  });

  it("takes a number or none for each", () => {
    const env = { SIGMA_QUOTA_SWEEPS_PER_DAY: "30", SIGMA_QUOTA_RUNNING_SWEEPS: "0", SIGMA_QUOTA_READS_PER_MINUTE: "none" };
    for (const quotas of Object.values(readQuotas("cloud", env)))
      expect(quotas).toMatchObject({
        sweeps_per_day: 30,
        running_sweeps: 0,
        reads_per_minute: null,
        trainings_per_day: 20,
      });
    expect(readQuotas("local", env).pro).toMatchObject({ sweeps_per_day: 30, trainings_per_day: null });
  });

  it("takes one of a tier before that of all", () => {
    const env = { SIGMA_QUOTA_SWEEPS_PER_DAY: "30", SIGMA_QUOTA_FREE_SWEEPS_PER_DAY: "3", SIGMA_QUOTA_PRO_SWEEPS_PER_DAY: "none" };
    const { free, premium, pro } = readQuotas("cloud", env);
    expect([free, premium, pro].map(({ sweeps_per_day }) => sweeps_per_day)).toEqual([3, 30, null]);
  });

  it("refuses what is no quota, by the variable's name", () => {
    for (const value of ["-1", "1.5", "many", "5001", "Infinity"])
      expect(() => readQuotas("cloud", { SIGMA_QUOTA_RUNNING_TRAININGS: value }), value).toThrowError(
        expect.objectContaining({ code: "CONFIG_INVALID", facts: { variable: "SIGMA_QUOTA_RUNNING_TRAININGS" } }),
      );
    expect(() => readQuotas("local", { SIGMA_QUOTA_SWEEP_PER_DAY: "3" })).toThrowError(
      expect.objectContaining({ code: "CONFIG_INVALID", facts: { variable: "SIGMA_QUOTA_SWEEP_PER_DAY" } }),
    );
  });
});

describe("quotasOf", () => {
  it("are those of the owner's tier, but for what was set for the owner", async () => {
    const clock = createReplayClock(Date.UTC(2026, 0, 5));
    const metadata = createMemoryMetadataStore({ clock });
    const account = { schema_version: 1, owner: "alice", tier: "pro", changed_at: "2026-01-05T00:00:00Z", reason: "order 7" } as const;
    await writeAccount(metadata, account);
    const quotas = readQuotas("cloud", { SIGMA_QUOTA_PRO_SWEEPS_PER_DAY: "100" });
    const dailyOf = async (owner: string) => (await quotasOf(metadata, quotas, "cloud", owner)).sweeps_per_day;
    expect([await dailyOf("alice"), await dailyOf("bob")]).toEqual([100, 10]);
    await writeAccount(metadata, { ...account, quotas: { sweeps_per_day: 3, running_sweeps: null } });
    const base = { reads_per_minute: 60, trainings_per_day: 20, running_trainings: 2 };
    const own = { ...base, sweeps_per_day: 3, running_sweeps: null };
    expect(await quotasOf(metadata, quotas, "cloud", "alice")).toEqual(own);
    expect(await quotasOf(metadata, quotas, "cloud", "alice-simulated")).toEqual(own);
    expect(await dailyOf("bob")).toBe(10);
  });
});
