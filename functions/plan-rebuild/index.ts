import { recordPortsFromEnv } from "../shared/record-ports-from-env.ts";
import { createPlanRebuild } from "./plan-rebuild.ts";

export const handler = createPlanRebuild(recordPortsFromEnv());
