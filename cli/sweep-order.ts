import { RISK_PROFILES } from "#lib/policies/risk-budget.schema.ts";
import type { ApiClient, JsonObject } from "./api-client.ts";
import { UsageError } from "./failure.ts";
import { packOf } from "./find-model.ts";
import { SPLIT_ARGS, splitsBody } from "./split-args.ts";
import { axesBody, readAxes } from "./sweep-axes.ts";
import { readSweepConfig } from "./sweep-config.ts";
import { numberOf, oneOf, wholeNumber } from "./values.ts";

/** Options that say what a sweep tries; a file says all of it itself. */
export const GRID_ARGS = {
  preset: { type: "string", valueHint: RISK_PROFILES.join("|"), description: "Part of the simple grid" },
  axes: {
    type: "string",
    valueHint: "thresholds=0,0.1;hold_bars=3,5",
    description: "A grid of your own: axis=values, axes separated by semicolons, or a JSON object",
  },
  thresholds: { type: "string", valueHint: "0.5,0.52", description: "Classic grid: thresholds" },
  hours: { type: "string", valueHint: "9,10;13,14,15", description: "Classic grid: sets of New York hours, separated by semicolons" },
  "top-pct": { type: "string", valueHint: "0.1,0.15", description: "Classic grid: top shares of decisions" },
  "hours-scope": {
    type: "string",
    valueHint: "trade|train",
    description: "train: each set of hours is fitted on its own rows; trade (the default): hours filter trades only",
  },
  "threshold-mode": { type: "string", valueHint: "edge|probability", description: "What a threshold is held against" },
  ...SPLIT_ARGS,
  "min-trades": { type: "string", valueHint: "20", description: "Variants with fewer trades are kept but not ranked" },
  "min-sharpe": { type: "string", valueHint: "0.5", description: "Variants below are kept but not ranked" },
  tag: { type: "string", valueHint: "word", description: "A word to find the results by" },
} as const;

type GridArgs = { readonly [name in keyof typeof GRID_ARGS | "model" | "pack"]?: string | undefined };

interface SweepOrder {
  readonly model: string;
  /** The body of `POST /sweeps`. */
  readonly body: JsonObject;
  /** The window to build the matrix over first; empty = the matrix as it is. */
  readonly window: JsonObject;
  /** A problem with where its fields stand, if they stand in a file. */
  readonly located: (error: unknown) => unknown;
}

/** @throws UsageError naming the option that cannot be read; NOT_FOUND with the nearest model */
export async function orderOf(client: ApiClient, args: GridArgs): Promise<SweepOrder> {
  const { model } = args;
  if (model === undefined) throw new UsageError('"sigma sweep" needs MODEL, or --config with a file. See: sigma sweep --help');
  const body = {
    pack_id: await packOf(client, model, args.pack),
    model_id: model,
    ...(args.axes === undefined ? {} : axesBody(readAxes(args.axes))),
    ...(args.thresholds === undefined ? {} : { thresholds_variants: [args.thresholds] }),
    ...(args.hours === undefined ? {} : { allowed_hours_variants: args.hours.split(";").map((set) => set.trim()) }),
    ...(args["top-pct"] === undefined ? {} : { top_pct_variants: [args["top-pct"]] }),
    ...(args["hours-scope"] === undefined ? {} : { hours_scope: oneOf("hours-scope", args["hours-scope"], ["trade", "train"]) }),
    ...(args.preset === undefined ? {} : { preset: oneOf("preset", args.preset, RISK_PROFILES) }),
    ...(args["threshold-mode"] === undefined
      ? {}
      : { threshold_mode: oneOf("threshold-mode", args["threshold-mode"], ["edge", "probability"]) }),
    ...splitsBody(args),
    ...(args["min-trades"] === undefined ? {} : { min_trades: wholeNumber("min-trades", args["min-trades"], 0, 1_000_000) }),
    ...(args["min-sharpe"] === undefined ? {} : { min_sharpe: numberOf("min-sharpe", args["min-sharpe"]) }),
    ...(args.tag === undefined ? {} : { tag: args.tag }),
  };
  return { model, body, window: {}, located: (error) => error };
}

/** @throws UsageError for an option that the file says itself; INVALID_PARAM with line and path of what is wrong in it */
export async function configOrder(file: string, args: GridArgs): Promise<SweepOrder> {
  const besides = (["model", "pack", ...Object.keys(GRID_ARGS)] as (keyof GridArgs)[]).find((name) => args[name] !== undefined);
  if (besides !== undefined)
    throw new UsageError(
      `--config says everything itself; found ${besides === "model" ? "MODEL" : `--${besides}`} besides. Leave one out.`,
    );
  const { request, window, located } = await readSweepConfig(file);
  return { model: String(request["model_id"]), body: request, window, located };
}
