import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { ProblemError } from "#client/problem.ts";
import type { SignalEvent, SignalEventsOptions } from "#client/signal-events.ts";
import { followSignals, type SignalFeed, withSignals } from "../../../web/src/data/signal-feed.ts";

const event = (seq: number): SignalEvent => ({ seq, signal: { signal_id: `sig_${seq}` } as SignalEvent["signal"] });
const events = (from: number, to: number): SignalEvent[] => Array.from({ length: to - from + 1 }, (_, i) => event(from + i));
const EMPTY: SignalFeed = { rows: [], count: 0, state: "connecting", error: undefined };

/** A stream that a test writes to; it notes with what it was opened. */
function stream() {
  const opened: (number | undefined)[] = [];
  const written: (SignalEvent | Error)[] = [];
  let wake = (): void => {};
  async function* source({ after, onPlace, onConnection, signal }: SignalEventsOptions): AsyncGenerator<SignalEvent> {
    opened.push(after);
    onConnection?.(true);
    // A reader who says where it is, is not told so.
    if (after === undefined) onPlace?.(0);
    for (;;) {
      const next = written.shift();
      if (next instanceof Error) throw next;
      if (next !== undefined) {
        onPlace?.(next.seq);
        yield next;
      } else
        await new Promise<void>((go, fail) => {
          wake = go;
          signal?.addEventListener("abort", () => fail(signal.reason as Error), { once: true });
        });
    }
  }
  const write = (...more: (SignalEvent | Error)[]): void => {
    written.push(...more);
    wake();
  };
  return { opened, write, source };
}

describe("withSignals", () => {
  it("puts the newest first and counts what came", () => {
    const feed = withSignals(withSignals(EMPTY, events(1, 2)), events(3, 3));
    expect(feed.rows.map(({ seq }) => seq)).toEqual([3, 2, 1]);
    expect(feed.count).toBe(3);
  });

  it("holds a hundred of 3,600, however they come together", () => {
    let feed = EMPTY;
    for (let from = 1; from <= 3_600; from += 90) feed = withSignals(feed, events(from, from + 89));
    expect(feed.count).toBe(3_600);
    expect(feed.rows).toHaveLength(100);
    expect(feed.rows[0]?.seq).toBe(3_600);
    expect(feed.rows.at(-1)?.seq).toBe(3_501);
  });
});

describe("followSignals", () => {
  it("shows what came together once, and counts what fell away before it was drawn", async () => {
    const { source, write } = stream();
    const feed = followSignals(source, { showMs: 20 });
    let drawn = 0;
    const leave = feed.subscribe(() => (drawn += 1));
    await pause(5);
    expect(feed.current().state).toBe("following");
    const before = drawn;
    write(...events(1, 450));
    await pause(60);
    expect(drawn - before).toBe(1);
    expect(feed.current().count).toBe(450);
    expect(feed.current().rows[0]?.seq).toBe(450);
    expect(feed.current().rows).toHaveLength(100);
    leave();
  });

  it("goes on after the last signal when somebody comes back, and when the stream broke", async () => {
    const { source, write, opened } = stream();
    const feed = followSignals(source, { showMs: 1, againMs: 5 });
    const leave = feed.subscribe(() => {});
    write(event(7));
    await pause(20);
    leave();
    const again = feed.subscribe(() => {});
    await pause(5);
    expect(opened).toEqual([undefined, 7]);
    expect(feed.current().rows.map(({ seq }) => seq)).toEqual([7]);
    write(new TypeError("the network failed"));
    await pause(2);
    expect(feed.current()).toMatchObject({ state: "broken", error: { message: "the network failed" } });
    await pause(30);
    expect(opened).toEqual([undefined, 7, 7]);
    expect(feed.current()).toMatchObject({ state: "following", error: undefined });
    again();
  });

  it("begins anew where the server does not know the place any more, and after a reset", async () => {
    const { source, write, opened } = stream();
    const feed = followSignals(source, { showMs: 1, againMs: 5 });
    const leave = feed.subscribe(() => {});
    write(event(9));
    await pause(10);
    write(new ProblemError({ type: "about:blank", title: "A parameter is invalid", status: 400, code: "INVALID_PARAM" }));
    await pause(30);
    expect(opened).toEqual([undefined, undefined]);
    feed.reset();
    await pause(5);
    expect(opened).toEqual([undefined, undefined, undefined]);
    expect(feed.current()).toMatchObject({ rows: [], count: 0 });
    leave();
  });
});
