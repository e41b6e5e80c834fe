import { portsFromEnv } from "../shared/ports-from-env.ts";
import { createTrainModel } from "./train-model.ts";

export const handler = createTrainModel(portsFromEnv());
