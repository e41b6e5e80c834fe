import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { beginsMidSession, sessionPosition } from "../session-series.ts";

export const sessionReturn = defineIndicator({
  name: "session_return",
  version: 1,
  category: "intraday",
  subcategory: "momentum",
  timeframe: "any",
  inputs: ["open", "close", "sessionDate", "barStart"],
  params: z.strictObject({}),
  doc: "Return since the session's open.",
  notes:
    "Counted from the session's first known open. NaN at an unknown bar and in a first session whose beginning is missing; then it goes on.",
  source: "close(t) / open(session) - 1",
  memory: "recursive",
  columns: () => [{ name: "session_return", unit: "ratio", flat: 0 }],
  warmupBars: () => 0,
  compute(inputs) {
    const { length, close } = inputs;
    const position = sessionPosition(inputs);
    const out = newColumn(length);
    const firstKnown = beginsMidSession(inputs) ? 1 : 0;
    let session = -1;
    let open = Number.NaN;
    for (let i = 0; i < length; i++) {
      if (position[i] !== session) {
        session = position[i]!;
        open = Number.NaN;
      }
      if (Number.isNaN(open)) open = inputs.open[i]!;
      out[i] = session >= firstKnown && open > 0 ? (close[i]! - open) / open : Number.NaN;
    }
    return [out];
  },
});
