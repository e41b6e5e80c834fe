import type { Bars, Cadence, PriceSeries } from "#lib/core/bars.ts";
import type { OptionTape, UnderlyingTape } from "#lib/core/option-data.ts";
import { type DateNumber, formatDate, sessionDateOf } from "#lib/core/time.ts";
import { MarketSchema } from "#lib/market-data/simulate/market/market.schema.ts";
import type { MarketPart } from "#lib/market-data/simulate/market/symbols.ts";
import { createMarketWorld } from "#lib/market-data/simulate/market/world.ts";
import { createSimulatedMarket } from "#lib/market-data/simulate/simulated-market.ts";
import type { MatrixData, UniverseSeries } from "#lib/matrix/matrix-data.ts";
import { flowCellsFromTape, mergeFlowCells } from "#lib/options/flow/flow-cells.ts";
import { distinctStrikes } from "#lib/options/flow/strike-grid.ts";
import { ivHistoriesOf } from "../../support/iv-history.ts";
import { FACTS } from "./fixtures.ts";

const MINUTE_MS = 60_000;
const SYMBOL = "TEST";
/** The symbols that the registry's indicators read by default, and the part of the market that stands for each. */
const OTHERS: readonly { readonly symbol: string; readonly part: MarketPart; readonly lateMinutes: number; readonly daily: boolean }[] = [
  { symbol: "VIX", part: { kind: "index", index: "VIX" }, lateMinutes: 15, daily: true },
  { symbol: "VIX3M", part: { kind: "index", index: "VIX3M" }, lateMinutes: 15, daily: true },
  { symbol: "SPY", part: { kind: "stock", index: 1 }, lateMinutes: 0, daily: false },
];
const MEMBERS = [2, 3, 4];

/**
 * Every kind of data that a matrix can read, of one small simulated market: the own bars, VIX and VIX3M published a quarter of an
 * hour after the close, a benchmark, chains (open interest each morning, quotes at each bar's end), signed same-day flow, a tape
 * of trades and quotes, and a universe.
 *
 * @param flowSessions - how many of the last sessions have flow and a tape: they are minute by minute and slow to draw
 */
export function richData(options: {
  readonly cadence: Extract<Cadence, "hourly" | "daily">;
  readonly sessions: number;
  readonly flowSessions: number;
  readonly seed?: number;
}): MatrixData {
  const { cadence, sessions: count, flowSessions, seed = 5 } = options;
  const spec = MarketSchema.parse({
    seed,
    first_date: "2022-11-01",
    last_date: "2024-06-28",
    options: { strikes_per_side: 2, same_day_volume: 2000 },
  });
  const world = createMarketWorld(null, spec);
  const market = createSimulatedMarket(world);
  const own: MarketPart = { kind: "market" };
  const all = world.path(own).sessions;
  const sessions = all.slice(-count);
  const window = { start: formatDate(sessions[0]!), end: null };
  const barsOf = (part: MarketPart, symbol: string, of: Cadence, lateMinutes = 0): PriceSeries => {
    const { bars } = market.bars(part, { cadence: of, window });
    const availableAt = lateMinutes === 0 ? {} : { availableAt: bars.end.map((end) => end + lateMinutes * MINUTE_MS) };
    return { bars: { ...bars, symbol, ...availableAt }, facts: FACTS };
  };
  const withFlow = sessions.slice(-flowSessions);
  const series = barsOf(own, SYMBOL, cadence);
  const { snapshots } = market.chains(own, { cadence, window })!;
  return {
    series,
    others: OTHERS.map(({ symbol, part, lateMinutes, daily }) => barsOf(part, symbol, daily ? "daily" : cadence, lateMinutes)),
    ivHistory: { byTenor: ivHistoriesOf(snapshots, [{ days: 30, source: "auto" }]), facts: FACTS },
    chains: { snapshots, facts: FACTS },
    flow: flowOf(
      withFlow.flatMap((session) => market.options(own)?.tape(session, session) ?? []),
      cadence,
    ),
    tape: {
      tape: joinTapes(withFlow.map((session) => lastQuotes(market.options(own)!.underlyingTape(session)!, series.bars, session))),
      facts: FACTS,
    },
    universe: [
      { membership: always(SYMBOL), series },
      ...MEMBERS.map(
        (index): UniverseSeries => ({
          membership: always(`MEMBER${index}`),
          series: barsOf({ kind: "stock", index }, `MEMBER${index}`, cadence),
        }),
      ),
    ],
  };
}

const always = (symbol: string): UniverseSeries["membership"] => ({ symbol, stays: [{ from: null, to: null, delistingReturn: null }] });

/** Signed by the sides that the simulation knows: few trades of a thin market can be signed from their quotes. */
function flowOf(tapes: readonly OptionTape[], cadence: Cadence): MatrixData["flow"] {
  return {
    cells: mergeFlowCells(tapes.map((tape) => flowCellsFromTape(tape, tape.trades.trueSide!, cadence))),
    listed: new Map(tapes.map((tape) => [tape.sessionDate, distinctStrikes(tape.strike)])),
    facts: FACTS,
  };
}

/** The trades and quotes of a session's first and last minutes of each bar: enough to be wrong about, fast to read. */
function lastQuotes(tape: UnderlyingTape, { start, end }: Bars, session: DateNumber): UnderlyingTape {
  const bars = [...start.keys()].filter((i) => sessionDateOf(start[i]!) === session);
  const kept = (ts: number): boolean =>
    bars.some((i) => (ts >= start[i]! && ts < start[i]! + MINUTE_MS) || Math.abs(ts - end[i]!) <= MINUTE_MS);
  const rows = (ts: Float64Array): number[] => [...ts.keys()].filter((i) => kept(ts[i]!));
  const [trades, quotes] = [rows(tape.trades.ts), rows(tape.quotes.ts)];
  const pick = (from: readonly number[], column: Float64Array): Float64Array => Float64Array.from(from, (i) => column[i]!);
  return {
    symbol: SYMBOL,
    trades: {
      length: trades.length,
      ts: pick(trades, tape.trades.ts),
      price: pick(trades, tape.trades.price),
      size: pick(trades, tape.trades.size),
    },
    quotes: {
      length: quotes.length,
      ts: pick(quotes, tape.quotes.ts),
      bid: pick(quotes, tape.quotes.bid),
      ask: pick(quotes, tape.quotes.ask),
      bidSize: pick(quotes, tape.quotes.bidSize),
      askSize: pick(quotes, tape.quotes.askSize),
    },
  };
}

function joinTapes(tapes: readonly UnderlyingTape[]): UnderlyingTape {
  const joined = (columns: readonly Float64Array[]): Float64Array => Float64Array.from(columns.flatMap((column) => [...column]));
  const trades = tapes.map((tape) => tape.trades);
  const quotes = tapes.map((tape) => tape.quotes);
  const total = (parts: readonly { readonly length: number }[]): number => parts.reduce((sum, { length }) => sum + length, 0);
  return {
    symbol: SYMBOL,
    trades: {
      length: total(trades),
      ts: joined(trades.map(({ ts }) => ts)),
      price: joined(trades.map(({ price }) => price)),
      size: joined(trades.map(({ size }) => size)),
    },
    quotes: {
      length: total(quotes),
      ts: joined(quotes.map(({ ts }) => ts)),
      bid: joined(quotes.map(({ bid }) => bid)),
      ask: joined(quotes.map(({ ask }) => ask)),
      bidSize: joined(quotes.map(({ bidSize }) => bidSize)),
      askSize: joined(quotes.map(({ askSize }) => askSize)),
    },
  };
}
