import { recordPortsFromEnv } from "../shared/ports-from-env.ts";
import { createPublishModel } from "./publish-model.ts";

export const handler = createPublishModel(recordPortsFromEnv());
