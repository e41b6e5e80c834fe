import { SigmaError } from "#lib/errors/sigma-error.ts";
import { labelHorizonBars, tradedClasses } from "#lib/matrix/label.schema.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import type { CalibrateRequest } from "#lib/sweeps/calibrate.schema.ts";
import { requireThreshold } from "#lib/sweeps/threshold-bounds.ts";
import { UNCHANGED_PARAMS, type Variant, type VariantParams } from "#lib/sweeps/variant.schema.ts";
import { defaultMode, neutralThreshold, variantOf } from "#lib/sweeps/variant-id.ts";

const MOST_CANDIDATES = 3000;

/** The simple grid's range in finer steps. */
const THRESHOLDS = {
  probability: [0.5, 0.525, 0.55, 0.575, 0.6, 0.625, 0.65, 0.675, 0.7],
  edge: [0, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25],
} as const;

/**
 * What a calibration tries, each once and in a fixed order: thresholds for all hours and for each hour, or brackets with
 * none at all first.
 *
 * @param hours - hours of entry bars that the rows have, inside the model's allowed ones; empty at daily cadence
 * @throws INVALID_PARAM for a threshold out of bounds, or thresholds by hour of a daily model
 * @throws UNPROCESSABLE for too many candidates
 */
export function candidatesOf(request: CalibrateRequest, config: ModelConfig, hours: readonly number[]): Variant[] {
  const mode = request.threshold_mode ?? defaultMode(config.cadence);
  const terms = { mode, classes: tradedClasses(config.label).length };
  const params = request.kind === "thresholds" ? thresholdParams(request, mode, config, hours) : bracketParams(request, mode);
  for (const { threshold } of params) if (threshold !== null) requireThreshold(threshold, terms, "thresholds");
  const horizon = labelHorizonBars(config.label, config.cadence);
  const variants = params.map((each) => variantOf({ ...UNCHANGED_PARAMS, threshold_mode: mode, ...each }, horizon));
  const distinct = [...new Map(variants.map((variant) => [variant.variant_id, variant])).values()];
  if (distinct.length <= MOST_CANDIDATES) return distinct;
  throw new SigmaError(
    "UNPROCESSABLE",
    `The calibration has "${distinct.length}" candidates, at most "${MOST_CANDIDATES}" are allowed. Shorten a list.`,
    { candidates: distinct.length, max_candidates: MOST_CANDIDATES },
  );
}

type Tried = Partial<VariantParams> & Pick<VariantParams, "threshold">;

function thresholdParams(
  { thresholds, per_hour }: Extract<CalibrateRequest, { kind: "thresholds" }>,
  mode: VariantParams["threshold_mode"],
  { cadence }: ModelConfig,
  hours: readonly number[],
): Tried[] {
  if (per_hour === true && cadence === "daily") {
    throw new SigmaError(
      "INVALID_PARAM",
      "Hours do not apply to daily bars, so a daily model has no thresholds by hour. Leave per_hour out.",
      { field: "per_hour" },
      { fieldErrors: [{ path: "per_hour", issue: "hours do not apply at daily cadence" }] },
    );
  }
  const tried = (thresholds ?? THRESHOLDS[mode]).toSorted((a, b) => a - b);
  const sets: (VariantParams["hours"] | null)[] = [null, ...(per_hour === false ? [] : hours.map((hour): [number] => [hour]))];
  return sets.flatMap((set) => tried.map((threshold) => ({ threshold, hours: set })));
}

function bracketParams(
  { threshold, stop_loss, take_profit, time_stop }: Extract<CalibrateRequest, { kind: "brackets" }>,
  mode: VariantParams["threshold_mode"],
): Tried[] {
  const level = threshold ?? neutralThreshold(mode);
  const grid = stop_loss.flatMap((stop) =>
    take_profit.flatMap((target) =>
      (time_stop ?? [null]).map((bars) => ({ threshold: level, stop_loss: stop, take_profit: target, time_stop_bars: bars })),
    ),
  );
  return [{ threshold: level }, ...grid];
}
