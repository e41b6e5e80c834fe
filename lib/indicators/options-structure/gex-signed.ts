import * as z from "zod";
import type { FlowCells } from "../../core/option-data.ts";
import { sessionDateOf } from "../../core/time.ts";
import { chainLayout } from "../../options/chain/chain-layout.ts";
import { gexSigned as exposureOf } from "../../options/chain/gamma-exposure.ts";
import { lastMomentOf } from "../../options/expiry-time.ts";
import { defineIndicator } from "../define-indicator.ts";
import { newColumn } from "../kernels/columns.ts";
import { rowSessions } from "../session-numbers.ts";
import { type Snapshots, snapshotsOf } from "../snapshots.ts";
import { latestPlaces } from "../timeline.ts";

export const gexSigned = defineIndicator({
  name: "gex_signed",
  version: 1,
  category: "options_structure",
  subcategory: "exposure",
  timeframe: "minute",
  inputs: ["chains", "flowCells", "sessionDate", "barStart", "barEnd"],
  params: z.strictObject({}),
  doc: "Gamma exposure from signed same-day flow: dollars of hedging that a move of 1 % asks of those who took the other side since the open.",
  notes:
    "Contracts that takers bought less those that they sold, by strike, since the open; gammas of the row's session's latest snapshot. It knows who took, not who opened nor who is a dealer, and is as wrong as the signing (about a fifth of trades). 0 once the contracts have expired. NaN before the session's first flow, while less than 60 % of its contracts are signed, without a snapshot of the session that lists the expiry, and when the gamma of more than 40 % of the net contracts is unknown.",
  source:
    "-sum of net bought x gamma x 100 x S^2 x 0.01; Dim, Eraker and Vilkov, 0DTEs: Trading, Gamma Risk and Volatility Propagation (2024)",
  memory: "finite",
  needs: () => ({ chains: "intraday", flow: true, historySessions: 0 }),
  columns: () => [{ name: "gex_signed", unit: "usd" }],
  warmupBars: () => 0,
  compute(inputs) {
    const out = newColumn(inputs.length).fill(Number.NaN);
    const cells = inputs.flowCells;
    if (cells === null) return [out];
    const snapshots = snapshotsOf(inputs, "market");
    const places = latestPlaces(inputs, snapshots);
    const rows = rowSessions(inputs);
    let book = emptyBook();
    let next = 0;
    for (let t = 0; t < out.length; t++) {
      const session = inputs.sessionDate[t]!;
      if (session !== inputs.sessionDate[t - 1]) book = emptyBook();
      for (; next < cells.length && cells.barStart[next]! <= inputs.barStart[t]!; next++)
        if (sessionDateOf(cells.barStart[next]!) === session) take(book, cells, next);
      const place = places[t]!;
      const isSigned = book.signed >= LEAST_SIGNED * book.volume && book.volume > 0;
      if (place >= 0 && snapshots.session[place] === rows[t] && isSigned) out[t] = exposureAt(snapshots, place, session, book);
    }
    return [out];
  },
});

/** Below this share of the contracts whose side is known the rest may turn the sum. */
const LEAST_SIGNED = 0.6;

/** The session's signed contracts so far. */
interface Book {
  /** Bought less sold, by strike. */
  readonly calls: Map<number, number>;
  readonly puts: Map<number, number>;
  signed: number;
  volume: number;
}

const emptyBook = (): Book => ({ calls: new Map(), puts: new Map(), signed: 0, volume: 0 });

function take(book: Book, cells: FlowCells, i: number): void {
  const strike = cells.strike[i]!;
  const [callBought, callSold, putBought, putSold] = [cells.callBought[i]!, cells.callSold[i]!, cells.putBought[i]!, cells.putSold[i]!];
  book.calls.set(strike, (book.calls.get(strike) ?? 0) + callBought - callSold);
  book.puts.set(strike, (book.puts.get(strike) ?? 0) + putBought - putSold);
  book.signed += callBought + callSold + putBought + putSold;
  book.volume += cells.callVolume[i]! + cells.putVolume[i]!;
}

function exposureAt({ chains }: Snapshots, place: number, session: number, { calls, puts }: Book): number {
  const chain = chains[place]!;
  if (chain.knownAt >= lastMomentOf(session)) return 0;
  const slice = chainLayout(chain).slices.find(({ expiry }) => expiry === session);
  return slice
    ? exposureOf(chain, slice, { strikes: [...calls.keys()], calls: [...calls.values()], puts: [...puts.values()] })
    : Number.NaN;
}
