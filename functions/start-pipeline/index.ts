import { portsFromEnv } from "../shared/ports-from-env.ts";
import { workflowFromEnv } from "../shared/workflow-from-env.ts";
import { createStartPipeline } from "./start-pipeline.ts";

export const handler = createStartPipeline({ ...portsFromEnv(), workflow: workflowFromEnv() });
