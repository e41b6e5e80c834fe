import type { Bars, PriceSeries } from "../core/bars.ts";
import type { FlowCells, IvHistory, OptionChain, UnderlyingTape } from "../core/option-data.ts";
import type { Rng } from "../core/rng.ts";
import { sliceBars } from "./bars-window.ts";
import { PERTURBED_TAIL } from "./leak-cuts.ts";
import { availableAt, dataUntil, type MatrixData } from "./matrix-data.ts";

type Listings = NonNullable<NonNullable<MatrixData["flow"]>["listed"]>;

/**
 * The data as they stood when a bar ended. Adjustment factors are halved, as if a vendor had rescaled its history: a power of
 * two leaves every ratio's bits alone.
 */
export function truncatedData(data: MatrixData, cut: number): MatrixData {
  const known = dataUntil(data, data.series.bars.end[cut]!);
  const halved = ({ bars, facts }: PriceSeries): PriceSeries => ({ bars: { ...bars, factor: bars.factor.map(half) }, facts });
  const universe = known.universe?.map(({ membership, series }) => ({ membership, series: halved(series) })) ?? null;
  return { ...known, series: halved(known.series), others: known.others.map(halved), universe };
}

/** The data up to a bar's end, then some entries of every kind with other numbers. */
export function perturbedData(data: MatrixData, cut: number, rng: Rng): MatrixData {
  const time = data.series.bars.end[cut]!;
  const known = dataUntil(data, time);
  return {
    series: otherFuture(data.series, cut + 1, rng.fork("bars")),
    others: data.others.map((other, i) => otherFuture(other, known.others[i]!.bars.length, rng.fork(`other:${i}`))),
    chains:
      data.chains === null
        ? null
        : { ...data.chains, snapshots: otherSnapshots(data.chains.snapshots, known.chains!.snapshots.length, rng.fork("chains")) },
    ivHistory: data.ivHistory && {
      ...data.ivHistory,
      byTenor: new Map(
        [...data.ivHistory.byTenor].map(([tenor, history]) => [
          tenor,
          otherHistory(history, known.ivHistory!.byTenor.get(tenor)!.length, rng.fork(`iv:${tenor}`)),
        ]),
      ),
    },
    flow:
      data.flow === null
        ? null
        : {
            ...data.flow,
            cells: otherCells(data.flow.cells, known.flow!.cells.length, rng.fork("flow")),
            listed: data.flow.listed && otherListings(data.flow.listed, known.flow!.listed!),
          },
    tape: data.tape === null ? null : { ...data.tape, tape: otherTape(data.tape.tape, known.tape!.tape, rng.fork("tape")) },
    universe:
      data.universe?.map(({ membership, series }, i) => ({
        membership,
        series: otherFuture(series, known.universe![i]!.series.bars.length, rng.fork(`member:${i}`)),
      })) ?? null,
  };
}

const half = (value: number): number => value / 2;

/** Bars before `from` as they are, then a few others. */
function otherFuture({ bars, facts }: PriceSeries, from: number, rng: Rng): PriceSeries {
  const kept = sliceBars(bars, 0, Math.min(bars.length, from + PERTURBED_TAIL));
  const [open, high, low, close, volume] = [kept.open, kept.high, kept.low, kept.close, kept.volume].map((column) => column.slice()) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const factor = kept.factor.map(half);
  for (let i = from; i < kept.length; i++) {
    const stretch = Math.exp(rng.normal());
    open[i] = stretch * open[i]! * (1 + 0.01 * rng.uniform());
    close[i] = stretch * close[i]! * (1 + 0.01 * rng.uniform());
    high[i] = Math.max(open[i]!, close[i]!, stretch * high[i]!);
    low[i] = Math.min(open[i]!, close[i]!, stretch * low[i]!);
    volume[i] = volume[i]! * Math.exp(rng.normal()) + 1;
    factor[i] = factor[i]! * (1 + rng.uniform());
  }
  const changed: Bars = { ...kept, open, high, low, close, volume, factor, availableAt: availableAt(kept) };
  return { bars: changed, facts };
}

function otherSnapshots(snapshots: readonly OptionChain[], from: number, rng: Rng): OptionChain[] {
  const times = (column: Float64Array): Float64Array => column.map((value) => value * Math.exp(0.5 * rng.normal()));
  return snapshots.slice(0, from + PERTURBED_TAIL).map((chain, i) => {
    if (i < from) return chain;
    return {
      ...chain,
      underlyingPrice: chain.underlyingPrice * Math.exp(0.2 * rng.normal()),
      bid: times(chain.bid),
      ask: times(chain.ask),
      last: times(chain.last),
      volume: times(chain.volume),
      openInterest: times(chain.openInterest),
      iv: times(chain.iv),
      delta: times(chain.delta),
      gamma: times(chain.gamma),
      theta: times(chain.theta),
      vega: times(chain.vega),
    };
  });
}

function otherHistory(history: IvHistory, from: number, rng: Rng): IvHistory {
  return { ...history, value: history.value.map((value, i) => (i < from ? value : value * Math.exp(0.5 * rng.normal()))) };
}

function otherCells(cells: FlowCells, from: number, rng: Rng): FlowCells {
  const changed = (column: Float64Array): Float64Array =>
    column.map((value, i) => (i < from ? value : Math.round(value * Math.exp(rng.normal())) + 1));
  return {
    ...cells,
    callVolume: changed(cells.callVolume),
    putVolume: changed(cells.putVolume),
    callPremium: changed(cells.callPremium),
    putPremium: changed(cells.putPremium),
    callBought: changed(cells.callBought),
    callSold: changed(cells.callSold),
    putBought: changed(cells.putBought),
    putSold: changed(cells.putSold),
    callBoughtPremium: changed(cells.callBoughtPremium),
    putBoughtPremium: changed(cells.putBoughtPremium),
    callSoldPremium: changed(cells.callSoldPremium),
    putSoldPremium: changed(cells.putSoldPremium),
  };
}

/** Strikes of later sessions, each a cent higher. */
function otherListings(listed: Listings, known: Listings): Listings {
  return new Map([...listed].map(([session, strikes]) => [session, known.has(session) ? strikes : strikes.map((strike) => strike + 0.01)]));
}

function otherTape(tape: UnderlyingTape, known: UnderlyingTape, rng: Rng): UnderlyingTape {
  const changed = (column: Float64Array, from: number): Float64Array =>
    column.map((value, i) => (i < from ? value : value * Math.exp(0.1 * rng.normal())));
  const { trades, quotes } = tape;
  return {
    symbol: tape.symbol,
    trades: { ...trades, price: changed(trades.price, known.trades.length), size: changed(trades.size, known.trades.length) },
    quotes: {
      ...quotes,
      bid: changed(quotes.bid, known.quotes.length),
      ask: changed(quotes.ask, known.quotes.length),
      bidSize: changed(quotes.bidSize, known.quotes.length),
      askSize: changed(quotes.askSize, known.quotes.length),
    },
  };
}
