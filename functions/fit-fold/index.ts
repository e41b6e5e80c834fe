import { portsFromEnv } from "../shared/ports-from-env.ts";
import { createFitFold } from "./fit-fold.ts";

export const handler = createFitFold(portsFromEnv());
