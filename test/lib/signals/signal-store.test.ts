import { describe, expect, it } from "vitest";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { feedAfter, lastSeq } from "#lib/signals/signal-feed.ts";
import { actedTimes, addSignal, listSignals, readSignal } from "#lib/signals/signal-store.ts";
import { signalWith, T0 } from "./signal.fixture.ts";

const store = () => createMemoryMetadataStore({ clock: { now: () => T0 } });
const HOUR = 3_600_000;

describe("addSignal", () => {
  it("stores the first word about a decision time and returns it to everybody after", async () => {
    const metadata = store();
    const [first, second] = [signalWith(), signalWith({ side: 0, createdAt: T0 + 9000 })];
    expect(await addSignal(metadata, first)).toEqual({ signal: first, isNew: true });
    expect(await addSignal(metadata, second)).toEqual({ signal: first, isNew: false });
    expect(await readSignal(metadata, "ann", first.signal_id)).toEqual(first);
    await expect(readSignal(metadata, "bob", first.signal_id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("lets one of several that score at once write", async () => {
    const metadata = store();
    const added = await Promise.all(Array.from({ length: 5 }, (_, i) => addSignal(metadata, signalWith({ createdAt: T0 + i }))));
    expect(added.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(added.map(({ signal }) => signal.created_at)).size).toBe(1);
  });
});

describe("the feed", () => {
  it("numbers signals in the order of writing, not of decision, without a gap and each once", async () => {
    const metadata = store();
    const later = signalWith({ decisionTime: T0 + HOUR });
    const earlier = signalWith({}, { model_id: "other", pack_id: "pack_two" });
    for (const signal of [later, earlier, later]) await addSignal(metadata, signal);
    expect(await feedAfter(metadata, "ann", 0, 10)).toEqual([
      { seq: 1, signal_id: later.signal_id, pack_id: later.pack_id, model_id: later.model_id, ticker: "SIMEDGE" },
      { seq: 2, signal_id: earlier.signal_id, pack_id: "pack_two", model_id: "other", ticker: "SIMEDGE" },
    ]);
    expect((await feedAfter(metadata, "ann", 1, 10)).map(({ seq }) => seq)).toEqual([2]);
    expect(await lastSeq(metadata, "ann")).toBe(2);
    expect([await lastSeq(metadata, "bob"), await feedAfter(metadata, "bob", 0, 10)]).toEqual([0, []]);
  });

  it("lets signals that are stored at once take turns", async () => {
    const metadata = store();
    await Promise.all(Array.from({ length: 25 }, (_, i) => addSignal(metadata, signalWith({ decisionTime: T0 + i * HOUR }))));
    const entries = await feedAfter(metadata, "ann", 0, 100);
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));
    expect(new Set(entries.map(({ signal_id }) => signal_id)).size).toBe(25);
  });

  it("gives up when others come first every time", async () => {
    const metadata = store();
    let tries = 0;
    const busy: MetadataStore = {
      ...metadata,
      transact: async () => {
        tries += 1;
        throw new SigmaError("CONFLICT", "taken");
      },
    };
    await expect(addSignal(busy, signalWith())).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect([tries, await lastSeq(metadata, "ann")]).toEqual([200, 0]);
  });
});

describe("listSignals", () => {
  it("gives an owner's signals, newest first, and loses none between filtered pages", async () => {
    const metadata = store();
    for (let i = 0; i < 30; i++)
      await addSignal(
        metadata,
        signalWith({ decisionTime: T0 + i * HOUR }, { model_id: i % 7 === 0 ? "rare" : "m", trained_model_id: `tm_${i % 2}` }),
      );
    await addSignal(metadata, signalWith({}, { owner: "bob" }));
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listSignals(metadata, "ann", { limit: 4, modelId: "rare", ...(cursor === undefined ? {} : { cursor }) });
      found.push(...page.rows.map(({ timestamp }) => timestamp));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(found).toEqual([28, 21, 14, 7, 0].map((i) => new Date(T0 + i * HOUR).toISOString()));
  });
});

describe("actedTimes", () => {
  it("leaves out what closes: the end of a trade is no trade", async () => {
    const metadata = store();
    for (let i = 0; i < 4; i++)
      await addSignal(metadata, signalWith({ decisionTime: T0 + i * HOUR, side: i % 2 === 0 ? 1 : -1, closes: i % 2 === 1 }));
    expect(await actedTimes(metadata, "ann", "tm_1", T0, T0 + 9 * HOUR)).toEqual([0, 2].map((i) => T0 + i * HOUR));
  });

  it("gives the times of one model's trades, from a time on and before another", async () => {
    const metadata = store();
    for (let i = 0; i < 6; i++) await addSignal(metadata, signalWith({ decisionTime: T0 + i * HOUR, side: i === 2 ? 0 : 1 }));
    await addSignal(metadata, signalWith({ decisionTime: T0 + HOUR }, { trained_model_id: "tm_other" }));
    expect(await actedTimes(metadata, "ann", "tm_1", T0 + HOUR, T0 + 5 * HOUR)).toEqual([1, 3, 4].map((i) => T0 + i * HOUR));
    expect(await actedTimes(metadata, "bob", "tm_1", 0, T0 + 9 * HOUR)).toEqual([]);
  });
});
