import { NYSE } from "../core/calendar.ts";
import { yearsToExpiry } from "../options/expiry-time.ts";
import { flowColumns } from "../options/flow/flow-columns.ts";
import type { FlowFeatures } from "../options/flow/flow-features.ts";
import { signedFlowColumns } from "../options/flow/signed-flow-columns.ts";
import type { AdjustedBars } from "./adjusted-bars.ts";
import type { MatrixData } from "./matrix-data.ts";

/** Indicators whose columns the signed flow's dealer measures are valued with, by role. */
export const DEALER_INDICATORS = {
  dealer_volatility: { name: "atm_iv", days: 0 },
  dealer_move: { name: "implied_move", days: 0 },
} as const;

/** Nobody's yield matters over hours: the dealers' book of same-day contracts is valued without one. */
const NO_RATE = 0;

/** What the flow is laid beside. */
interface FlowGround {
  readonly adjusted: AdjustedBars;
  readonly sessionDate: Float64Array;
}

/**
 * The columns of same-day flow beside a matrix's rows: all that the features name, and the totals and ratios that indicators
 * read. Null without flow data.
 *
 * @param features - null when only indicators read the flow
 */
export function flowColumnsBeside(
  { series: { bars }, flow }: MatrixData,
  features: FlowFeatures | null,
  { adjusted, sessionDate }: FlowGround,
): ReadonlyMap<string, Float64Array> | null {
  if (flow === null) return null;
  const wanted = features?.volume ?? {};
  const rows = {
    length: bars.length,
    barStart: bars.start,
    previousClose: previousCloses(adjusted, sessionDate),
    close: adjusted.close,
  };
  return flowColumns(flow.cells, rows, {
    ...wanted,
    totals: true,
    ratios: true,
    atm: true,
    mmProfitDirSimple: true,
    divergenceScore: true,
  });
}

/** The signed columns that the features name; empty without. @param known - the dealers' columns by role, NaN where unknown */
export function signedColumnsBeside(
  { series: { bars }, flow }: MatrixData,
  features: FlowFeatures | null,
  { adjusted, sessionDate }: FlowGround,
  known: ReadonlyMap<string, Float64Array>,
): ReadonlyMap<string, Float64Array> {
  const signed = features?.signed ?? null;
  if (flow === null || signed === null) return new Map();
  const raw = (column: Float64Array): Float64Array => column.map((price, row) => price / adjusted.scale[row]!);
  const spot = raw(adjusted.close);
  const unknown = (): Float64Array => new Float64Array(bars.length).fill(Number.NaN);
  const move = known.get("dealer_move") ?? unknown();
  const rows = {
    length: bars.length,
    barStart: bars.start,
    barEnd: bars.end,
    sessionDate,
    spotAtStart: raw(adjusted.open),
    spot,
    sessionOpen: sessionOpens(raw(adjusted.open), sessionDate),
    years: Float64Array.from(bars.end, (time, row) => yearsToExpiry(time, sessionDate[row]!)),
    volatility: known.get("dealer_volatility") ?? unknown(),
    straddle: move.map((share, row) => share * spot[row]!),
    rate: new Float64Array(bars.length).fill(NO_RATE),
    dividendYield: new Float64Array(bars.length).fill(NO_RATE),
  };
  return signedFlowColumns(flow.cells, rows, flow.listed, signed);
}

/** For each row the close of the session before, as of the row: raw, but for actions since. NaN where that session is missing. */
function previousCloses({ close, scale }: AdjustedBars, sessionDate: Float64Array): Float64Array {
  const out = new Float64Array(close.length).fill(Number.NaN);
  let before = Number.NaN;
  let last = Number.NaN;
  for (let row = 0; row < out.length; row++) {
    const date = sessionDate[row]!;
    if (row > 0 && sessionDate[row - 1] !== date) before = NYSE.previousSession(date) === sessionDate[row - 1] ? last : Number.NaN;
    out[row] = before / scale[row]!;
    if (!Number.isNaN(close[row]!)) last = close[row]!;
  }
  return out;
}

function sessionOpens(open: Float64Array, sessionDate: Float64Array): Float64Array {
  let first = Number.NaN;
  return open.map((price, row) => {
    if (row === 0 || sessionDate[row] !== sessionDate[row - 1]) first = price;
    return first;
  });
}
