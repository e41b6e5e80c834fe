/** What the form of a calibration holds; names are those of the requests. */
export interface CalibrateDraft {
  readonly kind: "thresholds" | "brackets";
  readonly threshold_mode?: "probability" | "edge" | undefined;
  readonly min_trades?: number | undefined;
  readonly thresholds: readonly (number | string)[];
  /** Undefined where bars have no hours. */
  readonly per_hour?: boolean | undefined;
  readonly shrinkage?: number | undefined;
  readonly threshold?: number | undefined;
  readonly stop_loss: readonly (number | string)[];
  readonly take_profit: readonly (number | string)[];
  readonly time_stop: readonly (number | string)[];
}

/** Fields that an objection can stand beside. */
export const CALIBRATE_FIELDS = [
  "threshold_mode",
  "min_trades",
  "thresholds",
  "per_hour",
  "shrinkage",
  "threshold",
  "stop_loss",
  "take_profit",
  "time_stop",
] as const;

/** The request, without what is not said. */
export function calibrationOf(
  { kind, threshold_mode, min_trades, thresholds, per_hour, shrinkage, threshold, stop_loss, take_profit, time_stop }: CalibrateDraft,
  ids: { readonly pack_id: string; readonly model_id: string },
): Record<string, unknown> {
  const own = kind === "thresholds" ? { thresholds, per_hour, shrinkage } : { threshold, stop_loss, take_profit, time_stop };
  return Object.fromEntries(
    Object.entries({ ...ids, threshold_mode, min_trades, ...own }).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
