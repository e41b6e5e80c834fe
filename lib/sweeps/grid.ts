import { SigmaError } from "../errors/sigma-error.ts";
import type { Axes, Labelled } from "./axes.ts";
import { classicAxes } from "./classic-form.ts";
import { isClassic, type SweepRequest } from "./sweep.schema.ts";
import { requireHourThresholds, requireThreshold } from "./threshold-bounds.ts";
import type { Variant, VariantParams } from "./variant.schema.ts";
import { variantOf } from "./variant-id.ts";

/** What the grid must know of the model. */
export interface GridContext {
  readonly cadence: "intraday" | "daily";
  /** N: bars from the decision to the end of the label. */
  readonly labelHorizonBars: number;
  /** Classes of the label: 2, or 3 with FLAT. */
  readonly classes: number;
  /** Hours in which the model may trade at all; null = all. Every variant's hours stay inside. */
  readonly allowedHours: readonly number[] | null;
  /** Most variants that the plan allows, 3,000 at most. */
  readonly maxVariants: number;
}

type Preset = NonNullable<SweepRequest["preset"]>;

/** The balanced preset is the simple grid; the others are the selective and the open end of it, in finer steps. */
const PROBABILITIES: Readonly<Record<Preset, readonly number[]>> = {
  conservative: [0.6, 0.625, 0.65, 0.675, 0.7],
  balanced: [0.5, 0.55, 0.6, 0.65, 0.7],
  aggressive: [0.5, 0.525, 0.55, 0.575, 0.6],
};
const EDGES: Readonly<Record<Preset, readonly number[]>> = {
  conservative: [0.1, 0.15, 0.2, 0.25],
  balanced: [0, 0.1, 0.25],
  aggressive: [0, 0.025, 0.05, 0.1],
};
const TOP_INTRADAY: Readonly<Record<Preset, readonly number[]>> = { conservative: [0.05], balanced: [0.05, 0.1, 0.15], aggressive: [0.15] };
const TOP_DAILY: Readonly<Record<Preset, readonly number[]>> = { conservative: [0.15], balanced: [0.15, 0.35, 1], aggressive: [1] };
const HOURS: readonly (readonly number[] | null)[] = [[9, 10], [13, 14, 15], null];

/**
 * The variants of a sweep in a fixed order, equal ones once. Equal requests give equal variants with equal ids.
 *
 * Simple grids: intraday 5 thresholds x 3 sets of hours x 3 shares = 45; daily 3 edges x 3 shares x 3 holding times
 * (half, one and two label horizons) = 27. Sets of hours are cut to the model's allowed hours; empty ones fall away.
 *
 * @throws INVALID_PARAM for a threshold outside its range or when no hours remain
 * @throws UNPROCESSABLE when there are more variants than allowed
 */
export function planVariants(request: SweepRequest, context: GridContext): Variant[] {
  const mode = request.threshold_mode ?? (context.cadence === "daily" ? "edge" : "probability");
  const axes = axesOf(request, context, mode);
  checkThresholds(axes, mode, context);
  const hours = insideAllowed(axes.hours, context.allowedHours);
  const { hour_thresholds, hold_bars, stop_loss, take_profit, time_stop, momentum_min, slippage } = axes.rest;
  checkCount(
    [axes.thresholds, hour_thresholds, hours, axes.topPct, hold_bars, stop_loss, take_profit, time_stop, momentum_min, slippage],
    context.maxVariants,
  );

  const variants = new Map<string, Variant>();
  for (const threshold of axes.thresholds)
    for (const byHour of hour_thresholds ?? ["none" as const])
      for (const set of hours)
        for (const top of axes.topPct)
          for (const hold of hold_bars ?? [null])
            for (const stop of stop_loss ?? [null])
              for (const target of take_profit ?? [null])
                for (const timeStop of time_stop ?? [null])
                  for (const momentum of momentum_min ?? [null])
                    for (const slip of slippage ?? [null]) {
                      const params: VariantParams = {
                        threshold_mode: mode,
                        threshold: threshold.value,
                        hour_thresholds: byHour === "none" ? null : byHour,
                        top_pct: top.value,
                        hours: set.value === null ? null : ([...set.value] as VariantParams["hours"]),
                        hold_bars: hold,
                        stop_loss: stop,
                        take_profit: target,
                        time_stop_bars: timeStop,
                        momentum_min: momentum,
                        slippage: slip,
                        group: groupOf(threshold.group, set.group, top.group),
                      };
                      const variant = variantOf(params, context.labelHorizonBars);
                      if (!variants.has(variant.variant_id)) variants.set(variant.variant_id, variant);
                    }
  return [...variants.values()];
}

