import * as z from "zod";
import { JsonSchema } from "#lib/core/json.schema.ts";
import { parseOr } from "#lib/errors/parse.ts";
import type { AlertSink } from "#lib/ports/alert-sink.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { recordOutcome } from "#lib/runs/record-outcome.ts";
import { RunIdSchema } from "#lib/runs/run-record.schema.ts";
import { findRun } from "#lib/runs/run-store.ts";

const EndedSchema = z.object({
  run_id: RunIdSchema,
  status: z.enum(["succeeded", "failed", "canceled", "interrupted", "running"]),
  output: JsonSchema.nullable(),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
});

/** EventBridge's "Step Functions Execution Status Change", as far as it is read. */
const StatusChangeSchema = z.object({
  source: z.literal("aws.states"),
  detail: z.object({
    name: z.string(),
    status: z.enum(["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "RUNNING"]),
    output: z.string().nullish(),
    error: z.string().nullish(),
    cause: z.string().nullish(),
  }),
});

const STATUS = { SUCCEEDED: "succeeded", FAILED: "failed", TIMED_OUT: "failed", ABORTED: "canceled", RUNNING: "running" } as const;

function fromStatusChange({ detail }: z.output<typeof StatusChangeSchema>): z.output<typeof EndedSchema> {
  const status = STATUS[detail.status];
  return {
    // The execution's name is the run id plus the attempt.
    run_id: detail.name.replace(/-\d+$/, ""),
    status,
    output: detail.output ? (JSON.parse(detail.output) as z.output<typeof JsonSchema>) : null,
    error:
      status === "failed"
        ? {
            code: detail.status === "TIMED_OUT" ? "TIMEOUT" : (detail.error ?? "INTERNAL"),
            detail: detail.cause ?? `The execution ended as ${detail.status}.`,
          }
        : status === "canceled"
          ? { code: "RUN_CANCELED", detail: "The run was canceled." }
          : null,
  };
}

/**
 * Writes how an execution ended: what no state can see (a machine's timeout, an abort, a crash of the engine) as well
 * as success. Told by an EventBridge rule in the cloud and by the embedded engine on one machine.
 */
export const createRecordOutcome =
  (ports: { readonly metadata: MetadataStore; readonly clock: Clock; readonly alerts: AlertSink }) =>
  async (event: unknown): Promise<Record<string, never>> => {
    const isStatusChange = typeof event === "object" && event !== null && "detail" in event;
    const ended = isStatusChange
      ? fromStatusChange(parseOr("INVALID_PARAM", StatusChangeSchema, event, "The status change"))
      : parseOr("INVALID_PARAM", EndedSchema, event, "The outcome");
    if (ended.status === "running" || ended.status === "interrupted") return {};
    await recordOutcome(ports, { runId: ended.run_id, status: ended.status, outputs: ended.output, error: ended.error });
    if (ended.status === "failed") {
      const found = await findRun(ports.metadata, ended.run_id);
      if (found) {
        const { run } = found;
        await ports.alerts.deliver({
          id: `${run.run_id}-${run.attempt}`,
          kind: "run_failed",
          owner: run.owner,
          title: `Run ${run.run_id} failed: ${run.error?.code ?? "INTERNAL"}`,
          body: { run_id: run.run_id, machine: run.machine, model_id: run.model_id, error: run.error },
        });
      }
    }
    return {};
  };
