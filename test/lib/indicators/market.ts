import { NYSE } from "#lib/core/calendar.ts";
import type { FlowCells, IvHistory, OptionChain, UnderlyingTape } from "#lib/core/option-data.ts";
import { createRng, type Rng } from "#lib/core/rng.ts";
import type { DataNeeds, IndicatorDefinition, IndicatorParams } from "#lib/indicators/define-indicator.ts";
import type { OtherSeries } from "#lib/indicators/inputs.ts";
import type { Tenor } from "#lib/options/chain/iv-measures.ts";
import { ivHistoriesOf } from "../../support/iv-history.ts";
import { type Columns, constantSeries, type Extras, type Origin, randomWalk, roughWalk } from "./series.ts";
import { type SessionPath, syntheticChains } from "./synthetic-chains.ts";

/** The same bars with the other data that a definition needs; definitions that need none get them as they are. */
export function supplied(definition: Pick<IndicatorDefinition, "needs" | "inputs">, params: IndicatorParams, columns: Columns): Columns {
  const needs = definition.needs?.(params);
  if (!needs || !columns.origin) return columns;
  const length = columns.close.length;
  const market = marketOf(columns.origin, length);
  const extras: Extras = {
    others: new Map([
      ...(needs.dailySymbols ?? []).map((symbol) => [symbol, market.daily(symbol)] as const),
      ...(needs.barSymbols ?? []).map((symbol) => [symbol, market.bars(symbol)] as const),
    ]),
    chains: needs.chains === undefined ? [] : market.chains(needs.chains),
    ivHistory: needs.ivHistory === undefined ? new Map() : market.ivHistory(needs.ivHistory.tenor),
    flow: needs.flow ? new Map([...market.flow()].map(([name, column]) => [name, column.slice(0, length)])) : null,
    flowCells: needs.flow && definition.inputs.includes("flowCells") ? market.flowCells() : null,
    tape: needs.tape ? market.tape() : null,
    universe: needs.universe ? shortened(market.universe(), length) : null,
  };
  return {
    ...columns,
    scale: market.scale.slice(0, length),
    extras: { ...extras, historySessions: needs.historySessions ?? 1, ivSessions: needs.ivHistory?.sessions ?? 0 },
  };
}

/** Sessions of data before the first row's that a definition says it reads, whatever the data. */
export const historyOf = (needs: DataNeeds): number => Math.max(needs.historySessions ?? 1, needs.ivHistory?.sessions ?? 0);

const shortened = (universe: NonNullable<Extras["universe"]>, length: number): Extras["universe"] => ({
  ...universe,
  closes: universe.closes.map((column) => column.slice(0, length)),
});

/** Everything beside the bars of one series, each kind made when it is first asked for. */
interface Market {
  readonly scale: Float64Array;
  chains(kind: "daily" | "intraday"): readonly OptionChain[];
  ivHistory(tenor: Tenor): ReadonlyMap<string, IvHistory>;
  daily(symbol: string): OtherSeries;
  bars(symbol: string): OtherSeries;
  flow(): ReadonlyMap<string, Float64Array>;
  flowCells(): FlowCells;
  tape(): UnderlyingTape;
  universe(): NonNullable<Extras["universe"]>;
}

/** Longer than what any definition asks for. */
const HISTORY = 270;
const BUCKET = 350;
const MOST_MARKETS = 16;
const markets = new Map<string, Market>();

/** A series is the beginning of every longer one of its origin, so a market serves all shorter lengths. */
function marketOf(origin: Origin, length: number): Market {
  const whole = Math.max(1, Math.ceil(length / BUCKET)) * BUCKET;
  const key = `${origin.kind}/${origin.seed}/${origin.grid.name}/${whole}`;
  const known = markets.get(key);
  if (known) return known;
  const market = createMarket(barsOf(origin, whole), origin);
  markets.set(key, market);
  if (markets.size > MOST_MARKETS) markets.delete(markets.keys().next().value!);
  return market;
}

function barsOf({ kind, seed, grid }: Origin, length: number): Columns {
  if (kind === "smooth") return randomWalk(length, seed, grid);
  if (kind === "rough") return roughWalk(length, seed, grid);
  const [price, volume] = seed.split("/").map(Number);
  return constantSeries(length, price!, volume!, grid);
}

