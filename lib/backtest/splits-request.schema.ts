import * as z from "zod";
import { parseOr } from "../errors/parse.ts";
import { CPCV, checkCpcv, PURGED_KFOLD, type Splits, SplitsSchema } from "./splits.schema.ts";

const walkForwardBlocks = z.int().min(2).max(20);

/** How a request says its splits: the classic number of walk-forward blocks, or a kind with its own fields. */
export const SplitsRequestSchema = z
  .union([
    walkForwardBlocks,
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("walk_forward"), splits: walkForwardBlocks.default(5) }),
      z.strictObject(PURGED_KFOLD),
      z.strictObject(CPCV).check(checkCpcv),
    ]),
  ])
  .default(5)
  .describe("Number of walk-forward test blocks, or walk_forward, purged_kfold or cpcv with its fields");

/** The fields of a backtest's or sweep's request that say how the history is divided. */
export interface SplitsRequest {
  readonly splits: z.output<typeof SplitsRequestSchema>;
  readonly embargo?: number | undefined;
  readonly embargo_bars?: number | undefined;
}

/** @throws INVALID_PARAM when both forms of the embargo are given */
export function splitsOf({ splits, embargo, embargo_bars }: SplitsRequest): Splits {
  const form = typeof splits === "number" ? { kind: "walk_forward", splits } : splits;
  const asked = { ...form, embargo: embargo ?? null, embargo_bars: embargo_bars ?? null };
  return parseOr("INVALID_PARAM", SplitsSchema, asked, "The request's splits");
}
