import { labelHorizonBars, tradedClasses } from "../matrix/label.schema.ts";
import type { ModelConfig } from "../models/model-config.schema.ts";
import type { GridContext } from "./axes.ts";

/** Most variants of one sweep. */
export const MOST_VARIANTS = 3000;

/** What a sweep's grid must know of the model. */
export const gridContextOf = (config: ModelConfig, columns: GridContext["columns"]): GridContext => ({
  cadence: config.cadence === "daily" ? "daily" : "intraday",
  labelHorizonBars: labelHorizonBars(config.label, config.cadence),
  classes: tradedClasses(config.label).length,
  allowedHours: config.allowed_hours,
  instrument: config.instrument,
  columns,
  maxVariants: MOST_VARIANTS,
});
