import type { FlowCells } from "../../core/option-data.ts";
import { rollingMean } from "../../indicators/kernels/rolling.ts";
import { type FlowRows, sumByDistance } from "./distance-sums.ts";
import { distanceName } from "./flow-column.ts";
import { type FlowOptions, resolveFlowOptions } from "./flow-options.ts";
import { planFlowColumns, soldFlowRatioName } from "./flow-plan.ts";

/** Keeps a ratio finite where nothing traded on one side; contracts or dollars. */
const EPSILON = 1e-6;

/**
 * The same-day option flow as columns beside a matrix's rows. Everything in a row is known at the end of its bar.
 *
 * `sold` counts, by `flowSide`, either all contracts that traded or those that a seller started; either way a contract's distance
 * is its strike less the session's anchor. NaN and 0 as in `sumByDistance`; what is derived from NaN is NaN. The divergence score
 * compares with the close of the row before, so it is NaN in the first row, and a session's first row compares with the last one
 * of the session before.
 *
 * @returns name to column, in the order of `planFlowColumns`
 * @throws INVALID_PARAM for an option, DATA_INVALID when the rows do not ascend
 */
export function flowColumns(cells: FlowCells, rows: FlowRows, given: Partial<FlowOptions> = {}): Map<string, Float64Array> {
  const options = resolveFlowOptions(given);
  const { distanceMax, ratioWindows } = options;
  const sums = sumByDistance(cells, rows, options);
  const calls = sumOf(sums.calls, rows.length);
  const puts = sumOf(sums.puts, rows.length);
  const callsPremium = sumOf(sums.callsPremium, rows.length);
  const putsPremium = sumOf(sums.putsPremium, rows.length);
  const ratio = byRow(calls, puts, putCallRatio);
  const direction = byRow(calls, puts, (c, p) => Math.sign(p - c));
  const atm = { calls: sums.calls[distanceMax]!, puts: sums.puts[distanceMax]! };

  const all = new Map<string, Float64Array>([
    ["calls_sold_total", calls],
    ["puts_sold_total", puts],
    ["calls_premium_total", callsPremium],
    ["puts_premium_total", putsPremium],
    ["pc_ratio", ratio],
    ["imbalance", byRow(calls, puts, (c, p) => c - p)],
    ["dealer_sold_premium_imbalance", byRow(callsPremium, putsPremium, (c, p) => (p - c) / (p + c + EPSILON))],
    ["atm_calls", atm.calls],
    ["atm_puts", atm.puts],
    ["atm_pc_ratio", byRow(atm.calls, atm.puts, putCallRatio)],
    ["atm_imbalance", byRow(atm.calls, atm.puts, (c, p) => c - p)],
    ["mm_profit_dir_simple", direction],
    ["divergence_score", divergence(rows.close, direction)],
  ]);
  for (const window of ratioWindows) all.set(soldFlowRatioName(window), rollingMean(ratio, window));
  for (let k = -distanceMax; k <= distanceMax; k++) {
    const [place, name] = [k + distanceMax, distanceName(k)];
    all.set(`calls_sold_${name}`, sums.calls[place]!);
    all.set(`puts_sold_${name}`, sums.puts[place]!);
    all.set(`calls_premium_${name}`, sums.callsPremium[place]!);
    all.set(`puts_premium_${name}`, sums.putsPremium[place]!);
  }
  return new Map(planFlowColumns(options).map(({ name }) => [name, all.get(name)!]));
}

const putCallRatio = (calls: number, puts: number): number => (puts + EPSILON) / (calls + EPSILON);

const byRow = (a: Float64Array, b: Float64Array, value: (a: number, b: number) => number): Float64Array =>
  a.map((left, row) => value(left, b[row]!));

function sumOf(columns: readonly Float64Array[], length: number): Float64Array {
  const total = new Float64Array(length);
  for (const column of columns) for (let row = 0; row < length; row++) total[row]! += column[row]!;
  return total;
}

function divergence(close: Float64Array, direction: Float64Array): Float64Array {
  const score = new Float64Array(close.length).fill(Number.NaN);
  // Adding 0 turns -0 into 0.
  for (let row = 1; row < score.length; row++) score[row] = -Math.sign(close[row]! - close[row - 1]!) * direction[row]! + 0;
  return score;
}
