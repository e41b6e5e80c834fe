import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { IndicatorsSync } from "@ixjb94/indicators";
import { ATR, BollingerBands, EMA, MACD, RSI, SMA } from "trading-signals";
import { createRng } from "#lib/core/rng.ts";
import { createIndicatorInputs, type IndicatorInputs } from "#lib/indicators/inputs.ts";
import { recycleColumns } from "#lib/indicators/kernels/columns.ts";
import { computePlan, planIndicators } from "#lib/indicators/plan.ts";
import type { Figure, Workload } from "../workload.ts";

const BARS = 1_000_000;

/** Last values of sma 20, ema 20, rsi 14, atr 14, bollinger 20/2 (lower, middle, upper) and macd 12/26/9 (line, signal, histogram). */
type LastValues = readonly number[];

/** Prices as both kinds of library want them; made before anything is timed. */
interface Market {
  readonly typed: Pick<IndicatorInputs, "open" | "high" | "low" | "close" | "volume" | "sessionDate" | "barStart" | "barEnd" | "scale">;
  readonly high: number[];
  readonly low: number[];
  readonly close: number[];
}

/**
 * Six indicators over a million bars; every side returns all its columns in memory, ours the band width and %b besides.
 *
 * Fresh memory costs more than the arithmetic, so it is kept out of the comparison where an interface allows: ours
 * takes the columns of the call before (`recycleColumns`), the streaming library writes into arrays made beforehand,
 * the array library makes its own. Ours on fresh memory is listed too.
 */
export const indicatorsWorkload: Workload = {
  name: "indicators",
  title: "sma, ema, rsi, atr, bollinger, macd x 1,000,000 bars",
  async run(): Promise<readonly Figure[]> {
    const market = createMarket(BARS);
    const warmUp = createMarket(20_000);
    const warmUpOut = streamOutputs(20_000);
    for (let i = 0; i < 5; i++) {
      ours(warmUp, true);
      arrayLibrary(warmUp);
      streamLibrary(warmUp, warmUpOut);
    }
    const outputs = streamOutputs(BARS);

    const fresh = measure(5, () => ours(market, false));
    const own = measure(9, () => ours(market, true));
    const array = measure(5, () => arrayLibrary(market));
    const stream = measure(1, () => streamLibrary(market, outputs));
    mustAgree("@ixjb94/indicators", own.result, array.result);
    mustAgree("trading-signals", own.result, stream.result);
    return [
      { label: "ours", value: own.milliseconds, unit: "ms", note: "median of 9 calls, columns recycled" },
      { label: "ours on fresh memory", value: fresh.milliseconds, unit: "ms", note: "median of 5 calls" },
      { label: "trading-signals", value: stream.milliseconds, unit: "ms", note: "1 call" },
      { label: "@ixjb94/indicators", value: array.milliseconds, unit: "ms", note: "median of 5 calls" },
      { label: "trading-signals / ours", value: stream.milliseconds / own.milliseconds, unit: "x", aim: ">= 10x" },
      { label: "@ixjb94/indicators / ours", value: array.milliseconds / own.milliseconds, unit: "x", aim: ">= 2x" },
      { label: "trading-signals / ours on fresh memory", value: stream.milliseconds / fresh.milliseconds, unit: "x" },
      { label: "@ixjb94/indicators / ours on fresh memory", value: array.milliseconds / fresh.milliseconds, unit: "x" },
    ];
  },
};

const plan = planIndicators([
  { name: "sma", window: 20 },
  { name: "ema", window: 20 },
  { name: "rsi", window: 14 },
  { name: "atr", window: 14 },
  { name: "bollinger_bands", window: 20, num_std: 2 },
  { name: "macd", fast: 12, slow: 26, signal: 9 },
]);

function ours({ typed }: Market, recycle: boolean): LastValues {
  const inputs = createIndicatorInputs({ ...typed, length: typed.close.length, barsPerYear: 252 });
  const columns = computePlan(plan, inputs);
  const last = columns.map((column) => column[column.length - 1]!);
  if (recycle) recycleColumns(columns);
  const [sma, ema, rsi, atr, middle, upper, lower, , , line, signal, histogram] = last as [number, ...number[]];
  return [sma, ema, rsi, atr, lower, middle, upper, line, signal, histogram] as LastValues;
}

