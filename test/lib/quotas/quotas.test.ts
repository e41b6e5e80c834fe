import { describe, expect, it } from "vitest";
import { readQuotas } from "#lib/quotas/quotas.ts";

describe("readQuotas", () => {
  it("rations callers of the cloud, and nobody on his own machine", () => {
    expect(readQuotas("cloud", {})).toEqual({
      reads_per_minute: 60,
      sweeps_per_day: 10,
      running_sweeps: 2,
      trainings_per_day: 20,
      running_trainings: 2,
    });
    expect(new Set(Object.values(readQuotas("local", {})))).toEqual(new Set([null]));
  });

  it("takes a number or none for each", () => {
    const env = { SIGMA_QUOTA_SWEEPS_PER_DAY: "30", SIGMA_QUOTA_RUNNING_SWEEPS: "0", SIGMA_QUOTA_READS_PER_MINUTE: "none" };
    expect(readQuotas("cloud", env)).toMatchObject({
      sweeps_per_day: 30,
      running_sweeps: 0,
      reads_per_minute: null,
      trainings_per_day: 20,
    });
    expect(readQuotas("local", env)).toMatchObject({ sweeps_per_day: 30, trainings_per_day: null });
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
