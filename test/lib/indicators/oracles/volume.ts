import type { Columns } from "../series.ts";
import { change, last, mean, type Oracle, score, smoothed, sum } from "./arithmetic.ts";
import { sessionSoFar } from "./sessions.ts";

/** Volume times ((C - L) - (H - C)) / (H - L); 0 without a range. */
function moneyFlow({ high, low, close, volume }: Columns, i: number): number {
  const [h, l, c, v] = [high[i]!, low[i]!, close[i]!, volume[i]!];
  if ([h, l, c, v].some(Number.isNaN)) return Number.NaN;
  return h === l ? 0 : (v * (2 * c - h - l)) / (h - l);
}
const bars0 = (t: number): number[] => Array.from({ length: t + 1 }, (_, i) => i);
const lastBars = (t: number, n: number): number[] => (t - n + 1 < 0 ? [] : Array.from({ length: n }, (_, k) => t - n + 1 + k));
const meanOf = (t: number, n: number, value: (i: number) => number): number =>
  t - n + 1 < 0 ? Number.NaN : mean(lastBars(t, n).map(value));

/** 1000 times the closes' ratios over the bars whose volume rose (or fell) against the last known bar. */
function volumeIndexAt({ close, volume }: Columns, t: number, counts: (now: number, before: number) => boolean): number {
  const known = bars0(t).filter((i) => !Number.isNaN(close[i]! + volume[i]!));
  if (known.at(-1) !== t) return Number.NaN;
  const moves = known.map((i, k) =>
    k > 0 && counts(volume[i]!, volume[known[k - 1]!]!) ? Math.log(close[i]! / close[known[k - 1]!]!) : 0,
  );
  return 1000 * Math.exp(sum(moves));
}

/** Volume force by the recursion as published, over the known bars alone; NaN for the first two. */
function volumeForces({ high, low, close, volume }: Columns, t: number): number[] {
  const known = bars0(t).filter((i) => !Number.isNaN(high[i]! + low[i]! + close[i]! + volume[i]!));
  const range = (k: number) => high[known[k]!]! - low[known[k]!]!;
  const total = (k: number) => high[known[k]!]! + low[known[k]!]! + close[known[k]!]!;
  const trend = (k: number) => (total(k) > total(k - 1) ? 1 : -1);
  const forces = bars0(t).map(() => Number.NaN);
  let cumulated = 0;
  for (let k = 2; k < known.length; k++) {
    cumulated = trend(k) === trend(k - 1) ? cumulated + range(k) : range(k - 1) + range(k);
    const temper = cumulated === 0 ? 0 : Math.abs(2 * (range(k) / cumulated - 1));
    forces[known[k]!] = volume[known[k]!]! * temper * trend(k) * 100;
  }
  return forces;
}