const library = new IndicatorsSync();

function arrayLibrary({ high, low, close }: Market): LastValues {
  const columns = [
    library.sma(close, 20),
    library.ema(close, 20),
    library.rsi(close, 14),
    library.atr(high, low, close, 14),
    ...library.bbands(close, 20, 2),
    ...library.macd(close, 12, 26, 9),
  ];
  return columns.map((column) => column[column.length - 1]!);
}

const streamOutputs = (length: number): Float64Array[] => Array.from({ length: 10 }, () => new Float64Array(length).fill(Number.NaN));

function streamLibrary({ high, low, close }: Market, columns: readonly Float64Array[]): LastValues {
  const length = close.length;
  const [smaOut, emaOut, rsiOut, atrOut, lower, middle, upper, line, signal, histogram] = columns as readonly [
    Float64Array,
    ...Float64Array[],
  ];
  const sma = new SMA(20);
  const ema = new EMA(20);
  const rsi = new RSI(14);
  const atr = new ATR(14);
  const bands = new BollingerBands(20, 2);
  const macd = new MACD(new EMA(12), new EMA(26), new EMA(9));
  for (let i = 0; i < length; i++) {
    const price = close[i]!;
    smaOut[i] = sma.add(price) ?? Number.NaN;
    emaOut![i] = ema.add(price) ?? Number.NaN;
    rsiOut![i] = rsi.add(price) ?? Number.NaN;
    atrOut![i] = atr.add({ high: high[i]!, low: low[i]!, close: price }) ?? Number.NaN;
    const band = bands.add(price);
    if (band) {
      lower![i] = band.lower;
      middle![i] = band.middle;
      upper![i] = band.upper;
    }
    const cross = macd.add(price);
    if (cross) {
      line![i] = cross.macd;
      signal![i] = cross.signal;
      histogram![i] = cross.histogram;
    }
  }
  return columns.map((column) => column[length - 1]!);
}

/** After a million bars all seeds are forgotten, so the same indicators give the same last values. */
function mustAgree(name: string, mine: LastValues, theirs: LastValues): void {
  mine.forEach((value, i) => {
    if (!(Math.abs(value - theirs[i]!) <= 1e-5 * Math.max(1, Math.abs(value))))
      throw new Error(`Value ${i} is "${value}" here and "${theirs[i]}" in ${name}: the comparison would not be of the same thing.`);
  });
}

function createMarket(length: number): Market {
  const rng = createRng("indicator-bench");
  const [open, high, low, close, volume] = Array.from({ length: 5 }, () => new Float64Array(length)) as [Float64Array, ...Float64Array[]];
  let price = 100;
  for (let i = 0; i < length; i++) {
    open[i] = price;
    price *= 1 + 0.001 * (rng.uniform() - 0.5);
    close![i] = price;
    high![i] = Math.max(open[i]!, price) * (1 + 0.0005 * rng.uniform());
    low![i] = Math.min(open[i]!, price) * (1 - 0.0005 * rng.uniform());
    volume![i] = rng.int(10_000);
  }
  // None of the six looks at times or at the scale.
  const unread = new Float64Array(length).fill(1);
  const times = { sessionDate: unread, barStart: unread, barEnd: unread, scale: unread };
  const typed = { open, high: high!, low: low!, close: close!, volume: volume!, ...times };
  return { typed, high: [...typed.high], low: [...typed.low], close: [...typed.close] };
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/**
 * Median wall time of consecutive calls. The heap is collected before the first one only, so that each side pays for
 * its own garbage and for nobody else's.
 */
function measure(calls: number, work: () => LastValues): { milliseconds: number; result: LastValues } {
  collectGarbage();
  const times: number[] = [];
  let result: LastValues = [];
  for (let call = 0; call < calls; call++) {
    const start = performance.now();
    result = work();
    times.push(performance.now() - start);
  }
  return { milliseconds: times.toSorted((a, b) => a - b)[Math.floor(calls / 2)]!, result };
}
