import { NYSE } from "#lib/core/calendar.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import { type Oracle, sum } from "./arithmetic.ts";
import {
  atmAt,
  bell,
  bookOf,
  gammaByStrike,
  gammaOf,
  latest,
  netByStrike,
  openByStrike,
  phi,
  smilesOf,
  snapshotAt,
  strikeOnScale,
} from "./chain-arithmetic.ts";

const known = (x: number): boolean => !Number.isNaN(x);
const OPEN = ["open"];
const EXPOSURE = ["market", "open"];
type Rung = { strike: number; call: number; put: number };
const scope = (params: Record<string, number>): string => String(params["expiry"]);

/** The lowest strike with the most of something that is above 0. */
function peak(rungs: readonly { strike: number; weight: number }[]): number {
  const most = Math.max(...rungs.map(({ weight }) => weight));
  return most > 0 ? rungs.find(({ weight }) => weight === most)!.strike : Number.NaN;
}
const weights = (rungs: readonly Rung[] | null) => (rungs ?? []).map(({ strike, call, put }) => ({ strike, weight: call + put }));
const top = (rungs: readonly { weight: number }[], n: number): number[] =>
  rungs
    .map(({ weight }) => weight)
    .toSorted((a, b) => b - a)
    .slice(0, n);

const oiPeak = (expiry: string) => (chain: OptionChain) => peak(weights(openByStrike(chain, expiry)));
const gammaPeak = (expiry: string) => (chain: OptionChain) => peak(weights(gammaByStrike(chain, expiry)));

function maxPain(expiry: string) {
  return (chain: OptionChain): number => {
    const rungs = openByStrike(chain, expiry);
    if (!(sum(rungs.map(({ call, put }) => call + put)) > 0)) return Number.NaN;
    const paid = (at: number): number =>
      sum(rungs.map(({ strike, call, put }) => call * Math.max(at - strike, 0) + put * Math.max(strike - at, 0)));
    return rungs.map(({ strike }) => ({ strike, cash: paid(strike) })).reduce((a, b) => (b.cash < a.cash ? b : a)).strike;
  };
}

/** Greek of delta by differences: of the hedge in shares, r = q = 0. */
const delta = (spot: number, strike: number, years: number, vol: number): number => {
  const s = vol * Math.sqrt(years);
  return phi(Math.log(spot / strike) / s + s / 2);
};

const exposure = (nets: readonly { strike: number; years: number; vol: number; net: number }[], spot: number): number =>
  sum(
    nets.map(({ strike, years, vol, net }) => {
      const s = vol * Math.sqrt(years);
      return (net * bell(Math.log(spot / strike) / s + s / 2) * spot) / s;
    }),
  );

function flip(params: Record<string, number>) {
  return (chain: OptionChain): number => {
    const nets = netByStrike(chain, scope(params));
    if (!nets) return Number.NaN;
    const { spot } = bookOf(chain);
    const reach = params["range_pct"]! / 100;
    const grid = Array.from({ length: 81 }, (_, k) => spot * (1 + reach * ((2 * k) / 80 - 1)))
      .map((price) => ({ price, value: exposure(nets, price) }))
      .filter(({ value }) => value !== 0);
    const crossings = grid.slice(1).flatMap(({ price, value }, k) => {
      const before = grid[k]!;
      if (before.value > 0 === value > 0) return [];
      return [before.price + ((price - before.price) * before.value) / (before.value - value)];
    });
    return crossings.length > 0 ? crossings.reduce((a, b) => (Math.abs(b - spot) < Math.abs(a - spot) ? b : a)) : Number.NaN;
  };
}

const distance = (bars: Parameters<Oracle>[0], t: number, strike: number): number => bars.close[t]! / strike - 1;

