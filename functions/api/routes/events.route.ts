import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { eventsAfter } from "#lib/runs/progress.ts";
import type { RunEvent, RunRecord } from "#lib/runs/run-record.schema.ts";
import { readRun } from "#lib/runs/run-store.ts";
import type { ApiPorts } from "../api-deps.ts";
import { type Answer, text } from "../http/answer.ts";
import { EVENT_STREAM } from "../http/event-stream.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { liveStatus } from "../runs/run-view.ts";
import { RunParams } from "./runs.route.ts";

const POLL_MS = 150;
const HEARTBEAT_MS = 15_000;
/** Inside the gateway's limit of 29 s, which buffers what it answers. */
const COLLECT_MS = 20_000;

const EVENT_EXAMPLE =
  'id: 1\nevent: progress\ndata: {"seq":1,"step":"BuildMatrix","done":1,"expected":3,"share":0.33}\n\n' +
  'event: end\ndata: {"run_id":"backtest_0a1b2c3d4e5f60718293a4b5","status":"succeeded","error":null}\n\n';

const SeqSchema = z.coerce.number<string>().int().min(0).max(999_999_999);

export const eventRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/runs/{run_id}/events",
    tag: "runs",
    summary: "Progress as server-sent events; goes on after Last-Event-ID and ends with the run",
    params: RunParams,
    query: z.strictObject({ after: SeqSchema.optional().describe("As Last-Event-ID, for clients that cannot set headers") }),
    answers: {
      200: {
        description: "A stream on one machine; in the cloud what happened within 20 s, with retry: 2000",
        type: "text/event-stream",
        example: EVENT_EXAMPLE,
      },
      204: { description: "The run has ended and everything was read: do not connect again" },
    },
    handler: async ({ deps, ports, owner, params: { run_id }, query, context }) => {
      const { run } = await readRun(ports.metadata, owner, run_id);
      const header = SeqSchema.safeParse(context.req.header("last-event-id"));
      const after = header.success ? header.data : (query.after ?? 0);
      if (after > 0 && (await liveStatus(ports, run)) !== "running" && (await eventsAfter(ports.metadata, run_id, after, 1)).length === 0)
        return { status: 204, headers: {}, body: { none: true } };
      const reader: Reader = { ports, owner, runId: run_id, signal: context.req.raw.signal };
      return deps.mode === "local" ? stream(reader, after) : collect(reader, after);
    },
  }),
];

interface Reader {
  readonly ports: ApiPorts;
  readonly owner: string;
  readonly runId: string;
  readonly signal: AbortSignal;
}

/** Events after a place, and the run's status read before them: events of an ended run are complete. */
async function look(
  { ports, owner, runId }: Reader,
  after: number,
): Promise<{ run: RunRecord; status: string; events: readonly RunEvent[] }> {
  const { run } = await readRun(ports.metadata, owner, runId);
  const status = await liveStatus(ports, run);
  return { run, status, events: await eventsAfter(ports.metadata, runId, after) };
}

function stream(reader: Reader, after: number): Answer {
  const encoder = new TextEncoder();
  let at = after;
  let spoke = performance.now();
  let gone = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      for (;;) {
        if (gone || reader.signal.aborted) return controller.close();
        const { run, status, events } = await look(reader, at);
        const ended = status !== "running" && events.length === 0;
        const quiet = performance.now() - spoke > HEARTBEAT_MS;
        if (events.length > 0 || ended || quiet) {
          at = events.at(-1)?.seq ?? at;
          spoke = performance.now();
          controller.enqueue(
            encoder.encode(events.length > 0 ? events.map(progressEvent).join("") : ended ? endEvent(run, status) : ": still running\n\n"),
          );
          if (ended) controller.close();
          return;
        }
        await sleep(POLL_MS);
      }
    },
    cancel() {
      gone = true;
    },
  });
  return {
    status: 200,
    headers: { "content-type": EVENT_STREAM, "x-accel-buffering": "no" },
    body: { stream: body },
  };
}

async function collect(reader: Reader, after: number): Promise<Answer> {
  const started = performance.now();
  for (;;) {
    const { run, status, events } = await look(reader, after);
    const ended = status !== "running";
    if (events.length > 0 || ended || performance.now() - started >= COLLECT_MS) {
      const parts = ["retry: 2000\n\n", ...events.map(progressEvent), ...(ended ? [endEvent(run, status)] : [])];
      return text(parts.join(""), EVENT_STREAM);
    }
    await sleep(4 * POLL_MS);
  }
}

const progressEvent = (event: RunEvent): string => `id: ${event.seq}\nevent: progress\ndata: ${JSON.stringify(event)}\n\n`;

const endEvent = ({ run_id, error }: RunRecord, status: string): string =>
  `event: end\ndata: ${JSON.stringify({ run_id, status, error })}\n\n`;
