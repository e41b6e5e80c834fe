import type { Signal } from "#lib/signals/signal.schema.ts";
import { decimal, minute } from "./format.ts";
import { paintStatus } from "./paint.ts";
import type { Session } from "./session.ts";
import { marks } from "./stamps.ts";
import { renderTable } from "./table.ts";

/** What a person must know of a signal before its direction. */
export const marksOf = (signal: Pick<Signal, "replay" | "proven"> & { readonly stamps: readonly string[] }): string =>
  marks([...(signal.replay ? ["replay"] : []), ...(signal.proven ? [] : ["UNPROVEN"]), ...signal.stamps]);

/** Signals in the order given, with what to do and the marks. */
export function signalTable(rows: readonly Signal[], { paint, width }: Pick<Session, "paint" | "width">): string {
  if (rows.length === 0) return 'No signals. Publish a trained model, then "sigma signals run".';
  return renderTable<Signal>(
    [
      { header: "Time (UTC)", value: ({ timestamp }) => minute(timestamp) },
      { header: "Signal", value: ({ signal, closes }) => `${paintStatus(paint, signal)}${closes ? " to close" : ""}` },
      { header: "Ticker", value: ({ ticker }) => ticker },
      { header: "Confidence", align: "right", value: ({ confidence }) => decimal(confidence, 3) },
      { header: "Shares", align: "right", value: ({ quantity }) => decimal(quantity, 2) },
      { header: "Entry", align: "right", value: ({ entry_price }) => decimal(entry_price) },
      { header: "Stop", align: "right", value: ({ stop_loss }) => decimal(stop_loss), optional: 2 },
      { header: "Target", align: "right", value: ({ take_profit }) => decimal(take_profit), optional: 2 },
      { header: "Gate", value: ({ gate_status }) => paintStatus(paint, gate_status) },
      { header: "Marks", value: marksOf, shrinkTo: 24 },
      { header: "Model", value: ({ model_id }) => model_id, shrinkTo: 12, optional: 1 },
    ],
    rows,
    width,
  );
}
