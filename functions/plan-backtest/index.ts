import { portsFromEnv } from "../shared/ports-from-env.ts";
import { createPlanBacktest } from "./plan-backtest.ts";

export const handler = createPlanBacktest(portsFromEnv());
