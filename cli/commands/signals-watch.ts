import type { SignalEvent } from "#client/signal-events.ts";
import { command } from "../command.ts";
import { decimal, minute } from "../format.ts";
import { paintStatus } from "../paint.ts";
import type { Session } from "../session.ts";
import { marksOf } from "../signal-table.ts";
import { wholeNumber } from "../values.ts";

const MOST = 999_999_999;

function line({ seq, signal }: SignalEvent, { paint }: Session): string {
  const { timestamp, ticker, confidence, entry_price, model_id, closes } = signal;
  const marks = marksOf(signal);
  const what = `${paintStatus(paint, signal.signal)}${closes ? " to close" : ""} ${ticker}`;
  const facts = `confidence ${decimal(confidence, 3)}, entry ${decimal(entry_price)}, model ${model_id}`;
  return `${seq}  ${minute(timestamp)}  ${what}  ${facts}${marks === "" ? "" : `  ${marks}`}`;
}

export const signalsWatch = command({
  name: "signals watch",
  description: "New signals as they are written, one line each, until Ctrl-C; with --json one document a line",
  routes: ["GET /signals/stream"],
  args: {
    model: { type: "string", valueHint: "id", description: "Only this model" },
    pack: { type: "string", valueHint: "id", description: "Only this pack" },
    ticker: { type: "string", valueHint: "SPX", description: "Only this ticker" },
    after: { type: "string", valueHint: "number", description: "Go on after the signal of this number; 0 = from the first one" },
    count: { type: "string", valueHint: "1", description: "End after this many signals" },
  },
  examples: ["sigma signals watch", "sigma signals watch --ticker SPX --after 12"],
  async run({ session, args }) {
    const after = args.after === undefined ? undefined : wholeNumber("after", args.after, 0, MOST);
    const count = args.count === undefined ? Number.POSITIVE_INFINITY : wholeNumber("count", args.count, 1, MOST);
    const client = await session.api();
    const stopped = new AbortController();
    const stop = (): void => stopped.abort();
    process.once("SIGINT", stop);
    if (!Number.isFinite(count)) session.note("Waiting for new signals (Ctrl-C ends)");
    const { model: modelId, pack: packId, ticker } = args;
    let shown = 0;
    try {
      for await (const event of client.signals({ after, modelId, packId, ticker, signal: stopped.signal })) {
        session.terminal.stdout.write(`${session.json ? JSON.stringify(event) : line(event, session)}\n`);
        shown += 1;
        if (shown >= count) break;
      }
    } catch (error) {
      if (!stopped.signal.aborted) throw error;
    } finally {
      process.removeListener("SIGINT", stop);
    }
    return undefined;
  },
});
