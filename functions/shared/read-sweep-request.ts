import { parseOr } from "#lib/errors/parse.ts";
import { type SweepRequest, SweepRequestSchema } from "#lib/sweeps/sweep.schema.ts";

/** A sweep's request from a run's input, in which a pipeline has it among its own fields. @throws INVALID_PARAM */
export function readSweepRequest(asked: { readonly [key: string]: unknown }, packId: string, modelId: string): SweepRequest {
  const own = typeof asked["sweep"] === "object" && asked["sweep"] !== null ? asked["sweep"] : asked;
  return parseOr("INVALID_PARAM", SweepRequestSchema, { ...own, pack_id: packId, model_id: modelId }, "The sweep request");
}
