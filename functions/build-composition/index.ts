import { portsFromEnv } from "../shared/ports-from-env.ts";
import { createBuildComposition } from "./build-composition.ts";

export const handler = createBuildComposition(portsFromEnv());