function createMarket(bars: Columns, origin: Origin): Market {
  const rngOf = (label: string): Rng => createRng(`${origin.seed}/${label}`);
  const made = new Map<string, unknown>();
  const once = <T>(key: string, make: (rng: Rng) => T): T => {
    if (!made.has(key)) made.set(key, make(rngOf(key)));
    return made.get(key) as T;
  };
  const scale = scaleOf(bars, origin, rngOf("scale"));
  const raw = bars.close.map((close, i) => close / scale[i]!);
  const chains = (kind: "daily" | "intraday") =>
    once(`chains/${kind}`, (rng) => syntheticChains(pathsOf(bars, raw, kind, rng), origin.kind, rng));
  return {
    scale,
    chains,
    ivHistory: (tenor) =>
      once(`iv/${tenor.days}/${tenor.source}`, (rng) => withLateWords(ivHistoriesOf(chains("daily"), [tenor]), origin, rng)),
    daily: (symbol) => once(`daily/${symbol}`, (rng) => dailySeries(symbol, bars, origin, rng)),
    bars: (symbol) => once(`bars/${symbol}`, (rng) => barSeries(symbol, bars, origin, rng)),
    flow: () => once("flow", (rng) => flowOf(bars, origin, rng)),
    flowCells: () => once("cells", (rng) => flowCellsOf(bars, raw, origin, rng)),
    tape: () => once("tape", (rng) => tapeOf(bars, raw, origin, rng)),
    universe: () => once("universe", (rng) => universeOf(bars, origin, rng)),
  };
}

const DAY_MS = 86_400_000;

/** In a rough market some values become known days later, and some are corrected then. */
function withLateWords(histories: ReadonlyMap<string, IvHistory>, { kind }: Origin, rng: Rng): ReadonlyMap<string, IvHistory> {
  if (kind !== "rough") return histories;
  return new Map(
    [...histories].map(([tenor, { length, session, knownAt, value }]) => {
      const entries = Array.from({ length }, (_, i) => [session[i]!, knownAt[i]!, value[i]!]).flatMap((entry) => {
        const [of, at, iv] = entry as [number, number, number];
        const dice = rng.int(100);
        if (dice < 4) return [[of, at + 3 * DAY_MS, iv]];
        if (dice < 8) return [entry, [of, at + 2 * DAY_MS, 1.1 * iv]];
        return [entry];
      });
      entries.sort((a, b) => a[1]! - b[1]!);
      const column = (k: number): Float64Array => Float64Array.from(entries, (entry) => entry[k]!);
      return [tenor, { length: entries.length, session: column(0), knownAt: column(1), value: column(2) }];
    }),
  );
}

/** In a rough market a split or a dividend every 40 sessions or so. */
function scaleOf({ sessionDate, scale }: Columns, { kind }: Origin, rng: Rng): Float64Array {
  if (kind !== "rough") return scale;
  let now = 1;
  return scale.map((_, i) => {
    if (i > 0 && sessionDate[i] !== sessionDate[i - 1] && rng.int(40) === 0) now *= rng.int(2) === 0 ? 4 : 1.03125;
    return now;
  });
}

const HISTORY_STEP = 0.01;

/** Every session from long before the rows to the last row's, with the moments of its snapshots. */
function pathsOf(bars: Columns, raw: Float64Array, kind: "daily" | "intraday", rng: Rng): SessionPath[] {
  const { sessionDate, barEnd } = bars;
  const rowsOf = new Map<number, number[]>();
  sessionDate.forEach((date, i) => {
    const rows = rowsOf.get(date);
    if (rows) rows.push(i);
    else rowsOf.set(date, [i]);
  });
  const first = NYSE.sessionIndex(sessionDate[0]!);
  const lastSession = NYSE.sessionIndex(sessionDate.at(-1)!);
  const firstPrice = raw.find((price) => !Number.isNaN(price))!;
  const history = Array.from({ length: HISTORY }, () => rng.normal());
  let price = firstPrice;
  const before: number[] = [];
  for (let k = HISTORY - 1; k >= 0; k--) {
    before[k] = price;
    if (bars.origin!.kind !== "flat") price *= Math.exp(HISTORY_STEP * history[k]!);
  }
  price = firstPrice;
  const paths: SessionPath[] = [];
  for (let session = first - HISTORY; session <= lastSession; session++) {
    const date = NYSE.sessionAt(session);
    const close = NYSE.closeOf(date);
    const rows = rowsOf.get(date) ?? [];
    if (session < first) price = before[session - first + HISTORY]!;
    const moments = rows.map((i) => {
      if (!Number.isNaN(raw[i]!)) price = raw[i]!;
      return { at: barEnd[i]!, price };
    });
    const last = { at: close, price };
    const opening = { at: NYSE.openOf(date) + 1_800_000, price: bars.origin!.kind === "flat" ? price : price * (1 + 0.002 * rng.normal()) };
    if (kind === "daily") paths.push({ date, moments: moments.length > 1 ? moments.slice(-1) : [last] });
    else paths.push({ date, moments: moments.length > 1 ? moments : [opening, last] });
  }
  return paths;
}

