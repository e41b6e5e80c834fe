import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { JsonSchema } from "#lib/core/json.schema.ts";
import { parseOr } from "#lib/errors/parse.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { recordStepDone } from "#lib/runs/progress.ts";
import { OwnerSchema, RunIdSchema } from "#lib/runs/run-record.schema.ts";

/** Fields that every step's input carries. */
export const stepInput = { run_id: RunIdSchema, owner: OwnerSchema };

/** Input of a step that plans work on a model from the run's request, which it parses by a schema of its own. */
export const ModelStepInputSchema = z.strictObject({
  ...stepInput,
  pack_id: IdSchema,
  model_id: IdSchema,
  request: z.record(z.string(), JsonSchema),
});

export interface StepSpec<P, S extends z.ZodType<{ run_id: string }>, R> {
  /** The state's name, as in the state machine. */
  readonly name: string;
  readonly input: S;
  readonly run: (ports: P, input: z.output<S>) => Promise<R>;
  /** Which of several items this call does; absent for a step that happens once in a run. */
  readonly item?: (input: z.output<S>) => string;
  /** One line for the person who watches. */
  readonly message: (result: R, input: z.output<S>) => string;
  /**
   * Steps of the part of the run that this step has planned, itself included; null when more will follow and nobody
   * knows yet how much. Absent for a step that plans nothing.
   */
  readonly expected?: (result: R, input: z.output<S>) => number | null;
}

/**
 * Makes a handler's factory: parse the input, do the work, record that it is done. The record is written once
 * however often the step is executed.
 */
export function defineStep<
  P extends { readonly metadata: MetadataStore; readonly clock: Clock },
  S extends z.ZodType<{ run_id: string }>,
  R,
>(spec: StepSpec<P, S, R>): (ports: P) => (event: unknown) => Promise<R> {
  return (ports) => async (event) => {
    const input = parseOr("INVALID_PARAM", spec.input, event, `The input of ${spec.name}`);
    const result = await spec.run(ports, input);
    await recordStepDone(ports, input.run_id, {
      step: spec.name,
      item: spec.item?.(input) ?? "",
      message: spec.message(result, input),
      ...(spec.expected ? { plans: spec.expected(result, input) } : {}),
    });
    return result;
  };
}
