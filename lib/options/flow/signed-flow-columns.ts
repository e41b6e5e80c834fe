import type { FlowCells } from "../../core/option-data.ts";
import { type DealerRows, dealerColumns } from "./dealer-columns.ts";
import { distanceName } from "./flow-column.ts";
import { planSignedFlowColumns } from "./signed-flow-plan.ts";
import { resolveSignedFlowOptions, type SignedFlowOptions } from "./signed-options.ts";
import { type ListedStrikes, type SignedSums, sumSigned } from "./signed-sums.ts";

/**
 * What buyers and sellers started, from signed trades, as columns beside a matrix's rows. Distances are strikes out of the money
 * from the strike nearest to the spot at the bar's start, so they move with the market, unlike those of `flowColumns`; every name
 * carries `_signed`. `sold` means that a seller hit the bid: it does not tell who opens and who closes, nor who is a customer, and
 * one side in five is misread.
 *
 * @param listed - strikes of each session's chain; a session that is absent is unknown; null: those that have traded in the session
 *   so far stand for it
 * @returns name to column, in the order of `planSignedFlowColumns`; everything in a row is known at the end of its bar
 * @throws INVALID_PARAM for an option, DATA_INVALID when the rows do not ascend
 */
export function signedFlowColumns(
  cells: FlowCells,
  rows: DealerRows,
  listed: ListedStrikes | null,
  given: Partial<SignedFlowOptions> = {},
): Map<string, Float64Array> {
  const options = resolveSignedFlowOptions(given);
  const sums = sumSigned(cells, rows, listed, options);
  const least = options.inTheMoney ? -options.distanceMax : 0;
  const all = new Map<string, Float64Array>([["flow_classified_share", sums.classifiedShare], ...barColumns(sums, least, options)]);
  if (options.dealer) {
    const dealers = dealerColumns(cells, rows, options.minClassifiedShare);
    all.set("mm_inv_gamma_signed", dealers.gammaUsd);
    all.set("mm_inv_delta_signed", dealers.deltaShares);
    all.set("mm_inv_charm_signed", dealers.charmSharesPerHour);
    all.set("mm_inv_vanna_signed", dealers.vannaSharesPerVolPoint);
    all.set("mm_profit_dir_simple_signed", dealers.profitDirection);
    all.set("divergence_score_signed", dealers.divergence);
  }
  return new Map(planSignedFlowColumns(options).map(({ name }) => [name, all.get(name)!]));
}

function barColumns(sums: SignedSums, least: number, { distanceMax, minVolume }: SignedFlowOptions): [string, Float64Array][] {
  const length = sums.classifiedShare.length;
  const total = (columns: readonly Float64Array[], first = 0, end = columns.length) => sumOfListed(columns.slice(first, end), length);
  const near = (columns: readonly Float64Array[]) => total(columns, -least, -least + 2);
  const [cb, cs, pb, ps] = [total(sums.callsBought), total(sums.callsSold), total(sums.putsBought), total(sums.putsSold)];
  const byRow = (value: (row: number) => number) => Float64Array.from({ length }, (_, row) => value(row));
  const columns: [string, Float64Array][] = [
    ["calls_sold_total_signed", cs],
    ["puts_sold_total_signed", ps],
    ["calls_bought_total_signed", cb],
    ["puts_bought_total_signed", pb],
    ["sold_ratio_signed", byRow((i) => (cs[i]! + ps[i]! >= minVolume ? quotient(cs[i]!, cs[i]! + ps[i]!) : Number.NaN))],
    ["sold_flow_ratio_signed", byRow((i) => quotient(cs[i]! - ps[i]!, cs[i]! + ps[i]!))],
    ["call_sell_share_signed", byRow((i) => quotient(cs[i]!, cs[i]! + cb[i]!))],
    ["put_sell_share_signed", byRow((i) => quotient(ps[i]!, ps[i]! + pb[i]!))],
    ["flow_imbalance_signed", byRow((i) => quotient(cb[i]! - cs[i]! - (pb[i]! - ps[i]!), cb[i]! + cs[i]! + pb[i]! + ps[i]!))],
    ["atm_calls_sold_signed", near(sums.callsSold)],
    ["atm_puts_sold_signed", near(sums.putsSold)],
  ];
  for (let k = least; k <= distanceMax; k++) {
    const name = distanceName(k);
    columns.push([`calls_sold_${name}_signed`, sums.callsSold[k - least]!], [`puts_sold_${name}_signed`, sums.putsSold[k - least]!]);
    columns.push(
      [`calls_bought_${name}_signed`, sums.callsBought[k - least]!],
      [`puts_bought_${name}_signed`, sums.putsBought[k - least]!],
    );
  }
  return columns;
}

const quotient = (above: number, below: number): number => (below === 0 ? Number.NaN : above / below);

/** Sum over the distances at which something is listed; NaN where nothing is. */
function sumOfListed(columns: readonly Float64Array[], length: number): Float64Array {
  const total = new Float64Array(length).fill(Number.NaN);
  for (const column of columns) {
    for (let row = 0; row < length; row++) {
      if (!Number.isNaN(column[row]!)) total[row] = (Number.isNaN(total[row]!) ? 0 : total[row]!) + column[row]!;
    }
  }
  return total;
}
