import { portsFromEnv } from "../shared/ports-from-env.ts";
import { createRunBacktest } from "./run-backtest.ts";

export const handler = createRunBacktest(portsFromEnv());
