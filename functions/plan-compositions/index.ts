import { portsFromEnv } from "../shared/ports-from-env.ts";
import { createPlanCompositions } from "./plan-compositions.ts";

export const handler = createPlanCompositions(portsFromEnv());
