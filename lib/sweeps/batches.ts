import { sha256OfJson } from "../core/digest.ts";
import type { Variant } from "./variant.schema.ts";

/** Variants that one call evaluates. The id follows from the content, so a retry finds its own work. */
export interface Batch {
  readonly batch_id: string;
  readonly variants: readonly Variant[];
}

/** Up to this many variants, each is a batch of its own: one iteration of the Map in the console. */
const SINGLE_BATCH_LIMIT = 200;
/** What a larger batch's call should last, the middle of 30 to 120 seconds. */
const TARGET_CALL_SECONDS = 60;

/**
 * Cuts variants into batches, in order.
 *
 * @param secondsPerVariant - measured; the overhead of a call is not in it
 * @param parallelCalls - calls that run at once: no call is left without work
 * @param total - variants of the whole run, where these are a part of it
 */
export function planBatches(
  variants: readonly Variant[],
  secondsPerVariant: number,
  parallelCalls: number,
  total: number = variants.length,
): Batch[] {
  const single = total <= SINGLE_BATCH_LIMIT;
  const calls = Math.max(parallelCalls, Math.ceil((variants.length * secondsPerVariant) / TARGET_CALL_SECONDS), 1);
  const size = single ? 1 : Math.ceil(variants.length / calls);
  const batches: Batch[] = [];
  for (let start = 0; start < variants.length; start += size) {
    const part = variants.slice(start, start + size);
    batches.push({ batch_id: sha256OfJson(part.map(({ variant_id }) => variant_id)).slice(0, 16), variants: part });
  }
  return batches;
}
