import type { Json } from "../../core/canonical-json.ts";
import { sha256OfJson } from "../../core/digest.ts";
import type { RecordKey } from "../../ports/metadata-store.ts";
import type { ExecutionStatus, MachineName } from "../../ports/workflow.ts";

/** What the embedded engine stores of an execution. */
export interface ExecutionBody {
  readonly machine: MachineName;
  readonly attempt: number;
  readonly status: ExecutionStatus;
  readonly input: Json;
  readonly output: Json;
  readonly error: { readonly code: string; readonly detail: string } | null;
}

export const executionKey = (runId: string): RecordKey => ({ pk: `run#${runId}`, sk: "execution" });

/** Says which process works on a run and until when that is believed. */
export const leaseKey = (runId: string): RecordKey => ({ pk: `run#${runId}`, sk: "lease" });

/** Exists once a cancel was asked for, from whatever process. */
export const cancelKey = (runId: string): RecordKey => ({ pk: `run#${runId}`, sk: "cancel" });

/** The identity of a finished step: state and input, within its run. */
export const stepKey = (runId: string, task: string, input: Json): RecordKey => ({
  pk: `run#${runId}`,
  sk: `step#${task}#${sha256OfJson(input)}`,
});
