import { SigmaError } from "../errors/sigma-error.ts";
import type { Axes, GridContext, Labelled } from "./axes.ts";
import { classicAxes } from "./classic-form.ts";
import { type Choice, customAxes } from "./custom-axes.ts";
import { SIMPLE_GRID } from "./simple-grid.schema.ts";
import { hasGrid, isClassic, type SweepRequest } from "./sweep.schema.ts";
import { requireHourThresholds, requireThreshold } from "./threshold-bounds.ts";
import { UNCHANGED_PARAMS, type Variant, type VariantParams } from "./variant.schema.ts";
import { variantOf } from "./variant-id.ts";

/**
 * The variants of a sweep in a fixed order, equal ones once. Equal requests give equal variants with equal ids.
 *
 * Simple grids: intraday 5 thresholds x 3 sets of hours x 3 shares = 45; daily 3 edges x 3 shares x 3 holding times
 * (half, one and two label horizons) = 27. Sets of hours are cut to the model's allowed hours; empty ones fall away.
 *
 * @throws INVALID_PARAM for a threshold outside its range, an axis that does not fit the model, or when no hours remain
 * @throws UNPROCESSABLE when there are more variants than allowed, or a filter reads a column that the matrix has not
 */
export function planVariants(request: SweepRequest, context: GridContext): Variant[] {
  const mode = request.threshold_mode ?? (context.cadence === "daily" ? "edge" : "probability");
  const axes = axesOf(request, context, mode);
  checkThresholds(axes, mode, context);
  const hours = insideAllowed(axes.hours, context.allowedHours);
  const dimensions = [
    axes.thresholds.map(({ value, group }): Choice => ({ set: { threshold: value }, group })),
    (axes.rest.hour_thresholds ?? ["none" as const]).map((map): Choice => ({ set: { hour_thresholds: map === "none" ? null : map } })),
    hours.map(({ value, group }): Choice => ({ set: { hours: value as VariantParams["hours"] }, group })),
    axes.topPct.map(({ value, group }): Choice => ({ set: { top_pct: value }, group })),
    ...customAxes(axes.rest, context),
  ];
  checkCount(dimensions, context.maxVariants);

  const variants = new Map<string, Variant>();
  for (const choices of product(dimensions)) {
    const params: VariantParams = { ...UNCHANGED_PARAMS, threshold_mode: mode, group: groupOf(choices) };
    for (const { set } of choices) Object.assign(params, set);
    const variant = variantOf(params, context.labelHorizonBars);
    if (!variants.has(variant.variant_id)) variants.set(variant.variant_id, variant);
  }
  return [...variants.values()];
}

/** Every choice of one value an axis, the last axis fastest. */
function* product(dimensions: readonly (readonly Choice[])[]): Generator<readonly Choice[]> {
  const total = dimensions.reduce((count, axis) => count * axis.length, 1);
  for (let index = 0; index < total; index += 1) {
    let rest = index;
    const chosen: Choice[] = [];
    for (const axis of dimensions.toReversed()) {
      chosen.unshift(axis[rest % axis.length]!);
      rest = Math.floor(rest / axis.length);
    }
    yield chosen;
  }
}

function axesOf(request: SweepRequest, context: GridContext, mode: VariantParams["threshold_mode"]): Axes {
  if (isClassic(request)) return classicAxes(request);
  const custom = request.axes;
  if (custom !== undefined && hasGrid(custom))
    return {
      thresholds: (custom.thresholds ?? [null]).map(unlabelled<number | null>),
      hours: (custom.allowed_hours ?? ["all" as const]).map((set) => unlabelled(set === "all" ? null : set)),
      topPct: (custom.top_pct ?? [null]).map(unlabelled<number | null>),
      rest: custom,
    };
  const preset = request.preset ?? "balanced";
  const thresholds = SIMPLE_GRID[mode][preset].map(unlabelled);
  if (context.cadence === "intraday")
    return { thresholds, hours: SIMPLE_GRID.hours.map(unlabelled), topPct: SIMPLE_GRID.topIntraday[preset].map(unlabelled), rest: {} };
  const horizon = context.labelHorizonBars;
  const holds: [number, ...number[]] = [Math.ceil(horizon / 2), horizon, 2 * horizon];
  return { thresholds, hours: [unlabelled(null)], topPct: SIMPLE_GRID.topDaily[preset].map(unlabelled), rest: { hold_bars: holds } };
}

const unlabelled = <T>(value: T): Labelled<T> => ({ value, group: null });

const groupOf = (choices: readonly Choice[]): string | null => {
  const named = choices.flatMap(({ group }) => group ?? []);
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

function checkCount(axes: readonly (readonly unknown[])[], maxVariants: number): void {
  const count = axes.reduce((total, axis) => total * axis.length, 1);
  if (count <= maxVariants) return;
  throw new SigmaError("UNPROCESSABLE", `The sweep has "${count}" variants, at most "${maxVariants}" are allowed. Shorten an axis.`, {
    variants: count,
    max_variants: maxVariants,
  });
}
