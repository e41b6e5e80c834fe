import { labelClasses, labelHorizonBars } from "#lib/matrix/label.schema.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import type { GridContext } from "#lib/sweeps/grid.ts";

/** Most variants of one sweep. */
const MOST_VARIANTS = 3000;

/** What a sweep's grid must know of the model. */
export const gridContextOf = (config: ModelConfig): GridContext => ({
  cadence: config.cadence === "daily" ? "daily" : "intraday",
  labelHorizonBars: labelHorizonBars(config.label, config.cadence),
  classes: labelClasses(config.label).length,
  allowedHours: config.allowed_hours,
  maxVariants: MOST_VARIANTS,
});
