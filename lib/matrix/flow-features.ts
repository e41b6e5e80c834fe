import { NYSE } from "../core/calendar.ts";
import type { ModelConfig } from "../models/model-config.schema.ts";
import { yearsToExpiry } from "../options/expiry-time.ts";
import type { FlowColumn } from "../options/flow/flow-column.ts";
import { flowColumns, planFlowColumns } from "../options/flow/flow-columns.ts";
import { type FlowOptions, resolveFlowOptions } from "../options/flow/flow-options.ts";
import { planSignedFlowColumns, signedFlowColumns } from "../options/flow/signed-flow-columns.ts";
import { resolveSignedFlowOptions, type SignedFlowOptions } from "../options/flow/signed-options.ts";
import type { AdjustedBars } from "./adjusted-bars.ts";
import type { MatrixData } from "./matrix-data.ts";

/** Which columns of same-day option flow become features. */
export interface FlowFeatures {
  readonly volume: FlowOptions;
  /** Those that count by who started a trade; null = none. */
  readonly signed: SignedFlowOptions | null;
}

/** Indicators whose columns the signed flow's dealer measures are valued with, by role. */
export const DEALER_INDICATORS = {
  dealer_volatility: { name: "atm_iv", days: 0 },
  dealer_move: { name: "implied_move", days: 0 },
} as const;

/** Nobody's yield matters over hours: the dealers' book of same-day contracts is valued without one. */
const NO_RATE = 0;

/** What a configuration's switches ask for; null = no flow. @throws INVALID_PARAM */
export function flowFeaturesOf({ flow, dealer }: Pick<ModelConfig["features"], "flow" | "dealer">): FlowFeatures | null {
  if (flow == null && dealer == null) return null;
  const groups = {
    perDistance: flow?.per_distance ?? false,
    totals: flow?.totals ?? false,
    ratios: flow?.ratios ?? false,
    atm: flow?.atm ?? false,
    ...(flow == null ? {} : { distanceMax: flow.distance_max }),
  };
  return {
    volume: resolveFlowOptions({
      ...groups,
      flowSide: flow?.flow_side ?? "volume",
      mmProfitDirSimple: dealer?.mm_profit_dir_simple ?? false,
      divergenceScore: dealer?.divergence_score ?? false,
    }),
    signed: flow?.signed === true ? resolveSignedFlowOptions({ ...groups, dealer: dealer != null }) : null,
  };
}

/** The features' columns in order, with unit and version. */
export const flowFeatureColumns = ({ volume, signed }: FlowFeatures): readonly FlowColumn[] => [
  ...planFlowColumns(volume),
  ...(signed === null ? [] : planSignedFlowColumns(signed)),
];

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
