import { NYSE } from "../../core/calendar.ts";
import type { FlowCells } from "../../core/option-data.ts";
import { createDealerBook, type DealerBook } from "./dealer-book.ts";
import { createSameBarScore, divergenceScore, priceDeviation } from "./divergence.ts";
import type { SignedFlowRows } from "./signed-sums.ts";

/** What the dealers' columns know of each bar's end beside the flow; NaN = unknown. Prices raw, dollars. */
export interface DealerRows extends SignedFlowRows {
  /** UTC milliseconds. */
  readonly barEnd: Float64Array;
  /** Price of the underlying at the bar's end. */
  readonly spot: Float64Array;
  /** The session's first price. */
  readonly sessionOpen: Float64Array;
  /** From the bar's end to expiry: `yearsToExpiry`. */
  readonly years: Float64Array;
  /** At the money, a fraction a year. */
  readonly volatility: Float64Array;
  /** Middle of the straddle at the money, dollars a share. */
  readonly straddle: Float64Array;
  /** Continuous, a fraction a year. */
  readonly rate: Float64Array;
  readonly dividendYield: Float64Array;
}

/** By row; NaN = unknown. */
export interface DealerColumns {
  readonly gammaUsd: Float64Array;
  readonly deltaShares: Float64Array;
  readonly charmSharesPerHour: Float64Array;
  readonly vannaSharesPerVolPoint: Float64Array;
  readonly profitDirection: Float64Array;
  readonly divergence: Float64Array;
}

/**
 * Values the session's signed flow at each row's end. The book starts empty every morning and takes the cells of every bar up to
 * the row's own, also of bars that are no rows. Unknown before the session's first cell, and while too little of the volume so far
 * is signed.
 */
export function dealerColumns(cells: FlowCells, rows: DealerRows, minClassifiedShare: number): DealerColumns {
  const column = () => new Float64Array(rows.length).fill(Number.NaN);
  const out = {
    gammaUsd: column(),
    deltaShares: column(),
    charmSharesPerHour: column(),
    vannaSharesPerVolPoint: column(),
    profitDirection: column(),
    divergence: column(),
  };
  const usual = createSameBarScore();
  let book: DealerBook = createDealerBook();
  let session = Number.NaN;
  let next = 0;
  for (let row = 0; row < rows.length; row++) {
    if (rows.sessionDate[row] !== session) {
      session = rows.sessionDate[row]!;
      book = createDealerBook();
      const open = NYSE.openOf(session);
      while (next < cells.length && cells.barStart[next]! < open) next++;
    }
    for (; next < cells.length && cells.barStart[next]! <= rows.barStart[row]!; next++) book.add(cells, next);
    if (!(book.classifiedShare() >= minClassifiedShare)) continue;

    const spot = rows.spot[row]!;
    const volatility = rows.volatility[row]!;
    const market = { spot, volatility, years: rows.years[row]!, rate: rows.rate[row]!, dividendYield: rows.dividendYield[row]! };
    const { gammaUsd, deltaShares, charmSharesPerHour, vannaSharesPerVolPoint } = book.inventory(market);
    out.gammaUsd[row] = gammaUsd;
    out.deltaShares[row] = deltaShares;
    out.charmSharesPerHour[row] = charmSharesPerHour;
    out.vannaSharesPerVolPoint[row] = vannaSharesPerVolPoint;
    out.profitDirection[row] = book.profitDirection(spot, (0.5 * rows.straddle[row]!) / spot);

    const open = NYSE.openOf(session);
    const flowZ = usual.next((rows.barStart[row]! - open) / 60_000, book.deltaImbalance(market));
    const priceZ = priceDeviation(spot, rows.sessionOpen[row]!, volatility, (rows.barEnd[row]! - open) / 60_000);
    out.divergence[row] = divergenceScore(flowZ, priceZ);
  }
  return out;
}
