import { recordPortsFromEnv } from "../shared/record-ports-from-env.ts";
import { createPlanVolatility } from "./plan-volatility.ts";

export const handler = createPlanVolatility(recordPortsFromEnv());
