import type { VariantParams } from "../sweeps/variant.schema.ts";
import { filtersText, hourThresholdsText, SLIPPAGE_FACTORS } from "../sweeps/variant.schema.ts";

/** One point of a sweep's grid. */
export interface GridPoint {
  readonly variant_id: string;
  readonly params: VariantParams;
  readonly score: number | null;
  readonly total_return: number | null;
}

/** What surrounds a variant. A peak among poor neighbours is luck more often than a plateau is. */
export interface Plateau {
  readonly neighbours: number;
  /** Share of the neighbours with a positive total return; null without neighbours. */
  readonly profitable_share: number | null;
  /** Mean score of the neighbours that have one; null when none has. */
  readonly mean_neighbour_score: number | null;
  /** Mean score of the variant and its neighbours: the height of the plateau it stands on. */
  readonly height: number | null;
}

/**
 * Ordered axes. The other parameters (hours, thresholds by hour, filters, kinds of entry and of option, ...) have no order:
 * variants that differ there are no neighbours.
 */
const AXES: Readonly<Record<string, (params: VariantParams) => number>> = {
  threshold: ({ threshold }) => threshold ?? Number.NEGATIVE_INFINITY,
  top_pct: ({ top_pct }) => top_pct ?? 1,
  hold_bars: ({ hold_bars }) => hold_bars ?? Number.NEGATIVE_INFINITY,
  stop_loss: ({ stop_loss }) => stop_loss ?? Number.POSITIVE_INFINITY,
  take_profit: ({ take_profit }) => take_profit ?? Number.POSITIVE_INFINITY,
  time_stop_bars: ({ time_stop_bars }) => time_stop_bars ?? Number.POSITIVE_INFINITY,
  momentum_min: ({ momentum_min }) => momentum_min ?? Number.NEGATIVE_INFINITY,
  slippage: ({ slippage }) => SLIPPAGE_FACTORS[slippage ?? "realistic"],
  position_size: ({ position_size }) => position_size ?? Number.POSITIVE_INFINITY,
  max_positions: ({ max_positions }) => max_positions ?? Number.NEGATIVE_INFINITY,
  dte_target: ({ dte_target }) => dte_target ?? Number.NEGATIVE_INFINITY,
  contract_size: ({ contract_size }) => contract_size ?? Number.NEGATIVE_INFINITY,
};

/**
 * Plateau of every point: its neighbours differ by one step on exactly one ordered axis.
 *
 * @param points - distinct variants of one sweep
 * @returns in the order of the points
 */
export function plateaus(points: readonly GridPoint[]): Plateau[] {
  const steps = points.map(() => [] as number[]);
  for (const axis of Object.values(AXES)) {
    const levels = [...new Set(points.map(({ params }) => axis(params)))].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    points.forEach((point, i) => {
      steps[i]!.push(levels.indexOf(axis(point.params)));
    });
  }
  const place = points.map(({ params }, i) => placeKey(params, steps[i]!));
  const at = new Map(place.map((key, i) => [key, i]));

  return points.map((point, i) => {
    const around: GridPoint[] = [];
    steps[i]!.forEach((step, axis) => {
      for (const next of [step - 1, step + 1]) {
        const neighbour = at.get(placeKey(point.params, steps[i]!.with(axis, next)));
        if (neighbour !== undefined) around.push(points[neighbour]!);
      }
    });
    return plateauOf(point, around);
  });
}

/**
 * The point on the highest plateau: what is selected when choosing the best single variant adds nothing (PBO above .5).
 * Points without a score are no candidates.
 *
 * @param isEligible - which points may be chosen; the others still shape the plateaus
 * @returns undefined without a candidate; ties go to the better score, then to the smaller id
 */
export function plateauCentre<P extends GridPoint>(points: readonly P[], isEligible: (point: P) => boolean = () => true): P | undefined {
  const heights = plateaus(points);
  let best = -1;
  points.forEach((point, i) => {
    if (point.score === null || !isEligible(point)) return;
    if (best < 0 || isBetter([heights[i]!.height, point.score], [heights[best]!.height, points[best]!.score], point, points[best]!))
      best = i;
  });
  return points[best];
}

function isBetter(a: (number | null)[], b: (number | null)[], left: GridPoint, right: GridPoint): boolean {
  for (const [i, value] of a.entries()) {
    const other = b[i] ?? Number.NEGATIVE_INFINITY;
    const mine = value ?? Number.NEGATIVE_INFINITY;
    if (mine !== other) return mine > other;
  }
  return left.variant_id < right.variant_id;
}

const placeKey = (params: VariantParams, steps: readonly number[]): string =>
  [
    params.threshold_mode,
    params.hours?.join(",") ?? "all",
    hourThresholdsText(params),
    filtersText(params),
    params.entry_type,
    params.option_type,
    params.strike_selection,
    params.composition,
    steps.join(","),
  ].join("|");

function plateauOf(point: GridPoint, around: readonly GridPoint[]): Plateau {
  const scores = around.flatMap(({ score }) => (score === null ? [] : [score]));
  const profitable = around.filter(({ total_return }) => total_return !== null && total_return > 0).length;
  return {
    neighbours: around.length,
    profitable_share: around.length === 0 ? null : profitable / around.length,
    mean_neighbour_score: mean(scores),
    height: point.score === null ? null : mean([point.score, ...scores]),
  };
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
