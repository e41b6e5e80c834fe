import { recordPortsFromEnv } from "../shared/record-ports-from-env.ts";
import { createPublishModel } from "./publish-model.ts";

export const handler = createPublishModel(recordPortsFromEnv());
