import { alertsFromEnv } from "../shared/alerts-from-env.ts";
import { recordPortsFromEnv } from "../shared/record-ports-from-env.ts";
import { createDeliverSignal } from "./deliver-signal.ts";

export const handler = createDeliverSignal({ ...recordPortsFromEnv(), alerts: alertsFromEnv() });
