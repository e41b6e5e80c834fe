import { foldPath, loadDevelopment, loadPlan } from "#functions/shared/evaluation-plan.ts";
import type { PlanResult } from "#functions/shared/make-plan.ts";
import { readSampleData } from "#infra/local/sample-data.ts";
import { outerFolds } from "#lib/backtest/outer-folds.ts";
import { encodePrediction } from "#lib/backtest/predictions-codec.ts";
import { refitFold } from "#lib/backtest/robustness/refit-fold.ts";
import { readSampleSeries } from "#lib/market-data/sample.ts";
import { plantEdge } from "#lib/market-data/simulate/edge/plant-edge.ts";
import { labelHorizonBars } from "#lib/matrix/label.schema.ts";
import { RISK_PROFILES } from "#lib/policies/risk-budget.schema.ts";
import { upperBound } from "../clopper-pearson.ts";
import { type Done, defineExperiment, type Section, seededJobs } from "../experiment.ts";
import { fixed, percent, table } from "../markdown.ts";
import { createMemoryLab, type MemoryLab, TRUST_OWNER } from "../memory-lab.ts";
import { POWER_GROUPS, plantOf } from "../power/groups.ts";
import { variantTruth } from "../power/truth.ts";
import { type RiskProfile, sweepEachProfileIn } from "../profiles.ts";
import { SMALL_MODEL } from "../small-model.ts";

type ControlResult = {
  readonly passed: Record<RiskProfile, boolean>;
  readonly passedButForSkill: Record<RiskProfile, boolean>;
  /** Planted histories: the true net Sharpe ratio of the first variant that PASSes under the balanced profile; else null. */
  readonly passedTruth: number | null;
};

const INDEX = "index";
const PLANTED = "stated-1.0-15";
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
  jobs: (scale) => [
    ...seededJobs("control", INDEX, scale === "full" ? 100 : 1),
    ...seededJobs("control", PLANTED, scale === "full" ? 100 : 0),
  ],
  async run({ group, seed }) {
    const spec = group === PLANTED ? plantOf(group, seed) : null;
    const series = spec === null ? readSampleSeries(await readSampleData()) : plantEdge(SYMBOL, spec).series;
    const { symbol } = series.bars;
    const lab = createMemoryLab(series);
    const model =
      spec === null ? { ...SMALL_MODEL, template_id: "swing_eq_daily_close", data: { provider: "sample" as const, symbol } } : SMALL_MODEL;
    const sweeps = await sweepEachProfileIn(lab, symbol, model, withPermutedFits(lab, seed));
    const passing = sweeps.balanced.rows.find(({ gate }) => gate.status === "PASS");
    const truth =
      spec === null || passing === undefined ? null : await variantTruth(lab.ports.artifacts, sweeps.balanced.plan, passing.params, spec);
    const each = (test: (profile: RiskProfile) => boolean) =>
      Object.fromEntries(RISK_PROFILES.map((profile) => [profile, test(profile)])) as Record<RiskProfile, boolean>;
    return {
      passed: each((profile) => sweeps[profile].sweep.pass > 0),
      passedButForSkill: each((profile) =>
        sweeps[profile].rows.some(({ gate }) => gate.status === "PASS" || gate.reasons.every(({ code }) => code === "no_skill")),
      ),
      passedTruth: truth?.expected ?? null,
    };
  },
  section: controlSection,
});

function controlSection(done: readonly Done<ControlResult>[]): Section {
  const of = (group: string) => done.filter(({ job }) => job.group === group).map(({ result }) => result);
  const index = of(INDEX);
  const planted = of(PLANTED);
  const passed = Math.max(...RISK_PROFILES.map((profile) => countPassed(index, profile)));
  const share = passed / index.length;
  const truths = planted.flatMap(({ passedTruth }) => (passedTruth === null ? [] : [passedTruth]));
  return {
    claims: [
      {
        says: `Negative control: models of block-permuted labels PASS in at most ${percent(MOST_THAT_PASS, 0)} of the draws, on every profile`,
        found: `at most ${percent(share)} (${passed} of ${index.length}; upper 95 % bound ${percent(upperBound(passed, index.length, 0.95))})`,
        holds: share <= MOST_THAT_PASS,
      },
    ],
    text: [
      "The S&P 500 sample, as it is. Each fold's models are fitted on labels that were permuted in blocks of a label's length, as a backtest's robustness block does it; everything",
      "after the fit is as always. What passed here would show a hole between the labels and the gate.",
      "",
      table(
        ["Data", "Profile", "n", "PASS", "Upper bound", "PASS but for skill"],
        [...rowsOf("S&P 500", index), ...rowsOf("planted edge", planted)],
      ),
      "",
      `The planted histories ("${POWER_GROUPS[PLANTED]!.title}") carry no claim. There is something to find in their features, and a model of permuted labels may lean on it by`,
      `chance; what those that PASS are truly worth says whether it did. ${plantedText(truths)}`,
    ].join("\n"),
  };
}

const countPassed = (results: readonly ControlResult[], profile: RiskProfile): number =>
  results.filter(({ passed }) => passed[profile]).length;

function rowsOf(data: string, results: readonly ControlResult[]): string[][] {
  if (results.length === 0) return [];
  return RISK_PROFILES.map((profile) => {
    const passes = countPassed(results, profile);
    const butForSkill = results.filter(({ passedButForSkill }) => passedButForSkill[profile]).length;
    const bound = percent(upperBound(passes, results.length, 0.95));
    return [
      data,
      profile,
      String(results.length),
      `${passes} (${percent(passes / results.length)})`,
      bound,
      percent(butForSkill / results.length),
    ];
  });
}

function plantedText(truths: readonly number[]): string {
  if (truths.length === 0) return "None of them passed.";
  const mean = truths.reduce((sum, value) => sum + value, 0) / truths.length;
  return `Those that PASS on the balanced profile have a true net Sharpe ratio of ${fixed(mean)} on average, and of ${fixed(Math.min(...truths))} at least.`;
}
