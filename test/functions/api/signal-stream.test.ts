import { afterEach, describe, expect, it, vi } from "vitest";
import { createSigmaClient } from "#client/sigma-client.ts";
import { addSignal } from "#lib/signals/signal-store.ts";
import { signalWith, T0 } from "../../lib/signals/signal.fixture.ts";
import { apiHarness, type Harness } from "./support.ts";

const MINUTE = 60_000;
const STREAM = "/v1/signals/stream";

const harnessOf = (mode: "local" | "cloud") => apiHarness({ mode, owner: (context) => context.req.header("x-test-owner") ?? "ann" });

/** The i-th signal of an owner by decision time, whenever it is written. */
const nth = (i: number, model: Parameters<typeof signalWith>[1] = {}) =>
  signalWith({ decisionTime: T0 + i * MINUTE }, { owner: "ann", ...model });

const write = ({ ports }: Harness, ...signals: ReturnType<typeof nth>[]) =>
  signals.reduce((before, signal) => before.then(() => addSignal(ports.metadata, signal)).then(() => {}), Promise.resolve());

const watch = ({ call }: Harness, { query = "", headers = {} }: { query?: string; headers?: Record<string, string> } = {}) =>
  call("GET", `${STREAM}${query}`, { headers });

const from = (id: number | string) => ({ headers: { "last-event-id": String(id) } });

/** The events of a text as `id name` with the signal's minute. */
function eventsOf(text: string): string[] {
  return text
    .split("\n\n")
    .filter((block) => block.startsWith("id: "))
    .map((block) => {
      const [, id, name, data] = /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(block)!;
      const { timestamp } = JSON.parse(data!) as { timestamp?: string };
      return `${id} ${name}${timestamp === undefined ? "" : ` ${(Date.parse(timestamp) - T0) / MINUTE}`}`;
    });
}

/** What a live stream says, to be read as it comes. */
function listen(response: Response) {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let heard = "";
  return {
    until: async (part: string): Promise<string> => {
      while (!heard.includes(part)) {
        const { done, value } = await reader.read();
        if (done) throw new Error(`The stream ended after: ${heard}`);
        heard += decoder.decode(value);
      }
      return heard;
    },
    rest: async (): Promise<string> => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return heard;
        heard += decoder.decode(value);
      }
    },
    leave: () => reader.cancel(),
  };
}

afterEach(() => {
  vi.useRealTimers();
});

describe("GET /signals/stream on one machine", () => {
  it("gives signals as they are written, in that order, and nothing that was there before", async () => {
    const harness = harnessOf("local");
    await write(harness, nth(0));
    const response = await watch(harness);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/event-stream; charset=utf-8"]);
    const live = listen(response);
    expect(await live.until("cursor")).toBe('retry: 2000\n\nid: 1\nevent: cursor\ndata: {"seq":1}\n\n');
    // The later decision is written first: a replay comes after what is newer than it.
    await write(harness, nth(9));
    await live.until("id: 2\n");
    await write(harness, nth(3));
    const text = await live.until("id: 3\n");
    expect(eventsOf(text)).toEqual(["1 cursor", "2 signal 9", "3 signal 3"]);
    expect(text).toContain(`data: ${JSON.stringify(nth(9))}\n`);
    await live.leave();
  });

  it("goes on after Last-Event-ID wherever the stream broke: none is lost and none comes twice", async () => {
    const harness = harnessOf("local");
    const all = Array.from({ length: 120 }, (_, i) => nth(i));
    await write(harness, ...all);
    for (const at of [0, 1, 49, 50, 51, 119]) {
      const live = listen(await watch(harness, from(at)));
      const text = await live.until("id: 120\n");
      await live.leave();
      expect(eventsOf(text)).toEqual(all.slice(at).map((_, i) => `${at + i + 1} signal ${at + i}`));
    }
    const byQuery = listen(await watch(harness, { query: "?after=118" }));
    expect(eventsOf(await byQuery.until("id: 120\n"))).toEqual(["119 signal 118", "120 signal 119"]);
    await byQuery.leave();
  });

  it("chooses by model, pack and ticker", async () => {
    const harness = harnessOf("local");
    const other = { model_id: "other", pack_id: "pack_two" };
    await write(harness, nth(0), nth(1, other), { ...nth(2), ticker: "SPX" }, nth(3, other));
    const heard = async (query: string, last: number) => {
      const live = listen(await watch(harness, { query, ...from(0) }));
      const text = await live.until(`id: ${last}\n`);
      await live.leave();
      return eventsOf(text);
    };
    expect(await heard("?model_id=other", 4)).toEqual(["2 signal 1", "4 signal 3"]);
    expect(await heard("?pack_id=pack_two", 4)).toEqual(["2 signal 1", "4 signal 3"]);
    expect(await heard("?ticker=SPX", 3)).toEqual(["3 signal 2"]);
  });

  it("speaks every 15 s, says where it is when nothing was chosen, and ends after a quarter of an hour", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const harness = harnessOf("local");
    const live = listen(await watch(harness, { query: "?model_id=nobody" }));
    const rest = live.rest();
    await vi.advanceTimersByTimeAsync(20_000);
    await write(harness, nth(0));
    await vi.advanceTimersByTimeAsync(15 * MINUTE - 20_001);
    let ended = false;
    void rest.then(() => {
      ended = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toBe(false);
    await vi.advanceTimersByTimeAsync(500);
    const text = await rest;
    expect(eventsOf(text)).toEqual(["0 cursor", "1 cursor"]);
    expect(text.split(": still here\n\n").length - 1).toBeGreaterThanOrEqual(58);
    expect(text.split(": still here\n\n").length - 1).toBeLessThanOrEqual(60);
  });

  it("reads no more when the reader has gone, by leaving or by the request's end", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const harness = harnessOf("local");
    const left = listen(await watch(harness));
    await left.until("cursor");
    const request = new AbortController();
    const aborted = listen(await harness.app.request(STREAM, { signal: request.signal }));
    await aborted.until("cursor");
    const rest = aborted.rest();
    await left.leave();
    request.abort();
    await vi.advanceTimersByTimeAsync(1000);
    await rest.catch(() => {});
    expect(vi.getTimerCount()).toBe(0);
    const query = vi.spyOn(harness.ports.metadata, "query");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(query).not.toHaveBeenCalled();
    expect(harness.unexpected).toEqual([]);
  });

  it("tells another owner nothing", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const harness = harnessOf("local");
    await write(harness, nth(0));
    const live = listen(await watch(harness, { query: "?after=0", headers: { "x-test-owner": "bob" } }));
    const rest = live.rest();
    await write(harness, nth(1));
    await vi.advanceTimersByTimeAsync(16 * MINUTE);
    expect(eventsOf(await rest)).toEqual([]);
    // The place of another's feed is no place of his.
    expect((await watch(harness, { headers: { "x-test-owner": "bob", "last-event-id": "1" } })).status).toBe(400);
  });
});

