import { recordPortsFromEnv } from "../shared/ports-from-env.ts";
import { createPlanSignals } from "./plan-signals.ts";

export const handler = createPlanSignals(recordPortsFromEnv());
