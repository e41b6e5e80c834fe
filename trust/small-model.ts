import type { ModelKind } from "./profiles.ts";

/**
 * A model as its owner would set it for an idea about momentum on few independent labels: measures of past returns, few and shallow
 * trees, no calibration. What finds a planted edge, and what must not find one in noise.
 */
export const SMALL_MODEL: ModelKind = {
  template_id: "swing_eq_daily",
  indicators: ["ret", "dist_to_ema"],
  learner: { calibration: "none", params: { trees: 40, max_depth: 2 } },
};
