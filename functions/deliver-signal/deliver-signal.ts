import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import type { AlertSink } from "#lib/ports/alert-sink.ts";
import type { Clock } from "#lib/ports/clock.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { OwnerSchema, RunIdSchema } from "#lib/runs/run-record.schema.ts";
import { readSignal } from "#lib/signals/signal-store.ts";
import { defineStep } from "../shared/step.ts";

const DeliverSignalInputSchema = z.strictObject({
  run_id: RunIdSchema,
  /** Null when no bar had closed since the last tick: nothing was written, nothing is delivered. */
  signal: z.strictObject({ owner: OwnerSchema, signal_id: IdSchema }).nullable(),
});

/** State `DeliverSignal`: hands the stored signal to the sink, at least once; receivers de-duplicate by its id. */
export const createDeliverSignal = defineStep({
  name: "DeliverSignal",
  input: DeliverSignalInputSchema,
  item: ({ signal }) => signal?.signal_id ?? "none",
  run: async (ports: { readonly metadata: MetadataStore; readonly clock: Clock; readonly alerts: AlertSink }, { signal: key }) => {
    if (key === null) return { delivered: false };
    const delivery = { pk: `owner#${key.owner}`, sk: `delivered#${key.signal_id}` };
    if (await ports.metadata.get("signals", delivery)) return { delivered: false };
    const signal = await readSignal(ports.metadata, key.owner, key.signal_id);
    const marks = [...(signal.replay ? ["REPLAY"] : []), ...signal.stamps];
    await ports.alerts.deliver({
      id: signal.signal_id,
      kind: "signal",
      owner: signal.owner,
      title: `${signal.signal}${signal.closes ? " to close" : ""} ${signal.ticker}${marks.length > 0 ? ` (${marks.join(", ")})` : ""}`,
      body: { ...signal },
    });
    await ports.metadata.put("signals", { ...delivery, body: { at: ports.clock.now() } }, "any");
    return { delivered: true };
  },
  message: ({ delivered }, { signal }) => (delivered ? `${signal?.signal_id} delivered` : "nothing new to deliver"),
});
