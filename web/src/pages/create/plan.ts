import { PipelineRequestSchema } from "#functions/api/runs/pipeline-request.schema.ts";
import { objectionsTo } from "../../ui/form/objections.ts";
import type { RunPlan } from "./draft.ts";

/** What the API takes when nothing is said. */
const USUAL_SPLITS = 5;

/** The plan as the pipeline takes it. */
export const planBody = ({ evaluate, preset, splits, train_when_passed }: RunPlan) => ({
  evaluate,
  ...(splits === undefined ? {} : { splits }),
  train_when_passed,
  ...(evaluate === "sweep" && preset !== undefined ? { preset } : {}),
});

export const planInWords = ({ evaluate, preset, splits = USUAL_SPLITS, train_when_passed }: RunPlan): string =>
  `Build the matrix, ${evaluate === "sweep" ? `sweep the ${preset ?? "simple"} grid` : "backtest"} over ${splits} walk-forward folds${train_when_passed ? ", and train what passes the gate" : ""}.`;

/** What the API would object to in the folds; the model's ids are not what is asked about. */
export const foldsObjection = (plan: RunPlan): string | undefined =>
  objectionsTo(PipelineRequestSchema, { pack_id: "any", model_id: "any", ...planBody(plan) }).find(({ path }) => path.startsWith("splits"))
    ?.issue;
