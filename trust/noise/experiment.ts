import type { PriceSeries } from "#lib/core/bars.ts";
import { RISK_PROFILES } from "#lib/policies/risk-budget.schema.ts";
import { defineExperiment, type Job, type Scale, seededJobs } from "../experiment.ts";
import { sweepEachProfile } from "../profiles.ts";
import { NOISE_GROUPS, type NoiseGroup, type NoiseResult } from "./groups.ts";
import { noiseSection } from "./section.ts";
import { randomWalk, shuffledIndex } from "./series.ts";
import { verdictOf } from "./verdict.ts";

const groupNamed = (name: string): NoiseGroup => NOISE_GROUPS[name]!;

async function seriesOf({ group, seed }: Job): Promise<PriceSeries> {
  const { years, annualDrift } = groupNamed(group);
  // Every group has seeds of its own: no two share a history.
  const own = 1000 * (1 + Object.keys(NOISE_GROUPS).indexOf(group)) + seed;
  return years === null ? shuffledIndex(own) : randomWalk(own, years, annualDrift);
}

export const noise = defineExperiment<NoiseResult>({
  name: "noise",
  title: "Noise: what passes where there is nothing to find",
  jobs: (scale: Scale) => Object.entries(NOISE_GROUPS).flatMap(([name, each]) => seededJobs("noise", name, each[scale])),
  async run(job) {
    const { years, longOnly, calibrated } = groupNamed(job.group);
    const sweeps = await sweepEachProfile(await seriesOf(job), {
      // The opens of the sample are copies of closes in many years: it is traded at the close that decides.
      template_id: years === null ? "swing_eq_daily_close" : "swing_eq_daily",
      ...(longOnly ? { tags: ["long_only"] } : {}),
      learner: { calibration: calibrated ? "sigmoid" : "none" },
    });
    return Object.fromEntries(RISK_PROFILES.map((profile) => [profile, verdictOf(sweeps[profile])])) as NoiseResult;
  },
  section: noiseSection,
});
