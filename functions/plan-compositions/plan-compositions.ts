import type { StepPorts } from "../shared/ports.ts";
import { readSweepRequest } from "../shared/read-sweep-request.ts";
import { defineStep, ModelStepInputSchema } from "../shared/step.ts";
import { expandSweep } from "../shared/sweep-request.ts";

/** State `PlanCompositions`: expands a request into the compositions whose matrices must stand before the sweep is planned. */
export const createPlanCompositions = defineStep({
  name: "PlanCompositions",
  input: ModelStepInputSchema,
  run: async (ports: StepPorts, { owner, pack_id, model_id, request: asked }) => {
    const { composed, variants } = await expandSweep(ports, owner, readSweepRequest(asked, pack_id, model_id));
    return { compositions: composed.map(({ composition }) => composition.id), variants: variants.length };
  },
  // The matrices; how many fits and batches follow is known once they stand.
  expected: () => null,
  message: ({ compositions, variants }) =>
    `${compositions.length} composition${compositions.length === 1 ? "" : "s"}, ${variants} variants in all`,
});