describe("GET /signals/stream in the cloud", () => {
  it("answers at once with what came since, and where to go on behind what was not chosen", async () => {
    const harness = harnessOf("cloud");
    await write(harness, nth(0), nth(1), nth(2, { model_id: "other" }));
    const own = nth(0).model_id;
    const text = await (await watch(harness, { query: `?model_id=${own}`, ...from(1) })).text();
    expect(text.startsWith("retry: 2000\n\n")).toBe(true);
    expect(eventsOf(text)).toEqual(["2 signal 1", "3 cursor"]);
    expect(eventsOf(await (await watch(harness, from(2))).text())).toEqual(["3 signal 2"]);
  });

  it("ends within 20 s when nothing comes, and tells a new reader where to go on", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const harness = harnessOf("cloud");
    await write(harness, nth(0));
    const answers: string[] = [];
    const asked = [{}, from(1)].map(async (how, i) => {
      answers[i] = await (await watch(harness, how)).text();
    });
    await vi.advanceTimersByTimeAsync(19_000);
    expect(answers).toEqual([]);
    await vi.advanceTimersByTimeAsync(1500);
    await Promise.all(asked);
    expect(answers).toEqual(['retry: 2000\n\nid: 1\nevent: cursor\ndata: {"seq":1}\n\n', "retry: 2000\n\n"]);
  });

  it("is one stream for a client that comes again and again", async () => {
    const harness = harnessOf("cloud");
    let calls = 0;
    const client = createSigmaClient({
      transport: async (url, init) => {
        calls += 1;
        if (calls === 2) throw new TypeError("the network failed");
        const response = await harness.app.request(url, init);
        // So that the test need not wait 2 s for each answer.
        return new Response((await response.text()).replace("retry: 2000", "retry: 1"), response);
      },
    });
    const heard: number[] = [];
    const places: number[] = [];
    const stood: boolean[] = [];
    const onPlace = (place: number) => places.push(place);
    const onConnection = (stands: boolean) => stood.push(stands);
    await write(harness, nth(0), nth(1));
    for await (const { seq, signal } of client.signals({ after: 0, modelId: nth(0).model_id, onPlace, onConnection })) {
      heard.push(seq);
      expect(places.at(-1)).toBe(seq);
      expect(signal.signal_id).toBe(nth(seq - 1).signal_id);
      if (seq === 2 || seq === 3) await write(harness, nth(seq));
      if (seq === 4) break;
    }
    expect(heard).toEqual([1, 2, 3, 4]);
    expect(stood.slice(0, 3)).toEqual([true, false, true]);
  });
});

describe("Last-Event-ID of GET /signals/stream", () => {
  it.each(["", "x", "-1", "1.5", "1e3", " 1 2", "0x1", "9999999999"])("is refused when it is %j", async (id) => {
    for (const mode of ["local", "cloud"] as const) {
      const response = await watch(harnessOf(mode), from(id));
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: "INVALID_PARAM", field_errors: [{ path: "last-event-id" }] });
    }
  });

  it("is refused when no event has it yet: the reader would wait for ever behind what comes", async () => {
    const harness = harnessOf("cloud");
    await write(harness, nth(0));
    const response = await watch(harness, from(2));
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, "INVALID_PARAM"]);
    expect((await watch(harness, { query: "?after=x" })).status).toBe(400);
  });
});
