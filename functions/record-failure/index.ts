import { recordPortsFromEnv } from "../shared/record-ports-from-env.ts";
import { createRecordFailure } from "./record-failure.ts";

export const handler = createRecordFailure(recordPortsFromEnv());