export const volumeOracles: Readonly<Record<string, Oracle>> = {
  obv({ close, volume }, _, t) {
    let [before, total, started] = [Number.NaN, 0n, false];
    for (let i = 0; i <= t; i++) {
      if (Number.isNaN(close[i]!) || Number.isNaN(volume[i]!)) continue;
      if (!started) total = BigInt(volume[i]!);
      else total += BigInt(Math.sign(close[i]! - before) * volume[i]!);
      [before, started] = [close[i]!, true];
    }
    return [Number.isNaN(close[t]!) || Number.isNaN(volume[t]!) ? Number.NaN : Number(total)];
  },
  cmf(bars, { window }, t) {
    const traded = meanOf(t, window!, (i) => bars.volume[i]!);
    return [traded > 0 ? meanOf(t, window!, (i) => moneyFlow(bars, i)) / traded : Number.NaN];
  },
  mfi({ high, low, close, volume }, { window }, t) {
    const typical = (i: number) => (i < 0 ? Number.NaN : (high[i]! + low[i]! + close[i]!) / 3);
    const flow = (i: number, sign: number) => {
      const move = typical(i) - typical(i - 1);
      return Number.isNaN(move + volume[i]!) ? Number.NaN : Math.sign(move) === sign ? typical(i) * volume[i]! : 0;
    };
    const [up, down] = [1, -1].map((sign) => meanOf(t, window!, (i) => flow(i, sign)));
    return [up! + down! === 0 ? 50 : 100 - 100 / (1 + up! / down!)];
  },
  adl(bars, _, t) {
    const flows = bars0(t).map((i) => moneyFlow(bars, i));
    return [Number.isNaN(flows[t]!) ? Number.NaN : sum(flows.filter((flow) => !Number.isNaN(flow)))];
  },
  chaikin_osc(bars, { fast, slow }, t) {
    const flows = bars0(t)
      .map((i) => moneyFlow(bars, i))
      .filter((flow) => !Number.isNaN(flow));
    // An average that starts on the line lags it by each later increment times (1 - alpha) to the power of its age + 1. Written
    // out, because the difference of two averages of a long sum would have few digits left.
    const lag = (n: number) => sum(flows.slice(1).map((flow, k) => flow * (1 - 2 / (n + 1)) ** (flows.length - 1 - k)));
    return [flows.length < slow! || Number.isNaN(moneyFlow(bars, t)) ? Number.NaN : lag(slow!) - lag(fast!)];
  },
  vwap: (bars, _, t) => [sessionVwapAt(bars, t).average],
  force_index({ close, volume }, { window }, t) {
    const forces = bars0(t).map((i) => (i === 0 ? Number.NaN : (close[i]! - close[i - 1]!) * volume[i]!));
    return [smoothed(forces, window!, 2 / (window! + 1))];
  },
  ease_of_movement({ high, low, volume }, { window }, t) {
    const ease = (i: number) => {
      if (i === 0 || volume[i] === 0) return Number.NaN;
      const move = (high[i]! + low[i]!) / 2 - (high[i - 1]! + low[i - 1]!) / 2;
      return move / (volume[i]! / 1e8 / (high[i]! - low[i]!));
    };
    return [meanOf(t, window!, ease)];
  },
  nvi: (bars, _, t) => [volumeIndexAt(bars, t, (now, before) => now < before)],
  pvi: (bars, _, t) => [volumeIndexAt(bars, t, (now, before) => now > before)],
  pvt({ close, volume }, _, t) {
    const known = bars0(t).filter((i) => !Number.isNaN(close[i]! + volume[i]!));
    const terms = known.slice(1).map((i, k) => volume[i]! * (close[i]! / close[known[k]!]! - 1));
    return [known.at(-1) === t ? sum(terms) : Number.NaN];
  },
  klinger(bars, { fast, slow, signal }, t) {
    const forces = volumeForces(bars, t);
    const lines = bars0(t).map(() => Number.NaN);
    // The averages' own state is carried from bar to bar; each bar's line is their difference.
    const averages = [fast!, slow!].map((n) => averagesOf(forces, n));
    for (const i of bars0(t)) lines[i] = averages[0]![i]! - averages[1]![i]!;
    return [lines[t]!, smoothed(lines, signal!, 2 / (signal! + 1))];
  },
  amihud_illiquidity: ({ close, volume }, { window }, t) => [
    meanOf(t, window!, (i) => (volume[i]! > 0 ? (1e6 * Math.abs(change(close, i, 1))) / (close[i]! * volume[i]!) : Number.NaN)),
  ],
  dollar_volume: ({ close, volume }, { window }, t) => [meanOf(t, window!, (i) => close[i]! * volume[i]!)],
  vol_zscore: ({ volume }, { window }, t) => [score(last(volume, t, window!))],
  vol_ratio({ volume }, { window }, t) {
    const usual = mean(last(volume, t, window!));
    return [usual > 0 ? volume[t]! / usual : Number.NaN];
  },
};

/** All values of an average that is seeded with the mean of its first n known inputs. */
function averagesOf(x: readonly number[], n: number): number[] {
  const seed: number[] = [];
  let state = Number.NaN;
  return x.map((value) => {
    if (Number.isNaN(value)) return Number.NaN;
    if (seed.length < n) {
      seed.push(value);
      if (seed.length === n) state = mean(seed);
    } else state = state + (2 / (n + 1)) * (value - state);
    return state;
  });
}

/** sum(p v) / sum(v) over the session's known bars so far, and the weighted deviation around it. */
export function sessionVwapAt(bars: Columns, t: number): { average: number; deviation: number } {
  const { high, low, close, volume } = bars;
  const typical = (i: number) => (high[i]! + low[i]! + close[i]!) / 3;
  const known = sessionSoFar(bars, t).filter((i) => !Number.isNaN(typical(i) + volume[i]!));
  const weight = sum(known.map((i) => volume[i]!));
  if (known.at(-1) !== t || weight === 0) return { average: Number.NaN, deviation: Number.NaN };
  const average = sum(known.map((i) => typical(i) * (volume[i]! / weight)));
  return { average, deviation: Math.sqrt(sum(known.map((i) => (volume[i]! / weight) * (typical(i) - average) ** 2))) };
}
