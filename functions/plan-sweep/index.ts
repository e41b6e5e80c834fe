import { portsFromEnv } from "../shared/ports-from-env.ts";
import { createPlanSweep } from "./plan-sweep.ts";

export const handler = createPlanSweep(portsFromEnv());
