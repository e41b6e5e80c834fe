import type { Alert, AlertSink } from "../../ports/alert-sink.ts";

export interface MemoryAlertSink extends AlertSink {
  /** What was delivered, oldest first, each id once. */
  readonly delivered: readonly Alert[];
}

/** Keeps alerts in this process, for tests and dry runs. */
export function createMemoryAlertSink(): MemoryAlertSink {
  const byId = new Map<string, Alert>();
  return {
    async deliver(alert) {
      if (!byId.has(alert.id)) byId.set(alert.id, structuredClone(alert));
    },
    get delivered() {
      return [...byId.values()];
    },
  };
}
