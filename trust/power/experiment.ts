import { plantEdge } from "#lib/market-data/simulate/edge/plant-edge.ts";
import { RISK_PROFILES } from "#lib/policies/risk-budget.schema.ts";
import { dsrOtherwise } from "../dsr-limits.ts";
import { defineExperiment, seededJobs } from "../experiment.ts";
import { createMemoryLab } from "../memory-lab.ts";
import { type RiskProfile, sweepEachProfileIn } from "../profiles.ts";
import { SMALL_MODEL } from "../small-model.ts";
import type { SweepInMemory } from "../sweep-in-memory.ts";
import { isDeclared, POWER_GROUPS, plantOf } from "./groups.ts";
import type { PowerResult } from "./result.ts";
import { powerSection } from "./section.ts";
import { variantTruth } from "./truth.ts";

const SYMBOL = "SIMEDGE";

export const power = defineExperiment<PowerResult>({
  name: "power",
  title: "Power: what is there is found",
  jobs: (scale) => Object.entries(POWER_GROUPS).flatMap(([name, group]) => seededJobs("power", name, group[scale])),
  async run({ group, seed }) {
    const spec = plantOf(group, seed);
    const lab = createMemoryLab(plantEdge(SYMBOL, spec).series);
    const sweeps = await sweepEachProfileIn(lab, SYMBOL, SMALL_MODEL);
    const { plan, rows, sweep } = sweeps.balanced;
    const declared = rows.find(({ params }) => isDeclared(params))!;
    const winner = rows.find(({ row_id }) => row_id === sweep.best_rows[0]) ?? declared;
    const truth = (params: typeof declared.params) => variantTruth(lab.ports.artifacts, plan, params, spec);
    const byProfile = <T>(of: (sweep: SweepInMemory) => T) =>
      Object.fromEntries(RISK_PROFILES.map((profile) => [profile, of(sweeps[profile])])) as Record<RiskProfile, T>;
    return {
      passed: byProfile(({ sweep }) => sweep.pass > 0),
      dsrOtherwise: byProfile(({ rows: each }) => dsrOtherwise(each)),
      declared: await truth(declared.params),
      winner: await truth(winner.params),
      referenceSharpe: declared.significance.reference_sharpe,
      hasSkill: !declared.gate.reasons.some(({ code }) => code === "no_skill"),
    };
  },
  section: powerSection,
});
