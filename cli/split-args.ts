import type { Json } from "#lib/core/canonical-json.ts";
import { UsageError } from "./failure.ts";
import { numberOf, oneOf, wholeNumber } from "./values.ts";

const KINDS = ["walk_forward", "purged_kfold", "cpcv"] as const;

/** Options of every command that evaluates out of sample. */
export const SPLIT_ARGS = {
  "split-kind": {
    type: "string",
    valueHint: "walk_forward|purged_kfold|cpcv",
    description: "How the history is divided; the last two train on later rows too and cannot pass by themselves",
  },
  splits: { type: "string", valueHint: "5", description: "Test blocks of walk_forward or purged_kfold" },
  groups: { type: "string", valueHint: "6", description: "cpcv: groups of rows" },
  "test-groups": { type: "string", valueHint: "2", description: "cpcv: groups that each split tests" },
  "embargo-bars": { type: "string", valueHint: "bars", description: "Bars between training and test" },
  embargo: { type: "string", valueHint: "0.01", description: "The same as a fraction of the rows, 0 to 0.5" },
} as const;

type SplitArgs = { readonly [name in keyof typeof SPLIT_ARGS]?: string | undefined };

/**
 * The request's fields. A number of splits alone stays the classic number.
 *
 * @throws UsageError for an option that the kind does not have
 */
export function splitsBody(args: SplitArgs): { readonly [field: string]: Json } {
  if (args["embargo-bars"] !== undefined && args.embargo !== undefined)
    throw new UsageError("--embargo and --embargo-bars say the same in two ways. Give one of them.");
  const embargo = {
    ...(args["embargo-bars"] === undefined ? {} : { embargo_bars: wholeNumber("embargo-bars", args["embargo-bars"], 0, 100_000) }),
    ...(args.embargo === undefined ? {} : { embargo: numberOf("embargo", args.embargo) }),
  };
  const named = args["split-kind"] === undefined ? undefined : oneOf("split-kind", args["split-kind"], KINDS);
  const kind = named ?? "walk_forward";
  const splits = args.splits === undefined ? undefined : wholeNumber("splits", args.splits, 2, 20);
  if (kind === "cpcv") {
    if (splits !== undefined)
      throw new UsageError("--splits goes with walk_forward and purged_kfold; cpcv takes --groups and --test-groups.");
    const groups = args.groups === undefined ? {} : { n_groups: wholeNumber("groups", args.groups, 3, 20) };
    const tested = args["test-groups"] === undefined ? {} : { k_test: wholeNumber("test-groups", args["test-groups"], 1, 19) };
    return { splits: { kind, ...groups, ...tested }, ...embargo };
  }
  const stray = (["groups", "test-groups"] as const).find((option) => args[option] !== undefined);
  if (stray !== undefined) throw new UsageError(`--${stray} goes with --split-kind cpcv; found ${kind}.`);
  if (named === undefined) return { ...(splits === undefined ? {} : { splits }), ...embargo };
  return { splits: { kind, ...(splits === undefined ? {} : { splits }) }, ...embargo };
}
