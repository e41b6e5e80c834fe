import type { GridContext } from "#lib/sweeps/grid.ts";
import { SweepRequestSchema } from "#lib/sweeps/sweep.schema.ts";

export const daily: GridContext = { cadence: "daily", labelHorizonBars: 5, classes: 2, allowedHours: null, maxVariants: 3000 };
export const intraday: GridContext = { ...daily, cadence: "intraday", labelHorizonBars: 1 };

export const requestWith = (changes: object = {}) =>
  SweepRequestSchema.parse({ model_id: "spx_eq_swing_daily", pack_id: "swingsigma", ...changes });