function dailySeries(symbol: string, { sessionDate }: Columns, { kind }: Origin, rng: Rng): OtherSeries {
  const first = NYSE.sessionIndex(sessionDate[0]!) - HISTORY;
  const count = NYSE.sessionIndex(sessionDate.at(-1)!) - first + 1;
  const dates: number[] = [];
  const closes: number[] = [];
  let level = 0;
  for (let k = 0; k < count; k++) {
    level = kind === "flat" ? 0 : 0.97 * level + 0.06 * rng.normal();
    if (kind === "rough" && rng.int(100) < 4) continue;
    dates.push(NYSE.sessionAt(first + k));
    closes.push(kind === "rough" && rng.int(100) < 3 ? Number.NaN : (symbol === "VIX" ? 18 : 20) * Math.exp(level));
  }
  const close = Float64Array.from(closes);
  // Published a quarter of an hour after the close.
  const availableAt = Float64Array.from(dates, (date) => NYSE.closeOf(date) + 900_000);
  return { symbol, length: close.length, availableAt, sessionDate: Float64Array.from(dates), ...allPrices(close) };
}

const allPrices = (close: Float64Array) => ({ open: close, high: close, low: close, close, volume: close.map(() => 1) });

/** A benchmark's bars, which end when the rows do; in a rough market some are late or missing. */
function barSeries(symbol: string, { sessionDate, barEnd }: Columns, { kind }: Origin, rng: Rng): OtherSeries {
  const rows: { at: number; date: number; close: number }[] = [];
  let close = 300;
  barEnd.forEach((at, i) => {
    if (kind !== "flat") close *= Math.exp(0.008 * rng.normal());
    if (kind === "rough" && rng.int(100) < 4) return;
    const late = kind === "rough" && rng.int(100) < 5 ? 120_000 : 0;
    rows.push({ at: at + late, date: sessionDate[i]!, close: kind === "rough" && rng.int(100) < 3 ? Number.NaN : close });
  });
  const column = (of: (row: (typeof rows)[number]) => number): Float64Array => Float64Array.from(rows, of);
  const availableAt = column(({ at }) => at);
  return { symbol, length: rows.length, availableAt, sessionDate: column(({ date }) => date), ...allPrices(column((row) => row.close)) };
}

function flowOf({ close }: Columns, { kind }: Origin, rng: Rng): ReadonlyMap<string, Float64Array> {
  const calls = close.map(() => (kind === "rough" && rng.int(100) < 4 ? Number.NaN : kind === "flat" ? 500 : rng.int(5000)));
  const puts = calls.map((value) => (Number.isNaN(value) ? value : kind === "flat" ? 400 : rng.int(5000)));
  return new Map([
    ["calls_sold_total", calls],
    ["puts_sold_total", puts],
    ["pc_ratio", calls.map((value, i) => (puts[i]! + 1e-6) / (value + 1e-6))],
    ["imbalance", calls.map((value, i) => value - puts[i]!)],
  ]);
}

