import { portsFromEnv } from "../shared/ports-from-env.ts";
import { createCalibrateModel } from "./calibrate-model.ts";

export const handler = createCalibrateModel(portsFromEnv());
