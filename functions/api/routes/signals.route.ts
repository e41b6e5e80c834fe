import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { listPublished, readTrainedModel } from "#lib/publishing/trained-model-store.ts";
import { startRun } from "#lib/runs/start-run.ts";
import { type Signal, SignalSchema } from "#lib/signals/signal.schema.ts";
import { listSignals, readSignal } from "#lib/signals/signal-store.ts";
import type { ApiPorts } from "../api-deps.ts";
import { json } from "../http/answer.ts";
import { type CsvValue, wantsCsv } from "../http/csv.ts";
import { csvPage, page, pageQuery, pageSchema, placeOf } from "../http/list.ts";
import { type AnyRoute, defineRoute } from "../route.ts";
import { acceptRun, RUN_ANSWERS } from "../runs/accept-run.ts";

const RunSignalsSchema = z.strictObject({
  as_of: z.iso.datetime().nullable().default(null).describe("Replay: score as if now were this time; null = the clock"),
  trained_model_id: IdSchema.nullable().default(null).describe("Only this model; null = every published one of yours"),
});

const SIGNAL_COLUMNS: readonly (readonly [string, (signal: Signal) => CsvValue])[] = [
  ["signal_id", (signal) => signal.signal_id],
  ["timestamp", (signal) => signal.timestamp],
  ["pack_id", (signal) => signal.pack_id],
  ["model_id", (signal) => signal.model_id],
  ["trained_model_id", (signal) => signal.trained_model_id],
  ["ticker", (signal) => signal.ticker],
  ["signal", (signal) => signal.signal],
  ["closes", (signal) => signal.closes],
  ["confidence", (signal) => signal.confidence],
  ["quantity", (signal) => signal.quantity],
  ["order_type", (signal) => signal.order_type],
  ["price", (signal) => signal.price],
  ["entry_price", (signal) => signal.entry_price],
  ["stop_loss", (signal) => signal.stop_loss],
  ["take_profit", (signal) => signal.take_profit],
  ["exit_by", (signal) => signal.exit_by],
  ["status", (signal) => signal.status],
  ["gate_status", (signal) => signal.gate_status],
  ["proven", (signal) => signal.proven],
  ["replay", (signal) => signal.replay],
  ["stamps", (signal) => signal.stamps.join(" ")],
  ["reasons", (signal) => signal.reasons.map(({ text }) => text).join(" ")],
];

export const signalRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "post",
    path: "/signals/run",
    tag: "live",
    summary: "Scores your published models now, or as of a past moment",
    body: RunSignalsSchema,
    bodyExample: { as_of: "2020-02-28T21:05:00Z" },
    startsRun: true,
    answers: RUN_ANSWERS,
    handler: async (call) => {
      const { ports, owner, body, deps } = call;
      const published = await publishedIds(ports, owner);
      const { as_of, trained_model_id } = body;
      if (trained_model_id !== null && !published.includes(trained_model_id)) {
        const { model } = await readTrainedModel(ports.metadata, owner, trained_model_id);
        throw new SigmaError("UNPROCESSABLE", `"${trained_model_id}" is ${model.status}. Publish it first, then run its signal.`, {
          trained_model_id,
          status: model.status,
        });
      }
      if (published.length === 0)
        throw new SigmaError("UNPROCESSABLE", "No model is published, so there is nothing to score. Publish a trained model first.");
      const started = await startRun(ports, {
        owner,
        machine: "signals",
        packId: null,
        modelId: null,
        tag: as_of === null ? "signals" : "replay",
        codeVersion: ports.codeVersion,
        input: {
          tick: as_of ?? new Date(deps.now()).toISOString(),
          request: { as_of, trained_model_id, scope: "owner" },
          // The same replay after another publication is another question.
          basis: { published },
        },
      });
      return acceptRun(call, started);
    },
  }),
  defineRoute({
    method: "get",
    path: "/signals",
    tag: "live",
    summary: "Signals, newest first; JSON or, with Accept: text/csv, CSV",
    query: z.strictObject({ model_id: IdSchema.optional(), ...pageQuery }),
    answers: {
      200: {
        description: "A page of signals",
        schema: pageSchema(SignalSchema),
        also: { "text/csv": "signal_id,timestamp,pack_id,model_id\r\nsig_0a1b2c,2026-01-05T21:05:00Z,swingsigma,spx_eq_swing_daily\r\n" },
      },
    },
    handler: async ({ ports, owner, query, context }) => {
      const { model_id, ...place } = query;
      const { rows, nextCursor } = await listSignals(ports.metadata, owner, {
        ...placeOf(place),
        ...(model_id === undefined ? {} : { modelId: model_id }),
      });
      if (!wantsCsv(context.req.header("accept"))) return page(rows, nextCursor);
      return csvPage(
        SIGNAL_COLUMNS.map(([name]) => name),
        rows.map((signal) => SIGNAL_COLUMNS.map(([, value]) => value(signal))),
        nextCursor,
      );
    },
  }),
  defineRoute({
    method: "get",
    path: "/signals/{signal_id}",
    tag: "live",
    summary: "One signal with its probabilities, thresholds, reasons and lineage",
    params: z.strictObject({ signal_id: IdSchema }),
    answers: { 200: { description: "The signal", schema: SignalSchema } },
    handler: async ({ ports, owner, params }) => json(await readSignal(ports.metadata, owner, params.signal_id)),
  }),
];

/** Ids of the owner's published models, in order. */
async function publishedIds({ metadata }: ApiPorts, owner: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const found = await listPublished(metadata, { owner, limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    ids.push(...found.rows.map((model) => model.trained_model_id));
    cursor = found.nextCursor ?? undefined;
  } while (cursor !== undefined && ids.length < 1000);
  return ids.sort();
}
