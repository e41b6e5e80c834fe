import * as z from "zod";
import { parseOr } from "#lib/errors/parse.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { recordOutcome } from "#lib/runs/record-outcome.ts";
import { runFailure } from "#lib/runs/run-failure.ts";
import { stepInput } from "../shared/step.ts";

/** What a `Catch` puts into `$.error`. */
const RecordFailureInputSchema = z.strictObject({
  ...stepInput,
  error: z.object({ Error: z.string(), Cause: z.string().default("") }),
});

/** State `RecordFailure`: writes the code and detail of the step that failed to its run. */
export const createRecordFailure = (ports: { readonly metadata: MetadataStore; readonly clock: Clock }) => async (event: unknown) => {
  const { run_id, error } = parseOr("INVALID_PARAM", RecordFailureInputSchema, event, "The input of RecordFailure");
  await recordOutcome(ports, { runId: run_id, status: "failed", outputs: null, error: runFailure(error.Error, error.Cause) });
  return {};
};
