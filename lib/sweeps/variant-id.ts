import { canonicalJson } from "../core/canonical-json.ts";
import { sha256OfJson } from "../core/digest.ts";
import { type HourThresholds, UNCHANGED_PARAMS, type Variant, type VariantParams } from "./variant.schema.ts";

/**
 * The form in which two variants that mean the same are the same: hours ascending without repeats, every share explicit,
 * the label's horizon written out, -0 as 0, and of the thresholds by hour those that say something else than the global one.
 */
export function normalVariant(params: VariantParams, labelHorizonBars: number): VariantParams {
  const { hours, threshold, momentum_min } = params;
  const ordered = hours === null ? null : [...new Set(hours)].sort((a, b) => a - b);
  return {
    ...params,
    threshold: plain(threshold),
    hour_thresholds: normalHours(params),
    top_pct: params.top_pct ?? 1,
    hours: ordered as VariantParams["hours"],
    hold_bars: params.hold_bars ?? labelHorizonBars,
    momentum_min: plain(momentum_min),
    slippage: params.slippage ?? "realistic",
    filters: normalFilters(params),
  };
}

/** Conditions that must all hold have no order, and saying one twice says nothing more. */
function normalFilters({ filters }: VariantParams): VariantParams["filters"] {
  if (filters === null) return null;
  const byText = new Map(filters.map(({ column, op, value }) => [canonicalJson([column, op, value]), { column, op, value }]));
  return [...byText.keys()].sort().map((text) => byText.get(text)!) as VariantParams["filters"];
}

/** Hours ascending, without those that repeat the global threshold or lie outside the variant's hours; null when none is left. */
function normalHours({ hour_thresholds, threshold, hours }: VariantParams): HourThresholds | null {
  const told = Object.entries(hour_thresholds ?? {})
    .filter(([hour, value]) => value !== threshold && (hours === null || hours.includes(Number(hour))))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([hour, value]) => [hour, plain(value)] as const);
  return told.length === 0 ? null : (Object.fromEntries(told) as HourThresholds);
}

/** Parameters that take part in the identity only where they say something: ids are older than they are. */
const YOUNGER = [
  "hour_thresholds",
  "position_size",
  "max_positions",
  "entry_type",
  "filters",
  "option_type",
  "strike_selection",
  "dte_target",
  "contract_size",
  "composition",
] as const satisfies readonly (keyof VariantParams)[];

/**
 * The identity of a variant: a digest of its normal parameters. `group` does not take part, and neither do the younger
 * parameters where they are null: an id that was given stays.
 */
export function variantOf(params: VariantParams, labelHorizonBars: number): Variant {
  const normal = normalVariant(params, labelHorizonBars);
  const { group: _, ...identity } = normal;
  const told = Object.fromEntries(
    Object.entries(identity).filter(([key, value]) => value !== null || !YOUNGER.some((younger) => younger === key)),
  );
  return { variant_id: sha256OfJson(told).slice(0, 16), params: normal };
}

/** A threshold, by hour or not, and nothing else: the policy's and the label's own values everywhere. */
export function thresholdVariant(
  {
    mode,
    threshold,
    topPct = null,
    hourThresholds = null,
  }: {
    readonly mode: VariantParams["threshold_mode"];
    readonly threshold: number;
    readonly topPct?: number | null;
    readonly hourThresholds?: HourThresholds | null;
  },
  labelHorizonBars: number,
): Variant {
  const params: VariantParams = {
    ...UNCHANGED_PARAMS,
    threshold_mode: mode,
    threshold,
    hour_thresholds: hourThresholds,
    top_pct: topPct,
  };
  return variantOf(params, labelHorizonBars);
}

/** The mode a model trades in unless it is told otherwise: edges at daily cadence, probabilities intraday. */
export const defaultMode = (cadence: string): VariantParams["threshold_mode"] => (cadence === "daily" ? "edge" : "probability");

/** Every row with any preference: the side's probability above even, or above its base rate. */
export const neutralThreshold = (mode: VariantParams["threshold_mode"]): number => (mode === "edge" ? 0 : 0.5);

const plain = (value: number | null): number | null => (value === 0 ? 0 : value);
