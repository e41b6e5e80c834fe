import { foldPath, loadDevelopment, loadPlan } from "#functions/shared/evaluation-plan.ts";
import type { PlanResult } from "#functions/shared/make-plan.ts";
import { outerFolds } from "#lib/backtest/outer-folds.ts";
import { encodePrediction } from "#lib/backtest/predictions-codec.ts";
import { refitFold } from "#lib/backtest/robustness/refit-fold.ts";
import { plantEdge } from "#lib/market-data/simulate/edge/plant-edge.ts";
import { labelHorizonBars } from "#lib/matrix/label.schema.ts";
import { RISK_PROFILES } from "#lib/policies/risk-budget.schema.ts";
import { upperBound } from "../clopper-pearson.ts";
import { type Done, defineExperiment, type Scale, type Section, seededJobs } from "../experiment.ts";
import { percent, table } from "../markdown.ts";
import { createMemoryLab, type MemoryLab, TRUST_OWNER } from "../memory-lab.ts";
import { POWER_GROUPS, plantOf } from "../power/groups.ts";
import { type RiskProfile, sweepEachProfileIn } from "../profiles.ts";
import { SMALL_MODEL } from "../small-model.ts";

type ControlResult = { readonly passed: Record<RiskProfile, boolean>; readonly passedButForSkill: Record<RiskProfile, boolean> };

const GROUP = "stated-1.0-15";
const SYMBOL = "SIMEDGE";
const MOST_THAT_PASS = 0.05;

/** Stores, before folds are fitted, predictions of models that were fitted on labels permuted in blocks of a label's length. */
const withPermutedFits =
  ({ ports }: MemoryLab, draw: number) =>
  async ({ plan_key, folds: indexes }: PlanResult): Promise<void> => {
    const plan = await loadPlan(ports.artifacts, TRUST_OWNER, plan_key);
    const matrix = await loadDevelopment(ports.artifacts, plan);
    const { folds } = outerFolds(matrix, plan.splits);
    const refit = { kind: "permuted_labels", draw, block_rows: labelHorizonBars(plan.config.label, plan.config.cadence) } as const;
    for (const index of indexes) {
      const prediction = refitFold(matrix, folds[index]!, plan.config.learner, plan.splits.inner_folds, refit);
      await ports.artifacts.put(foldPath(plan, index), encodePrediction(prediction), "any");
    }
  };

export const control = defineExperiment<ControlResult>({
  name: "control",
  title: "Negative control: labels that belong to other days",
  jobs: (scale) => seededJobs("control", GROUP, scale === "full" ? 100 : 1),
  async run({ group, seed }) {
    const lab = createMemoryLab(plantEdge(SYMBOL, plantOf(group, seed)).series);
    const sweeps = await sweepEachProfileIn(lab, SYMBOL, SMALL_MODEL, withPermutedFits(lab, seed));
    const each = (test: (profile: RiskProfile) => boolean) =>
      Object.fromEntries(RISK_PROFILES.map((profile) => [profile, test(profile)])) as Record<RiskProfile, boolean>;
    return {
      passed: each((profile) => sweeps[profile].sweep.pass > 0),
      passedButForSkill: each((profile) =>
        sweeps[profile].rows.some(({ gate }) => gate.status === "PASS" || gate.reasons.every(({ code }) => code === "no_skill")),
      ),
    };
  },
  section: controlSection,
});

function controlSection(done: readonly Done<ControlResult>[], scale: Scale): Section {
  const count = (of: (result: ControlResult) => boolean): number => done.filter(({ result }) => of(result)).length;
  const passed = Math.max(...RISK_PROFILES.map((profile) => count((result) => result.passed[profile])));
  const bound = upperBound(passed, done.length, 0.95);
  return {
    claims: [
      {
        says: `Negative control: models of block-permuted labels PASS in at most ${percent(MOST_THAT_PASS, 0)} of the histories (upper 95 % bound)`,
        found: `bound ${percent(bound)} (${passed} of ${done.length})`,
        holds: scale === "full" ? bound <= MOST_THAT_PASS : passed === 0,
      },
    ],
    text: [
      `The same planted histories as above ("${POWER_GROUPS[GROUP]!.title}"), in which true labels pass. Here each fold's models are fitted on labels that were permuted in blocks of a`,
      "label's length, as a backtest's robustness block does it; everything after the fit is as always. What passed here would show a hole between the labels and the gate.",
      "",
      table(
        ["Profile", "n", "PASS", "Upper bound", "PASS but for skill"],
        RISK_PROFILES.map((profile) => {
          const passes = count((result) => result.passed[profile]);
          return [
            profile,
            String(done.length),
            `${passes} (${percent(passes / done.length)})`,
            percent(upperBound(passes, done.length, 0.95)),
            percent(count((result) => result.passedButForSkill[profile]) / done.length),
          ];
        }),
      ),
    ].join("\n"),
  };
}
