import { recordPortsFromEnv } from "../shared/record-ports-from-env.ts";
import { createPlanSignals } from "./plan-signals.ts";

export const handler = createPlanSignals(recordPortsFromEnv());
