import type { GridContext } from "#lib/sweeps/axes.ts";
import { SweepRequestSchema } from "#lib/sweeps/sweep.schema.ts";

export const daily: GridContext = {
  cadence: "daily",
  labelHorizonBars: 5,
  classes: 2,
  allowedHours: null,
  instrument: "stocks",
  columns: new Set(["close", "vix_level", "sma_200", "vol_ratio_20", "adx_14"]),
  maxVariants: 3000,
};
export const intraday: GridContext = { ...daily, cadence: "intraday", labelHorizonBars: 1 };

export const requestWith = (changes: object = {}) =>
  SweepRequestSchema.parse({ model_id: "spx_eq_swing_daily", pack_id: "swingsigma", ...changes });
