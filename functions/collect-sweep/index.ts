import { portsFromEnv } from "../shared/ports-from-env.ts";
import { createCollectSweep } from "./collect-sweep.ts";

export const handler = createCollectSweep(portsFromEnv());
