import { loadPredictions } from "#functions/shared/evaluation-plan.ts";
import { type Done, defineExperiment, type Section } from "../experiment.ts";
import { table } from "../markdown.ts";
import { createMemoryLab } from "../memory-lab.ts";
import { runSweepInMemory } from "../sweep-in-memory.ts";
import { POOR_CASES } from "./cases.ts";

/** What the product said of a case. */
export type PoorResult = {
  readonly rows: number;
  readonly flatShare: number;
  readonly singleClassFolds: number;
  readonly mostTrades: number;
  readonly statuses: readonly string[];
  readonly reasons: readonly string[];
  /** Variants without any of the reasons that they must have. */
  readonly silent: number;
  /** Metrics that are unknown and do not say why. */
  readonly unexplained: readonly string[];
  readonly unknown: readonly string[];
};

const MODEL_ID = "poor_eq_swing_daily";

export const poorData = defineExperiment<PoorResult>({
  name: "poor-data",
  title: "Poor data: no crash, n/a where nothing is known, FAIL with reasons",
  jobs: () => Object.keys(POOR_CASES).map((group) => ({ experiment: "poor-data", group, seed: 1 })),
  async run({ group }) {
    const { series: make, model, request, reasons } = POOR_CASES[group]!;
    const series = make();
    const { symbol } = series.bars;
    const lab = createMemoryLab(series);
    await lab.createModel({
      template_id: "swing_eq_daily",
      model_id: MODEL_ID,
      ticker: symbol,
      data: { provider: "simulated", symbol },
      learner: { calibration: "none", params: { trees: 40, max_depth: 2 } },
      ...model,
    });
    await lab.build(MODEL_ID);
    const { plan, rows } = await runSweepInMemory(lab, MODEL_ID, request);
    const predictions = await loadPredictions(lab.ports.artifacts, plan);
    const unknown = rows.flatMap(({ metrics }) => unknownKeys(metrics).map((key) => ({ key, why: metrics.undefined_reasons[key] })));
    return {
      rows: rows.length,
      flatShare: meanOf(predictions.map(({ classes, baseRates }) => baseRates[classes.indexOf(0)] ?? 0)),
      singleClassFolds: predictions.filter(({ notes }) => notes.includes("single_class")).length,
      mostTrades: Math.max(...rows.map(({ metrics }) => metrics.trades)),
      statuses: distinct(rows.map(({ gate }) => gate.status)),
      reasons: distinct(rows.flatMap(({ gate }) => gate.reasons.map(({ code }) => code))),
      silent: rows.filter(({ gate }) => !gate.reasons.some(({ code }) => reasons.includes(code))).length,
      unexplained: distinct(unknown.filter(({ why }) => why === undefined).map(({ key }) => key)),
      unknown: distinct(unknown.map(({ key }) => key)),
    };
  },
  section: poorSection,
});

/** Keys of metrics without a value, those of nested objects with a dot. */
function unknownKeys(metrics: object): string[] {
  return Object.entries(metrics).flatMap(([key, value]) => {
    if (value === null) return [key];
    if ((key !== "residual" && key !== "benchmark") || typeof value !== "object") return [];
    return Object.entries(value as object).flatMap(([inner, innerValue]) => (innerValue === null ? [`${key}.${inner}`] : []));
  });
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const isHonest = ({ statuses, silent, unexplained }: PoorResult): boolean =>
  statuses.join() === "FAIL" && silent === 0 && unexplained.length === 0;

function poorSection(done: readonly Done<PoorResult>[]): Section {
  const honest = done.filter(({ result }) => isHonest(result));
  return {
    claims: [
      {
        says: "Poor data crash nothing: every variant FAILs with a reason that fits, and every unknown metric says why it is",
        found: `${honest.length} of ${done.length}`,
        holds: honest.length === done.length && done.length > 0,
      },
    ],
    text: table(
      ["Case", "Variants", "FLAT share", "Folds of one class", "Most trades", "Gate", "Reasons", "Unknown metrics, each with its reason"],
      done.map(({ job: { group }, result }) => [
        POOR_CASES[group]!.title,
        String(result.rows),
        `${(100 * result.flatShare).toFixed(0)} %`,
        String(result.singleClassFolds),
        String(result.mostTrades),
        result.statuses.join(", "),
        result.reasons.map((code) => `\`${code}\``).join(", "),
        String(result.unknown.length),
      ]),
    ),
  };
}
