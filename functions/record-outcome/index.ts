import { alertsFromEnv } from "../shared/alerts-from-env.ts";
import { recordPortsFromEnv } from "../shared/record-ports-from-env.ts";
import { createRecordOutcome } from "./record-outcome.ts";

export const handler = createRecordOutcome({ ...recordPortsFromEnv(), alerts: alertsFromEnv() });
