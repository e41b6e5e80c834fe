import type { PriceSeries } from "#lib/core/bars.ts";
import { RISK_PROFILES } from "#lib/policies/risk-budget.schema.ts";
import { defineExperiment, type Job, type Scale, seededJobs } from "../experiment.ts";
import { type ModelKind, sweepEachProfile } from "../profiles.ts";
import { SMALL_MODEL } from "../small-model.ts";
import { NOISE_GROUPS, type NoiseGroup, type NoiseResult } from "./groups.ts";
import { noiseSection } from "./section.ts";
import { randomWalk, shuffledIndex } from "./series.ts";
import { verdictOf } from "./verdict.ts";

const groupNamed = (name: string): NoiseGroup => NOISE_GROUPS[name]!;

const MODELS: Readonly<Record<NoiseGroup["model"], Partial<ModelKind>>> = {
  usual: { learner: { calibration: "none" } },
  calibrated: { learner: { calibration: "sigmoid" } },
  small: SMALL_MODEL,
};

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
    const { years, longOnly, model } = groupNamed(job.group);
    const sweeps = await sweepEachProfile(await seriesOf(job), {
      // The opens of the sample are copies of closes in many years: it is traded at the close that decides.
      template_id: years === null ? "swing_eq_daily_close" : "swing_eq_daily",
      ...MODELS[model],
      ...(longOnly ? { tags: ["long_only"] } : {}),
    });
    return Object.fromEntries(RISK_PROFILES.map((profile) => [profile, verdictOf(sweeps[profile])])) as NoiseResult;
  },
  section: noiseSection,
});
