import type { FlowCells } from "../../core/option-data.ts";
import { type DealerRows, dealerColumns } from "./dealer-columns.ts";
import { distanceName, type FlowColumn, flowColumn } from "./flow-column.ts";
import { resolveSignedFlowOptions, type SignedFlowOptions } from "./signed-options.ts";
import { type ListedStrikes, type SignedSums, sumSigned } from "./signed-sums.ts";

/** The columns that these options give, in order, with their units. @throws INVALID_PARAM */
export function planSignedFlowColumns(given: Partial<SignedFlowOptions> = {}): readonly FlowColumn[] {
  return plan(resolveSignedFlowOptions(given));
}

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
  return new Map(plan(options).map(({ name }) => [name, all.get(name)!]));
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

function plan(options: SignedFlowOptions): FlowColumn[] {
  const { perDistance, totals, ratios, atm, dealer, distanceMax, inTheMoney } = options;
  const least = inTheMoney ? -distanceMax : 0;
  const distances = perDistance ? Array.from({ length: distanceMax - least + 1 }, (_, i) => i + least) : [];
  const contracts = (name: string, doc: string) => flowColumn(`${name}_signed`, "contracts", doc);
  const ratio = (name: string, doc: string) => flowColumn(`${name}_signed`, "ratio", doc);
  return [
    flowColumn("flow_classified_share", "ratio", "Share of the bar's volume whose side is known"),
    ...distances.flatMap((k) => {
      const [name, place] = [distanceName(k), `${Math.abs(k)} strikes ${k < 0 ? "in" : "out of"} the money`];
      return [
        contracts(`calls_sold_${name}`, `Calls that sellers started, ${place}`),
        contracts(`puts_sold_${name}`, `Puts that sellers started, ${place}`),
        contracts(`calls_bought_${name}`, `Calls that buyers started, ${place}`),
        contracts(`puts_bought_${name}`, `Puts that buyers started, ${place}`),
      ];
    }),
    ...(totals
      ? [
          contracts("calls_sold_total", "Calls that sellers started at all distances"),
          contracts("puts_sold_total", "Puts that sellers started at all distances"),
          contracts("calls_bought_total", "Calls that buyers started at all distances"),
          contracts("puts_bought_total", "Puts that buyers started at all distances"),
        ]
      : []),
    ...(ratios
      ? [
          ratio("sold_ratio", "Calls sold over calls and puts sold"),
          ratio("sold_flow_ratio", "Calls less puts sold, over both"),
          ratio("call_sell_share", "Calls sold over calls sold and bought"),
          ratio("put_sell_share", "Puts sold over puts sold and bought"),
          ratio("flow_imbalance", "Calls bought less sold, minus puts bought less sold, over all of them"),
        ]
      : []),
    ...(atm
      ? [
          contracts("atm_calls_sold", "Calls that sellers started at the money and one strike above"),
          contracts("atm_puts_sold", "Puts that sellers started at the money and one strike below"),
        ]
      : []),
    ...(dealer
      ? [
          flowColumn("mm_inv_gamma_signed", "usd", "Dollars of gamma for a move of 1 % if dealers took the other side since the open"),
          flowColumn("mm_inv_delta_signed", "shares", "Delta of the same book"),
          flowColumn("mm_inv_charm_signed", "shares", "Change of that delta in one hour"),
          flowColumn("mm_inv_vanna_signed", "shares", "Change of that delta for one volatility point"),
          flowColumn("mm_profit_dir_simple_signed", "index", "Direction of the spot in which that book keeps more premium"),
          flowColumn("divergence_score_signed", "index", "Flow more bullish (above 0) or more bearish than the price since the open"),
        ]
      : []),
  ];
}
