import { portsFromEnv } from "../shared/ports-from-env.ts";
import { createRecordVolatility } from "./record-volatility.ts";

export const handler = createRecordVolatility(portsFromEnv());