export const optionsStructureOracles: Readonly<Record<string, Oracle>> = {
  oi_peak_strike: (bars, params, t) => [strikeOnScale(bars, t, OPEN, oiPeak(scope(params)))],
  dist_to_oi_peak: (bars, params, t) => [distance(bars, t, strikeOnScale(bars, t, OPEN, oiPeak(scope(params))))],
  oi_concentration_hhi: (bars, params, t) => [
    latest(bars, t, OPEN, (chain) => {
      const most = top(weights(openByStrike(chain, scope(params))), params["top_n"]!);
      return sum(most) > 0 ? sum(most.map((open) => open ** 2)) / sum(most) ** 2 : Number.NaN;
    }),
  ],
  max_pain: (bars, params, t) => [strikeOnScale(bars, t, OPEN, maxPain(scope(params)))],
  dist_to_max_pain: (bars, params, t) => [distance(bars, t, strikeOnScale(bars, t, OPEN, maxPain(scope(params))))],
  gamma_peak_strike: (bars, params, t) => [strikeOnScale(bars, t, EXPOSURE, gammaPeak(scope(params)))],
  dist_to_gamma_peak: (bars, params, t) => [distance(bars, t, strikeOnScale(bars, t, EXPOSURE, gammaPeak(scope(params))))],
  gamma_concentration: (bars, params, t) => [
    latest(bars, t, EXPOSURE, (chain) => {
      const all = weights(gammaByStrike(chain, scope(params)));
      const total = sum(all.map(({ weight }) => weight));
      return total > 0 ? sum(top(all, params["top_n"]!)) / total : Number.NaN;
    }),
  ],
  gamma_density_peak_strike: (bars, params, t) => [
    strikeOnScale(bars, t, EXPOSURE, (chain) => {
      const all = weights(gammaByStrike(chain, scope(params)));
      const width = (params["bandwidth_pct"]! / 100) * bookOf(chain).spot;
      const density = all.map(({ strike }) => ({
        strike,
        weight: sum(all.map((other) => other.weight * Math.exp(-(((other.strike - strike) / width) ** 2) / 2))),
      }));
      return peak(density);
    }),
  ],
  gamma_skew_left_right: (bars, params, t) => [
    latest(bars, t, EXPOSURE, (chain) => {
      const all = weights(gammaByStrike(chain, scope(params)));
      const { spot } = bookOf(chain);
      const right = sum(all.filter(({ strike }) => strike > spot).map(({ weight }) => weight));
      const left = sum(all.filter(({ strike }) => strike < spot).map(({ weight }) => weight));
      return right + left > 0 ? (right - left) / (right + left) : Number.NaN;
    }),
  ],
  gex_naive: (bars, params, t) => [
    latest(bars, t, EXPOSURE, (chain) => {
      const rungs = gammaByStrike(chain, scope(params));
      return rungs ? sum(rungs.map(({ call, put }) => call - put)) * bookOf(chain).spot ** 2 : Number.NaN;
    }),
  ],
  gex_signed(bars, _, t) {
    const session = bars.sessionDate[t]!;
    const cells = bars.extras!.flowCells!;
    const mine = [...cells.barStart.keys()].filter(
      (i) =>
        cells.barStart[i]! >= NYSE.openOf(session) && cells.barStart[i]! <= bars.barStart[t]! && cells.barStart[i]! < NYSE.closeOf(session),
    );
    const of = (column: Float64Array): number => sum(mine.map((i) => column[i]!));
    const signed = of(cells.callBought) + of(cells.callSold) + of(cells.putBought) + of(cells.putSold);
    const volume = of(cells.callVolume) + of(cells.putVolume);
    const chain = snapshotAt(bars, t, ["market"]);
    if (!(volume > 0 && signed >= 0.6 * volume) || chain?.sessionDate !== session) return [Number.NaN];
    if (chain.knownAt >= NYSE.closeOf(session)) return [0];
    const { contracts, spot, goodSpot } = bookOf(chain);
    if (!goodSpot || !contracts.some(({ expiry }) => expiry === session)) return [Number.NaN];
    const nets = [...new Set(mine.map((i) => cells.strike[i]!))].flatMap((strike) => {
      const here = mine.filter((i) => cells.strike[i] === strike);
      return [true, false].map((call) => {
        const [bought, sold] = call ? [cells.callBought, cells.callSold] : [cells.putBought, cells.putSold];
        const contract = contracts.find((one) => one.expiry === session && one.strike === strike && one.call === call);
        return { net: sum(here.map((i) => bought[i]! - sold[i]!)), gamma: contract ? gammaOf(chain, contract) : Number.NaN };
      });
    });
    const size = (list: typeof nets): number => sum(list.map(({ net }) => Math.abs(net)));
    const covered = nets.filter(({ gamma }) => known(gamma));
    if (size(covered) < 0.6 * size(nets)) return [Number.NaN];
    return [-sum(covered.map(({ net, gamma }) => net * gamma)) * spot ** 2];
  },
  gex_flip_strike: (bars, params, t) => [strikeOnScale(bars, t, EXPOSURE, flip(params))],
  charm_total: (bars, params, t) => [
    latest(bars, t, EXPOSURE, (chain) => {
      const nets = netByStrike(chain, scope(params));
      const { spot } = bookOf(chain);
      if (!nets) return Number.NaN;
      // d(delta)/dt = -bell(d1) d(d1)/dT with d1 = ln(S/K) / (v sqrt T) + v sqrt T / 2.
      const perYear = nets.map(({ strike, years, vol, net }) => {
        const s = vol * Math.sqrt(years);
        const d1 = Math.log(spot / strike) / s + s / 2;
        return -net * bell(d1) * ((s / 2 - Math.log(spot / strike) / s) / (2 * years));
      });
      return (sum(perYear) * 100 * spot) / 365;
    }),
  ],
  vanna_total: (bars, params, t) => [
    latest(bars, t, EXPOSURE, (chain) => {
      const nets = netByStrike(chain, scope(params));
      const { spot } = bookOf(chain);
      if (!nets) return Number.NaN;
      // By central differences of the delta, extrapolated twice to a step of 0.
      const slope = (h: number, { strike, years, vol, net }: (typeof nets)[number]): number =>
        (net * (delta(spot, strike, years, vol * (1 + h)) - delta(spot, strike, years, vol * (1 - h)))) / (2 * h * vol);
      const perVol = nets.map((one) => (slope(4e-3, one) - 20 * slope(2e-3, one) + 64 * slope(1e-3, one)) / 45);
      return sum(perVol) * spot;
    }),
  ],
  pin_risk: (bars, params, t) => [
    latest(bars, t, EXPOSURE, (chain) => {
      const all = weights(gammaByStrike(chain, scope(params)));
      const { spot } = bookOf(chain);
      const years = smilesOf(chain, "auto")[0]?.years ?? Number.NaN;
      const s = atmAt(chain, 0, "auto") * Math.sqrt(years);
      const straddle = 2 * (phi(s / 2) - phi(-s / 2)) * spot;
      const total = sum(all.map(({ weight }) => weight));
      if (!(total > 0 && straddle > 0)) return Number.NaN;
      const near = all.filter(({ strike, weight }) => Math.abs(strike - spot) < straddle && weight > 0);
      if (near.length === 0) return 0;
      const heaviest = near.reduce((a, b) => (b.weight > a.weight ? b : a));
      return (heaviest.weight / total) * (1 - Math.abs(heaviest.strike - spot) / straddle);
    }),
  ],
};
