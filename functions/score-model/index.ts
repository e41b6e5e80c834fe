import { portsFromEnv } from "../shared/ports-from-env.ts";
import { createScoreModel } from "./score-model.ts";

export const handler = createScoreModel(portsFromEnv());
