import type { MetadataStore } from "#lib/ports/metadata-store.ts";
import { type FeedEntry, feedAfter } from "#lib/signals/signal-feed.ts";
import { readSignal } from "#lib/signals/signal-store.ts";
import { eventText } from "../http/event-stream.ts";

const POLL_MS = 250;
const HEARTBEAT_MS = 15_000;
/** A stream ends after this time, and its reader comes back: no connection is held for ever. */
const STREAM_MS = 15 * 60_000;
/** Inside the gateway's limit of 29 s, which buffers what it answers. */
const COLLECT_MS = 20_000;
/** A signal is a few kilobytes, an answer of the cloud at most 6 MB. */
const PAGE = 50;

const RETRY = "retry: 2000\n\n";

export interface SignalWatch {
  readonly metadata: MetadataStore;
  readonly owner: string;
  readonly takes: (entry: FeedEntry) => boolean;
  /** Where the reader is. */
  readonly after: number;
  /** Whether the reader knows where it is; it is told at once otherwise. */
  readonly resumed: boolean;
}

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Where to go on when nothing that was asked for has this number. */
const cursorEvent = (seq: number): string => eventText("cursor", seq, { seq });

/** What was written after a place, as events, and the place that was read up to. */
async function look({ metadata, owner, takes }: SignalWatch, after: number) {
  const entries = await feedAfter(metadata, owner, after, PAGE);
  const taken = entries.filter(takes);
  const signals = await Promise.all(taken.map(({ signal_id }) => readSignal(metadata, owner, signal_id)));
  return {
    text: signals.map((signal, i) => eventText("signal", taken[i]!.seq, signal)).join(""),
    /** The last number that the text itself tells. */
    told: taken.at(-1)?.seq,
    at: entries.at(-1)?.seq ?? after,
    isFull: entries.length === PAGE,
  };
}

/** Signals as they are written, with a comment every 15 s, until the reader goes away or a quarter of an hour has passed. */
export async function* liveSignals(watch: SignalWatch, gone: AbortSignal): AsyncGenerator<string> {
  const started = performance.now();
  let at = watch.after;
  let told = at;
  let spoke = started;
  yield RETRY + (watch.resumed ? "" : cursorEvent(at));
  while (!gone.aborted) {
    const found = await look(watch, at);
    at = found.at;
    told = found.told ?? told;
    const now = performance.now();
    const isOver = now - started >= STREAM_MS;
    const isQuiet = now - spoke >= HEARTBEAT_MS;
    if (found.text !== "" || isQuiet || isOver) {
      const place = at > told && (isQuiet || isOver) ? cursorEvent(at) : "";
      if (place !== "") told = at;
      spoke = now;
      yield found.text + place + (isQuiet ? ": still here\n\n" : "");
    }
    if (isOver) return;
    if (!found.isFull) await pause(POLL_MS);
  }
}

/** Signals that were written since the reader's place, or the first ones that come within 20 s. */
export async function collectSignals(watch: SignalWatch, gone: AbortSignal): Promise<string> {
  const started = performance.now();
  let at = watch.after;
  for (;;) {
    const { text, told, ...found } = await look(watch, at);
    at = found.at;
    if (text !== "" || gone.aborted || performance.now() - started >= COLLECT_MS) {
      const isTold = at === (told ?? (watch.resumed ? watch.after : undefined));
      return RETRY + text + (isTold ? "" : cursorEvent(at));
    }
    if (!found.isFull) await pause(4 * POLL_MS);
  }
}
