import type { Operations } from "./operations.ts";
import { resumedEvents } from "./resumed-events.ts";
import type { Send } from "./send.ts";

/** A signal as `GET /signals/{signal_id}` gives it. */
type Signal = Operations["GET /signals/{signal_id}"]["answer"];

export interface SignalEvent {
  /** Grows with each signal of the owner in the order of writing; where to go on. */
  readonly seq: number;
  readonly signal: Signal;
}

export interface SignalEventsOptions {
  /** Go on after the signal of this number; 0 = from the first one; absent = from now on. */
  readonly after?: number | undefined;
  readonly modelId?: string | undefined;
  readonly packId?: string | undefined;
  readonly ticker?: string | undefined;
  /** Told when a connection stands, and when it broke and is tried again. */
  readonly onConnection?: ((stands: boolean) => void) | undefined;
  /** Told the place in the order, as `after` takes it, with each signal and whenever the server says where the reader is. */
  readonly onPlace?: ((seq: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * New signals, each once and in the order in which they were written, without an end; breaks are mended.
 *
 * @throws ProblemError as the API says; the network's own error when it failed five times in a row; the signal's reason
 */
export async function* signalEvents(
  send: Send,
  { after, modelId, packId, ticker, onConnection, onPlace, signal }: SignalEventsOptions = {},
): AsyncGenerator<SignalEvent> {
  let seen = after ?? -1;
  const query = { model_id: modelId, pack_id: packId, ticker };
  for await (const { name, id, data } of resumedEvents(send, "/signals/stream", { query, after, onConnection, signal })) {
    const seq = Number(id);
    if (id !== undefined) onPlace?.(seq);
    if (name !== "signal" || !(seq > seen)) continue;
    seen = seq;
    yield { seq, signal: JSON.parse(data) as Signal };
  }
}
