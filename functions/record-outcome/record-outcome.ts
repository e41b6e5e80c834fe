import * as z from "zod";
import type { Json } from "#lib/core/canonical-json.ts";
import { JsonSchema } from "#lib/core/json.schema.ts";
import { parseOr } from "#lib/errors/parse.ts";
import type { AlertSink } from "#lib/ports/alert-sink.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { type Outcome, recordOutcome } from "#lib/runs/record-outcome.ts";
import { runFailure } from "#lib/runs/run-failure.ts";
import { alertedKey } from "#lib/runs/run-keys.ts";
import { RunIdSchema, type RunRecord } from "#lib/runs/run-record.schema.ts";

/** As the embedded engine tells it. */
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
    /** The execution's input as JSON text, when it is small enough for the event. */
    input: z.string().nullish(),
    status: z.enum(["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "RUNNING", "PENDING_REDRIVE"]),
    stopDate: z.number().nullish(),
    output: z.string().nullish(),
    error: z.string().nullish(),
    cause: z.string().nullish(),
  }),
});

const CANCELED = { code: "RUN_CANCELED", detail: "The run was canceled." };

/** How an execution ended; undefined while it has not. */
function readOutcome(event: unknown): Outcome | undefined {
  if (typeof event === "object" && event !== null && "detail" in event) {
    return fromStatusChange(parseOr("INVALID_PARAM", StatusChangeSchema, event, "The status change"));
  }
  const { run_id: runId, status, output, error } = parseOr("INVALID_PARAM", EndedSchema, event, "The outcome");
  if (status === "running" || status === "interrupted") return undefined;
  return { runId, status, outputs: output, error: error && runFailure(error.code, error.detail) };
}

function fromStatusChange({ detail }: z.output<typeof StatusChangeSchema>): Outcome | undefined {
  const { name, input, status, stopDate, output, error, cause } = detail;
  const told = {
    // The execution's name is the run id plus the attempt; a scheduled one has a name of the scheduler's.
    runId: runIdIn(input) ?? name.replace(/-\d+$/, ""),
    outputs: null,
    ...(stopDate ? { endedAt: stopDate } : {}),
  };
  switch (status) {
    case "SUCCEEDED":
      return { ...told, status: "succeeded", outputs: output ? (JSON.parse(output) as Json) : null, error: null };
    case "FAILED":
      return { ...told, status: "failed", error: runFailure(error ?? "INTERNAL", cause ?? "The execution ended as FAILED.") };
    case "TIMED_OUT":
      return { ...told, status: "failed", error: runFailure(status, cause ?? "The run took longer than its state machine allows.") };
    case "ABORTED":
      return { ...told, status: "canceled", error: CANCELED };
    default:
      return undefined;
  }
}

function runIdIn(input: string | null | undefined): string | undefined {
  if (!input) return undefined;
  const parsed = z.object({ run_id: RunIdSchema }).safeParse(JSON.parse(input));
  return parsed.success ? parsed.data.run_id : undefined;
}

interface OutcomePorts {
  readonly metadata: MetadataStore;
  readonly clock: Clock;
  readonly alerts: AlertSink;
}

/**
 * Writes how an execution ended: what no state can see (a machine's timeout, an abort, a crash of the engine) as well
 * as success. Told by an EventBridge rule in the cloud and by the embedded engine on one machine. A run that failed is
 * reported once for each attempt, however often the event comes.
 */
export const createRecordOutcome =
  (ports: OutcomePorts) =>
  async (event: unknown): Promise<Record<string, never>> => {
    const outcome = readOutcome(event);
    const run = outcome && (await recordOutcome(ports, outcome));
    if (outcome?.status === "failed" && run?.status === "failed") await alertOnce(ports, run);
    return {};
  };

async function alertOnce({ metadata, clock, alerts }: OutcomePorts, run: RunRecord): Promise<void> {
  const key = alertedKey(run.run_id, run.attempt);
  if (await metadata.get("state", key)) return;
  await alerts.deliver({
    id: `${run.run_id}-${run.attempt}`,
    kind: "run_failed",
    owner: run.owner,
    title: `Run ${run.run_id} failed: ${run.error?.code ?? "INTERNAL"}`,
    body: { run_id: run.run_id, machine: run.machine, model_id: run.model_id, error: run.error },
  });
  await metadata.put("state", { ...key, body: { at: clock.now() } }, "any");
}
