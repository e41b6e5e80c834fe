import { describe, expect, it } from "vitest";
import { createDeliverSignal } from "#functions/deliver-signal/deliver-signal.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import type { Alert } from "#lib/ports/alert-sink.ts";
import { addSignal } from "#lib/signals/signal-store.ts";
import { signalWith, T0 } from "../../lib/signals/signal.fixture.ts";

async function stored(deliver?: (alert: Alert) => Promise<void>) {
  const clock = { now: () => T0 };
  const metadata = createMemoryMetadataStore({ clock });
  const signal = signalWith({ replay: true }, { stamps: ["SIMULATED"] });
  await addSignal(metadata, signal);
  const sent: Alert[] = [];
  const alerts = { deliver: deliver ?? (async (alert: Alert) => void sent.push(alert)) };
  const handle = createDeliverSignal({ metadata, clock, alerts });
  const event = { run_id: "signals_1", signal: { owner: "ann", signal_id: signal.signal_id } };
  return { handle, event, signal, sent };
}

describe("createDeliverSignal", () => {
  it("hands the stored signal over with its marks, once", async () => {
    const { handle, event, signal, sent } = await stored();
    expect(await handle(event)).toEqual({ delivered: true });
    expect(await handle({ ...event, run_id: "signals_2" })).toEqual({ delivered: false });
    expect(sent).toEqual([{ id: signal.signal_id, kind: "signal", owner: "ann", title: "BUY SIMEDGE (REPLAY, SIMULATED)", body: signal }]);
  });

  it("delivers again when the receiver had not accepted it", async () => {
    let tries = 0;
    const { handle, event } = await stored(async () => {
      tries += 1;
      if (tries === 1) throw new Error("down");
    });
    await expect(handle(event)).rejects.toThrow("down");
    expect(await handle(event)).toEqual({ delivered: true });
    expect(tries).toBe(2);
  });

  it("delivers nothing when nothing was written, and does not find another owner's signal", async () => {
    const { handle, event, sent } = await stored();
    expect(await handle({ ...event, signal: null })).toEqual({ delivered: false });
    await expect(handle({ ...event, signal: { ...event.signal, owner: "bob" } })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(sent).toEqual([]);
  });
});
