import { portsFromEnv } from "../shared/ports-from-env.ts";
import { createBuildMatrix } from "./build-matrix.ts";

export const handler = createBuildMatrix(portsFromEnv());
