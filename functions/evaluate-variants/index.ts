import { portsFromEnv } from "../shared/ports-from-env.ts";
import { createEvaluateVariants } from "./evaluate-variants.ts";

export const handler = createEvaluateVariants(portsFromEnv());