function axesOf(request: SweepRequest, context: GridContext, mode: VariantParams["threshold_mode"]): Axes {
  if (isClassic(request)) return classicAxes(request);
  const custom = request.axes;
  if (custom !== undefined)
    return {
      thresholds: (custom.thresholds ?? [null]).map(unlabelled<number | null>),
      hours: (custom.allowed_hours ?? ["all" as const]).map((set) => unlabelled(set === "all" ? null : set)),
      topPct: (custom.top_pct ?? [null]).map(unlabelled<number | null>),
      rest: custom,
    };
  const preset = request.preset ?? "balanced";
  const thresholds = (mode === "edge" ? EDGES : PROBABILITIES)[preset].map(unlabelled);
  if (context.cadence === "intraday")
    return { thresholds, hours: HOURS.map(unlabelled), topPct: TOP_INTRADAY[preset].map(unlabelled), rest: {} };
  const horizon = context.labelHorizonBars;
  const holds: [number, ...number[]] = [Math.ceil(horizon / 2), horizon, 2 * horizon];
  return { thresholds, hours: [unlabelled(null)], topPct: TOP_DAILY[preset].map(unlabelled), rest: { hold_bars: holds } };
}

const unlabelled = <T>(value: T): Labelled<T> => ({ value, group: null });

const groupOf = (...groups: (string | null)[]): string | null => {
  const named = groups.filter((group) => group !== null);
  return named.length === 0 ? null : named.join(" | ").slice(0, 200);
};

function checkThresholds({ thresholds, rest }: Axes, mode: VariantParams["threshold_mode"], context: GridContext): void {
  const terms = { mode, classes: context.classes, daily: context.cadence === "daily" };
  for (const { value } of thresholds) if (value !== null) requireThreshold(value, terms, "thresholds");
  for (const map of rest.hour_thresholds ?? []) if (map !== "none") requireHourThresholds(map, terms, "axes.hour_thresholds");
}

function insideAllowed(sets: Axes["hours"], allowed: readonly number[] | null): Axes["hours"] {
  if (allowed === null) return sets;
  const inside = sets
    .map(({ value, group }) => ({ value: value === null ? allowed : value.filter((hour) => allowed.includes(hour)), group }))
    .filter(({ value }) => value.length > 0);
  if (inside.length > 0) return inside;
  throw new SigmaError(
    "INVALID_PARAM",
    `No set of hours of the sweep lies in the model's allowed hours "${allowed.join(",")}". Change allowed_hours of either.`,
    { allowed: allowed.join(",") },
    { fieldErrors: [{ path: "allowed_hours", issue: `must share an hour with ${allowed.join(",")}` }] },
  );
}

function checkCount(axes: readonly (readonly unknown[] | undefined)[], maxVariants: number): void {
  const count = axes.reduce((product, axis) => product * (axis?.length ?? 1), 1);
  if (count <= maxVariants) return;
  throw new SigmaError("UNPROCESSABLE", `The sweep has "${count}" variants, at most "${maxVariants}" are allowed. Shorten an axis.`, {
    variants: count,
    max_variants: maxVariants,
  });
}
