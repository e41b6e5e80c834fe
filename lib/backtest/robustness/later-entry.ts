import type { EvaluationContext, SelectedOrders } from "../evaluate-variant.ts";
import { tradeOf } from "../label-trade.ts";

/**
 * The same decisions acted on some bars later, as by a trader who is slow, and held as long as before. A decision is left
 * out where acting later would leave its session (models that end in theirs), cross a hole of the data, or outlive it.
 *
 * @param holdBars - bars from a decision to its exit
 */
export function laterOrders(context: EvaluationContext, selected: SelectedOrders, bars: number, holdBars: number): SelectedOrders {
  const { tape, range, decisionEnd, input } = context;
  const { orders } = selected;
  // A trade to the session's close, or over the night after it, is another one on another day.
  const staysInSession = input.sessionBound || tradeOf(context.label, input.matrix.info.cadence).kind !== "bars";
  const side = new Int8Array(tape.rows);
  const fold = orders.fold.slice();
  const size = orders.size === null ? null : new Float64Array(tape.rows);
  const close = orders.close === undefined ? undefined : new Uint8Array(tape.rows);
  const rank = orders.rank === undefined ? undefined : new Float64Array(tape.rows);
  for (let row = range.start; row < range.end; row++) {
    const at = tape.rowAhead(row, bars);
    if (at < 0 || at >= range.end) continue;
    if (close !== undefined) close[at] = orders.close![row]!;
    if (orders.side[row] === 0 || at >= decisionEnd) continue;
    if (staysInSession && tape.session[at] !== tape.session[row]) continue;
    if (tape.nextHole[at]! < tape.bar[at]! + holdBars) continue;
    side[at] = orders.side[row]!;
    fold[at] = orders.fold[row]!;
    if (size !== null) size[at] = orders.size![row]!;
    if (rank !== undefined) rank[at] = orders.rank![row]!;
  }
  const rest = { ...(close === undefined ? {} : { close }), ...(rank === undefined ? {} : { rank }) };
  return { orders: { side, size, fold, ...rest }, selected: selected.selected };
}
