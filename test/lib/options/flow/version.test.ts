import { expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import { sha256 } from "#lib/core/digest.ts";
import type { OptionTape } from "#lib/core/option-data.ts";
import { createRng } from "#lib/core/rng.ts";
import { barEndOf, barStartsOf } from "#lib/core/session.ts";
import { yearsToExpiry } from "#lib/options/expiry-time.ts";
import type { DealerRows } from "#lib/options/flow/dealer-columns.ts";
import { flowCellsFromTape, mergeFlowCells } from "#lib/options/flow/flow-cells.ts";
import { FLOW_VERSION } from "#lib/options/flow/flow-column.ts";
import { flowColumns } from "#lib/options/flow/flow-columns.ts";
import { signedFlowColumns } from "#lib/options/flow/signed-flow-columns.ts";
import { distinctStrikes } from "#lib/options/flow/strike-grid.ts";
import { signTrades } from "#lib/options/signing/sign-trades.ts";

/** Digests of every published version: an entry is added with a new version and never changed. */
const published: Readonly<Record<number, string>> = { 1: "f3a92d7f4300aed3" };

const dates = NYSE.sessionsBetween(20240603, 20240710);
const rng = createRng("flow version");

function randomTape(sessionDate: number): OptionTape {
  const [open, length] = [NYSE.openOf(sessionDate), 400];
  const strikes = Array.from({ length: 22 }, (_, i) => 540 + (i >> 1));
  const times = () => Float64Array.from({ length }, () => open + rng.int(NYSE.closeOf(sessionDate) - open)).sort();
  const contract = Int32Array.from({ length }, () => rng.int(22));
  const ts = times();
  const bid = Float64Array.from({ length }, () => (80 + rng.int(20)) / 100);
  return {
    underlying: "SPY",
    sessionDate,
    expiry: sessionDate,
    strike: Float64Array.from(strikes),
    right: Int8Array.from(strikes, (_, i) => (i % 2 === 0 ? 1 : -1)),
    trades: {
      length,
      ts,
      contract,
      price: bid.map((value) => value + rng.int(6) / 100),
      size: Float64Array.from({ length }, () => 1 + rng.int(40)),
      kind: Uint8Array.from({ length }, () => (rng.uniform() < 0.1 ? 1 + rng.int(3) : 0)),
      trueSide: null,
    },
    quotes: {
      length,
      ts: ts.map((value) => value - 1),
      contract,
      bid,
      ask: bid.map((value) => value + 0.04),
      bidSize: new Float64Array(length),
      askSize: new Float64Array(length),
    },
  };
}

function rowsOf(): DealerRows & { readonly previousClose: Float64Array; readonly close: Float64Array } {
  const bars = dates.flatMap((date) => barStartsOf(date, "hourly").map((start) => ({ date, start, end: barEndOf(start, "hourly") })));
  const around = (middle: number, width: number) => Float64Array.from(bars, () => middle + width * (rng.uniform() - 0.5));
  return {
    length: bars.length,
    barStart: Float64Array.from(bars, ({ start }) => start),
    barEnd: Float64Array.from(bars, ({ end }) => end),
    sessionDate: Float64Array.from(bars, ({ date }) => date),
    spotAtStart: around(545, 4),
    spot: around(545, 4),
    sessionOpen: around(545, 2),
    years: Float64Array.from(bars, ({ date, end }) => yearsToExpiry(end, date)),
    volatility: around(0.15, 0.1),
    straddle: around(3, 2),
    rate: around(0.05, 0),
    dividendYield: around(0.013, 0),
    previousClose: around(545, 6),
    close: around(545, 4),
  };
}

it("FLOW_VERSION stands for the output it was published with; a changed output needs the next version and a new line here", () => {
  const tapes = dates.map(randomTape);
  const cells = mergeFlowCells(tapes.map((tape) => flowCellsFromTape(tape, signTrades(tape).sides, "hourly")));
  const rows = rowsOf();
  const listed = new Map(tapes.map((tape) => [tape.sessionDate, distinctStrikes(tape.strike)]));
  const columns = [
    ...flowColumns(cells, rows, { atm: true, ratioWindows: [1, 5] }),
    ...flowColumns(cells, rows, { flowSide: "inferred", strikeStep: 2, distanceMax: 2 }),
    ...signedFlowColumns(cells, rows, listed, { atm: true, inTheMoney: true, minClassifiedShare: 0.5 }),
  ];
  for (const [name, column] of columns) expect([...column].some(Number.isFinite), name).toBe(true);
  // Nine digits: enough to see a change of formula, few enough to survive a reordered sum.
  const lines = columns.map(([name, column]) => {
    const values = Array.from(column, (value) => (Math.abs(value) < 1e-9 ? "0" : value.toPrecision(9)));
    return `${name} ${values.join(" ")}`;
  });
  expect({ [FLOW_VERSION]: published[FLOW_VERSION] }).toEqual({ [FLOW_VERSION]: sha256(lines.join("\n")).slice(0, 16) });
});
