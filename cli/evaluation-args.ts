import { ROBUSTNESS_LEVELS } from "#lib/backtest/robustness/robustness.schema.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { CALIBRATIONS } from "#lib/learners/learner.schema.ts";
import { UsageError } from "./failure.ts";
import { SPLIT_ARGS, splitsBody } from "./split-args.ts";
import { hourNumbers, numberList, numberOf, oneOf } from "./values.ts";

/** Options of a backtest, by itself or as a pipeline's evaluation. */
export const EVALUATION_ARGS = {
  thresholds: { type: "string", valueHint: "0,0.1,0.2", description: "Thresholds to evaluate; the neutral one when absent" },
  "threshold-mode": { type: "string", valueHint: "edge|probability", description: "What a threshold is held against" },
  "top-pct": { type: "string", valueHint: "0.2", description: "Trade only the top share of decisions, 0 to 1" },
  "hour-thresholds": {
    type: "string",
    valueHint: "10=0.6,11=0.65",
    description: "Thresholds by New York hour; other hours take the threshold",
  },
  ...SPLIT_ARGS,
  hours: { type: "string", valueHint: "9,10", description: "New York hours of the bars that may open a trade" },
  calibration: { type: "string", valueHint: CALIBRATIONS.join("|"), description: "Calibration of the probabilities" },
  gated: { type: "boolean", description: "Momentum gate: no trade against a momentum score below --momentum-min" },
  "momentum-min": { type: "string", valueHint: "0.1", description: "Least signed score of the momentum gate" },
  "momentum-column": { type: "string", valueHint: "column", description: "The score's column (default: momentum_score_total)" },
  "size-by-conf": { type: "boolean", description: "Size trades by the model's confidence" },
  "conf-cap": { type: "string", valueHint: "1", description: "Most of a full size that confidence may reach, 0 to 1" },
  robustness: {
    type: "string",
    valueHint: ROBUSTNESS_LEVELS.join("|"),
    description: "How hard the best result is questioned (default: quick); full fits nine times more",
  },
  tag: { type: "string", valueHint: "word", description: "A word to find the results by" },
} as const;

type EvaluationArgs = {
  readonly [name in keyof typeof EVALUATION_ARGS]?:
    | ((typeof EVALUATION_ARGS)[name]["type"] extends "boolean" ? boolean : string)
    | undefined;
};

/**
 * The request's fields; what is not said is left to the model and its policy.
 *
 * @throws UsageError naming the option that cannot be read, or that does nothing without another
 */
export function evaluationBody(args: EvaluationArgs): { readonly [field: string]: Json } {
  const stray = (["momentum-min", "momentum-column"] as const).find((option) => args[option] !== undefined);
  if (stray !== undefined && args.gated !== true) throw new UsageError(`--${stray} goes with --gated, which turns the momentum gate on.`);
  const given: { readonly [field: string]: Json | undefined } = {
    thresholds: args.thresholds === undefined ? undefined : numberList("thresholds", args.thresholds),
    threshold_mode:
      args["threshold-mode"] === undefined ? undefined : oneOf("threshold-mode", args["threshold-mode"], ["edge", "probability"]),
    top_pct: args["top-pct"] === undefined ? undefined : numberOf("top-pct", args["top-pct"]),
    hour_thresholds: args["hour-thresholds"] === undefined ? undefined : hourNumbers("hour-thresholds", args["hour-thresholds"]),
    ...splitsBody(args),
    allowed_hours: args.hours === undefined ? undefined : numberList("hours", args.hours),
    calibration: args.calibration === undefined ? undefined : oneOf("calibration", args.calibration, CALIBRATIONS),
    momentum_gate: args.gated === true ? true : undefined,
    momentum_min: args["momentum-min"] === undefined ? undefined : numberOf("momentum-min", args["momentum-min"]),
    momentum_column: args["momentum-column"],
    size_by_conf: args["size-by-conf"] === true ? true : undefined,
    conf_cap: args["conf-cap"] === undefined ? undefined : numberOf("conf-cap", args["conf-cap"]),
    robustness: args.robustness === undefined ? undefined : oneOf("robustness", args.robustness, ROBUSTNESS_LEVELS),
    tag: args.tag,
  };
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