/** Signed flow at the strikes that the session's chain lists for its own expiry. */
function flowCellsOf({ barStart, sessionDate }: Columns, raw: Float64Array, { kind }: Origin, rng: Rng): FlowCells {
  const cells: number[][] = [];
  let [anchor, price] = [Number.NaN, raw.find((value) => !Number.isNaN(value))!];
  barStart.forEach((start, i) => {
    if (!Number.isNaN(raw[i]!)) price = raw[i]!;
    if (i === 0 || sessionDate[i] !== sessionDate[i - 1]) anchor = price;
    if (kind === "rough" && rng.int(100) < 4) return;
    for (let j = -3; j <= 3; j++) {
      const counts = Array.from({ length: 4 }, () => (kind === "flat" ? 10 : rng.int(400)));
      if (kind === "rough" && rng.int(300) === 0) counts[0] = Number.NaN;
      cells.push([start, anchor * (1 + 0.015 * (j + 0.3)), ...counts]);
    }
  });
  const column = (k: number): Float64Array => Float64Array.from(cells, (cell) => cell[k]!);
  const nothing = new Float64Array(cells.length);
  // Now and then most of a bar's contracts have no known side.
  const unsigned = kind === "rough" ? Float64Array.from(cells, () => (rng.int(100) < 20 ? 1500 : 20)) : nothing;
  return {
    underlying: "SPY",
    length: cells.length,
    barStart: column(0),
    strike: column(1),
    callVolume: unsigned.map((more, i) => more + cells[i]![2]! + cells[i]![3]!),
    putVolume: unsigned.map((_, i) => cells[i]![4]! + cells[i]![5]!),
    callPremium: nothing,
    putPremium: nothing,
    callBought: column(2),
    callSold: column(3),
    putBought: column(4),
    putSold: column(5),
    callBoughtPremium: nothing,
    putBoughtPremium: nothing,
    callSoldPremium: nothing,
    putSoldPremium: nothing,
  };
}

const EVENTS = 30;

/** Quotes and trades spread over every bar, and one of each at the very moment at which the next bar begins. */
function tapeOf({ barStart, barEnd }: Columns, raw: Float64Array, { kind }: Origin, rng: Rng): UnderlyingTape {
  const quotes: number[][] = [];
  const trades: number[][] = [];
  let price = raw.find((value) => !Number.isNaN(value))!;
  barStart.forEach((start, i) => {
    if (!Number.isNaN(raw[i]!)) price = raw[i]!;
    if (kind === "rough" && rng.int(100) < 5) return;
    const span = barEnd[i]! - start;
    for (let k = 0; k < EVENTS; k++) {
      const at = start + Math.floor((span * k) / EVENTS);
      const middle = kind === "flat" ? price : price * (1 + 0.0005 * rng.normal());
      const half = kind === "rough" && rng.int(100) < 4 ? -0.0001 : 0.0002;
      const sizes = kind === "flat" ? [300, 300] : [rng.int(900), rng.int(900)];
      quotes.push([at, middle * (1 - half), middle * (1 + half), ...sizes]);
      // Some trades come long after their quote, some at its middle.
      const delay = kind === "rough" && rng.int(100) < 10 ? 7_000 : 1_000;
      const place = kind === "flat" ? 0 : rng.int(3) - 1;
      trades.push([at + delay, middle * (1 + 0.0002 * place), 15_000 + rng.int(30_000)]);
    }
  });
  const column = (rows: readonly number[][], k: number): Float64Array => Float64Array.from(rows, (row) => row[k]!);
  return {
    symbol: "SPY",
    trades: { length: trades.length, ts: column(trades, 0), price: column(trades, 1), size: column(trades, 2) },
    quotes: {
      length: quotes.length,
      ts: column(quotes, 0),
      bid: column(quotes, 1),
      ask: column(quotes, 2),
      bidSize: column(quotes, 3),
      askSize: column(quotes, 4),
    },
  };
}

/** Six members; in a rough market some join late, leave, or miss bars. */
function universeOf({ close }: Columns, { kind }: Origin, rng: Rng): NonNullable<Extras["universe"]> {
  const symbols = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"];
  const closes = symbols.map((_, s) => {
    let price = 50;
    return close.map((_close, i) => {
      if (kind !== "flat") price *= Math.exp(0.015 * rng.normal());
      const out = kind === "rough" && (rng.int(100) < 1 || (s === 1 && i < 100) || (s === 2 && i > 250));
      return out ? Number.NaN : price;
    });
  });
  return { symbols, closes };
}
