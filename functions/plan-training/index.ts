import { portsFromEnv } from "../shared/ports-from-env.ts";
import { createPlanTraining } from "./plan-training.ts";

export const handler = createPlanTraining(portsFromEnv());
