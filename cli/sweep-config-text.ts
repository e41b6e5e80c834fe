import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import { planVariants } from "#lib/sweeps/grid.ts";
import { gridContextOf } from "#lib/sweeps/grid-context.ts";
import { SweepAxesSchema, SweepRequestSchema } from "#lib/sweeps/sweep.schema.ts";

export interface SweepConfigOrder {
  readonly modelId: string;
  readonly packId: string;
  readonly config: ModelConfig;
  readonly window: { readonly start?: string | undefined; readonly end?: string | undefined };
  /** How the file is called in its own first lines. */
  readonly file: string;
}

/** Axes that a written file sets, in the order in which they multiply; the rest stands there as comments to try. */
const EXAMPLES: Readonly<Record<string, string>> = {
  stop_loss: "[0.02, 0.05]",
  take_profit: "[1.5, 2, 3]",
  time_stop: "[5, 10]",
  filters: '[none, "adx_14 > 25"]',
  momentum_min: "[0, 0.1]",
  slippage: "[optimistic, realistic, pessimistic]",
  position_size: "[0.1, 0.5]",
  entry_type: "[market, limit]",
};

/**
 * A sweep of a model as commented YAML: the simple grid of its cadence written out as axes, to be edited. Read back
 * unchanged it tries exactly the variants of `sigma sweep MODEL`.
 */
export function sweepConfigText({ modelId, packId, config, window, file }: SweepConfigOrder): string {
  const variants = planVariants(SweepRequestSchema.parse({ model_id: modelId, pack_id: packId }), gridContextOf(config, null));
  const distinct = <T>(of: (params: (typeof variants)[number]["params"]) => T | null): T[] => {
    const texts = new Set(variants.flatMap(({ params }) => (of(params) === null ? [] : [JSON.stringify(of(params))])));
    return [...texts].map((text) => JSON.parse(text) as T);
  };
  const axes: Record<string, string> = { thresholds: list(distinct(({ threshold }) => threshold)) };
  const hours = [...new Set(variants.map(({ params }) => JSON.stringify(params.hours)))].map((text) => JSON.parse(text) as number[] | null);
  if (hours.some((set) => set !== null)) axes["allowed_hours"] = `[${hours.map((set) => (set === null ? "all" : list(set))).join(", ")}]`;
  const shares = distinct(({ top_pct }) => top_pct);
  if (shares.length > 0) axes["top_pct"] = list(shares);
  const holds = distinct(({ hold_bars }) => hold_bars);
  if (holds.length > 0) axes["hold_bars"] = list(holds);
  const unused = Object.entries(EXAMPLES).filter(([axis]) => !Object.hasOwn(axes, axis));
  return `${[
    `# A sweep of ${modelId}: ${variants.length} variants, the product of the axes below. Edit it, then run`,
    `#   sigma sweep --config ${file}`,
    "# More variants are more trials: what luck alone would show grows with each, and the gate counts them all.",
    `model_id: ${modelId}`,
    `pack_id: ${packId}`,
    "",
    "# The matrix's first session, and the session after its last one. With either of them the matrix is built first;",
    "# without, the sweep reads the matrix that the model has.",
    window.start === undefined ? "# start: 2012-01-03" : `start: ${window.start}`,
    window.end === undefined ? "# end: 2018-01-01" : `end: ${window.end}`,
    "",
    "mode: custom",
    `threshold_mode: ${variants[0]!.params.threshold_mode} # edge: against the expected edge; probability: against the calibrated probability`,
    "axes:",
    ...Object.entries(axes).flatMap(([axis, values]) => [`  # ${meaningOf(axis)}`, `  ${axis}: ${values}`]),
    "",
    "  # Others to try; each one multiplies the number of variants.",
    ...unused.map(([axis, values]) => `  # ${axis}: ${values} # ${meaningOf(axis)}`),
    "",
    "# How the history is divided: 5 walk-forward test blocks. Or { kind: cpcv, n_groups: 6, k_test: 2 }, which cannot pass by itself.",
    "splits: 5",
    "# embargo: 0.01 # Fraction of the rows between training and test; absent: the label's own length.",
    "",
    "# Variants with fewer trades, or below this Sharpe ratio, are kept but not ranked.",
    "min_trades: 20",
    "min_sharpe: 0.5",
    "",
    "tag: sweep # A word to find the results by.",
  ].join("\n")}\n`;
}

const list = (values: readonly (number | string)[]): string => `[${values.join(", ")}]`;

const MEANINGS: Readonly<Record<string, string>> = {
  hold_bars: "Bars held",
  top_pct: "Trade only the top share of decisions, 0 to 1",
  momentum_min: "Least score of the momentum gate",
  slippage: "How bad fills are",
  entry_type: "How a trade is entered",
  filters: "Conditions that must hold at the decision",
};

/** What the schema says of an axis, so that the file and the documentation agree. */
const meaningOf = (axis: string): string =>
  MEANINGS[axis] ?? SweepAxesSchema.shape[axis as keyof typeof SweepAxesSchema.shape]?.description ?? axis;
