import { NYSE } from "#lib/core/calendar.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import type { Columns } from "../series.ts";
import { mean, sum } from "./arithmetic.ts";

/** Contracts one by one, as a reader of the documents would write the measures down. */
export interface Contract {
  readonly strike: number;
  readonly call: boolean;
  readonly expiry: number;
  /** Years of 365 days until 16:00 (13:00 on a half day) of the expiry. */
  readonly years: number;
  readonly mid: number;
  readonly iv: number;
  readonly gamma: number;
  readonly open: number;
  readonly volume: number;
}

export interface Book {
  readonly spot: number;
  /** Living contracts; empty when the snapshot cannot be read at all. */
  readonly contracts: readonly Contract[];
  readonly goodSpot: boolean;
  readonly goodOpen: boolean;
  readonly goodVolume: boolean;
}

const remembered = <T>(make: (chain: OptionChain) => T): ((chain: OptionChain) => T) => {
  const made = new WeakMap<OptionChain, { value: T }>();
  return (chain) => {
    if (!made.has(chain)) made.set(chain, { value: make(chain) });
    return made.get(chain)!.value;
  };
};

const known = (x: number): boolean => !Number.isNaN(x);

export const bookOf = remembered((chain: OptionChain): Book => {
  const all = Array.from({ length: chain.length }, (_, i) => i);
  const numbers = [chain.bid, chain.ask, chain.last, chain.volume, chain.openInterest, chain.iv, chain.gamma];
  const somethingInIt = all.some((i) => numbers.some((column) => known(column[i]!) && column[i] !== 0));
  const names = new Set(all.map((i) => `${chain.expiry[i]} ${chain.strike[i]} ${chain.right[i]}`));
  const placed = all.every((i) => known(chain.expiry[i]!) && chain.strike[i]! > 0);
  const readable = somethingInIt && placed && names.size === chain.length;
  const goodSpot = chain.underlyingPrice > 0;
  const contracts = (readable ? all : []).map((i) => {
    const expiry = chain.expiry[i]!;
    const session = NYSE.isSession(expiry) ? expiry : NYSE.previousSession(expiry);
    const minutes = (NYSE.closeOf(session) - chain.knownAt) / 60_000;
    const [bid, ask] = [chain.bid[i]!, chain.ask[i]!];
    return {
      strike: chain.strike[i]!,
      call: chain.right[i] === 1,
      expiry,
      years: minutes <= 0 ? 0 : Math.max(1, minutes) / (365 * 24 * 60),
      mid: bid > 0 && ask >= bid && ask - bid <= Math.max(0.3, (bid + ask) / 8) ? (bid + ask) / 2 : Number.NaN,
      iv: chain.iv[i]!,
      gamma: chain.gamma[i]!,
      open: chain.openInterest[i]!,
      volume: chain.volume[i]!,
    };
  });
  return {
    spot: goodSpot ? chain.underlyingPrice : Number.NaN,
    contracts: contracts.filter(({ years }) => years > 0),
    goodSpot,
    goodOpen: !contracts.some(({ open }) => open < 0),
    goodVolume: !contracts.some(({ volume }) => volume < 0),
  };
});

/** Normal distribution function: the series of the error function near 0, its continued fraction beyond. */
export function phi(z: number): number {
  const x = Math.abs(z);
  let tail: number;
  if (x < 2) {
    let [term, total] = [x, x];
    for (let n = 1; term > 1e-17 * total; n++) {
      term *= (x * x) / (2 * n + 1);
      total += term;
    }
    tail = 0.5 - (total * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
  } else {
    let fraction = x;
    // Its terms are needed the longer the nearer to 0.
    for (let n = x < 4 ? 300 : 60; n >= 1; n--) fraction = x + n / fraction;
    tail = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI) / fraction;
  }
  return z > 0 ? 1 - tail : tail;
}
export const bell = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** Black's price without rates. */
function black(forward: number, strike: number, years: number, vol: number, call: boolean): number {
  const s = vol * Math.sqrt(years);
  const d1 = Math.log(forward / strike) / s + s / 2;
  return call ? forward * phi(d1) - strike * phi(d1 - s) : strike * phi(s - d1) - forward * phi(-d1);
}

/** By halving: the volatility at which a price out of the money comes out. */
function impliedBy(price: number, forward: number, strike: number, years: number, call: boolean): number {
  if (!(price > 0) || price >= (call ? forward : strike)) return Number.NaN;
  let [low, high] = [0, 10 + 1e-9];
  if (black(forward, strike, years, high, call) < price) return Number.NaN;
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    if (black(forward, strike, years, middle, call) < price) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

export interface Smile {
  readonly expiry: number;
  readonly years: number;
  readonly forward: number;
  /** Strikes with a known volatility out of the money, ascending. */
  readonly points: readonly { readonly strike: number; readonly vol: number }[];
}

const byExpiry = (contracts: readonly Contract[]): Contract[][] =>
  [...new Set(contracts.map(({ expiry }) => expiry))]
    .toSorted((a, b) => a - b)
    .map((expiry) => contracts.filter((c) => c.expiry === expiry));

function forwardOf(contracts: readonly Contract[], spot: number): number {
  const pairs = contracts.flatMap((call) => {
    const put = contracts.find((other) => call.call && !other.call && other.strike === call.strike);
    return put && known(call.mid) && known(put.mid) ? [{ strike: call.strike, gap: call.mid - put.mid }] : [];
  });
  const least = Math.min(...pairs.map(({ gap }) => Math.abs(gap)));
  const best = pairs.toSorted((a, b) => a.strike - b.strike).find(({ gap }) => Math.abs(gap) === least);
  const forward = best ? best.strike + best.gap : spot;
  return Math.abs(forward / spot - 1) <= 0.2 ? forward : Number.NaN;
}

const outOfTheMoney = ({ strike, call }: Contract, forward: number): boolean => (call ? strike >= forward : strike <= forward);

/** The source's volatilities that can be believed. */
const believed = remembered((chain: OptionChain): ReadonlyMap<Contract, number> => {
  const { contracts, spot, goodSpot } = bookOf(chain);
  const inRange = ({ iv }: Contract): boolean => iv > 0 && iv <= 10;
  const vols = new Map(contracts.filter(inRange).map((contract) => [contract, contract.iv]));
  let [checked, wrong] = [0, 0];
  for (const members of goodSpot ? byExpiry(contracts) : []) {
    const forward = forwardOf(members, spot);
    for (const contract of members) {
      if (!inRange(contract) || !outOfTheMoney(contract, forward) || !known(contract.mid)) continue;
      checked += 1;
      const price = black(forward, contract.strike, contract.years, contract.iv, contract.call);
      if (price <= 2 * contract.mid + 0.0005 * forward && price >= contract.mid / 2 - 0.0005 * forward) continue;
      wrong += 1;
      vols.delete(contract);
    }
  }
  return wrong > 0.25 * checked ? new Map() : vols;
});

const isDisbelieved = (chain: OptionChain): boolean =>
  believed(chain).size === 0 && bookOf(chain).contracts.some(({ iv }) => iv > 0 && iv <= 10);

function smilesBy(chain: OptionChain, volOf: (contract: Contract, forward: number) => number): Smile[] {
  const { contracts, spot, goodSpot } = bookOf(chain);
  if (!goodSpot) return [];
  return byExpiry(contracts).map((members) => {
    const forward = forwardOf(members, spot);
    const strikes = [...new Set(members.map(({ strike }) => strike))].toSorted((a, b) => a - b);
    const points = strikes.flatMap((strike) => {
      const vols = members
        .filter((contract) => contract.strike === strike && outOfTheMoney(contract, forward))
        .map((contract) => volOf(contract, forward))
        .filter(known);
      return vols.length > 0 ? [{ strike, vol: mean(vols) }] : [];
    });
    return { expiry: members[0]!.expiry, years: members[0]!.years, forward, points };
  });
}

const ownSmiles = remembered((chain: OptionChain) => smilesBy(chain, (contract) => believed(chain).get(contract) ?? Number.NaN));
const quotedSmiles = remembered((chain: OptionChain) =>
  smilesBy(chain, ({ mid, strike, years, call }, forward) => (known(mid) ? impliedBy(mid, forward, strike, years, call) : Number.NaN)),
);
const hasPoints = (smiles: readonly Smile[]): boolean => smiles.some(({ points }) => points.length > 0);

export const sourceUsed = (chain: OptionChain, source: string): string => {
  if (source !== "quotes" && hasPoints(ownSmiles(chain))) return "snapshot";
  return source !== "snapshot" && hasPoints(quotedSmiles(chain)) ? "quotes" : "none";
};
export const smilesOf = (chain: OptionChain, source: string): Smile[] =>
  sourceUsed(chain, source) === "snapshot" || source === "snapshot" ? ownSmiles(chain) : quotedSmiles(chain);

export function atmOf({ points, forward }: Smile): number {
  const below = points.findLast(({ strike }) => strike <= forward);
  const above = points.find(({ strike }) => strike >= forward);
  if (!below || !above) return Number.NaN;
  if (below === above) return below.vol;
  return below.vol + ((above.vol - below.vol) * (forward - below.strike)) / (above.strike - below.strike);
}

/** @param right - 1 = call; walks from the last strike in the money outwards */
export function wingOf({ points, forward, years }: Smile, right: 1 | -1, target: number): number {
  const outward = right === 1 ? points : points.toReversed();
  const inside = outward.filter(({ strike }) => right * (forward - strike) > 0);
  const path = [...inside.slice(-1), ...outward.filter(({ strike }) => right * (forward - strike) <= 0)].map(({ strike, vol }) => {
    const s = vol * Math.sqrt(years);
    return { vol, delta: phi(right * (Math.log(forward / strike) / s + s / 2)) };
  });
  for (let k = 0; k < path.length; k++) {
    const [near, far] = [path[k - 1], path[k]!];
    if (far.delta === target) return far.vol;
    if (near && near.delta > target && far.delta < target)
      return near.vol + ((far.vol - near.vol) * (near.delta - target)) / (near.delta - far.delta);
  }
  return Number.NaN;
}

export function atTenor(smiles: readonly Smile[], days: number, pointOf: (smile: Smile) => number): number {
  if (days === 0) return smiles.length > 0 ? pointOf(smiles[0]!) : Number.NaN;
  const points = smiles.map((smile) => ({ years: smile.years, vol: pointOf(smile) })).filter(({ vol }) => known(vol));
  const target = days / 365;
  const far = points.find(({ years }) => years >= target);
  const near = points.findLast(({ years }) => years < target);
  if (far?.years === target) return far.vol;
  if (!near || !far) return Number.NaN;
  const share = (target - near.years) / (far.years - near.years);
  return Math.sqrt(((1 - share) * near.vol ** 2 * near.years + share * far.vol ** 2 * far.years) / target);
}

const ATM = remembered((): Map<string, number> => new Map());
export function atmAt(chain: OptionChain, days: number, source: string): number {
  const key = `${days} ${source}`;
  const before = ATM(chain);
  if (!before.has(key)) before.set(key, atTenor(smilesOf(chain, source), days, atmOf));
  return before.get(key)!;
}

export function contractsIn(chain: OptionChain, scope: string): Contract[] {
  const { contracts } = bookOf(chain);
  const first = Math.min(...contracts.map(({ expiry }) => expiry));
  return contracts.filter(({ expiry }) => scope === "all" || expiry === first);
}

/** Sums by strike, strikes ascending, of what is known. */
function byStrike(contracts: readonly Contract[], of: (contract: Contract) => number): { strike: number; call: number; put: number }[] {
  const strikes = [...new Set(contracts.map(({ strike }) => strike))].toSorted((a, b) => a - b);
  return strikes.map((strike) => {
    const here = contracts.filter((contract) => contract.strike === strike && known(of(contract)));
    return { strike, call: sum(here.filter(({ call }) => call).map(of)), put: sum(here.filter(({ call }) => !call).map(of)) };
  });
}

export const openByStrike = (chain: OptionChain, scope: string) =>
  bookOf(chain).goodOpen ? byStrike(contractsIn(chain, scope), ({ open }) => open) : [];

/** The volatility that greeks at a strike use: between known strikes linear, beyond them the last; none without one at the money. */
function strikeVol(chain: OptionChain, { expiry, strike }: Contract): number {
  const smile = smilesOf(chain, "auto").find((one) => one.expiry === expiry);
  if (!smile || !known(atmOf(smile))) return Number.NaN;
  const left = smile.points.findLast((point) => point.strike <= strike);
  const right = smile.points.find((point) => point.strike >= strike);
  if (!left || !right || left === right) return (left ?? right)!.vol;
  return left.vol + ((right.vol - left.vol) * (strike - left.strike)) / (right.strike - left.strike);
}

/** The source's gamma, where it has computed one, else the model's. */
export function gammaOf(chain: OptionChain, contract: Contract): number {
  const trusted = !isDisbelieved(chain) && (believed(chain).has(contract) || (!known(contract.iv) && contract.gamma > 0));
  if (trusted && contract.gamma >= 0) return contract.gamma;
  const s = strikeVol(chain, contract) * Math.sqrt(contract.years);
  const { spot } = bookOf(chain);
  return bell(Math.log(spot / contract.strike) / s + s / 2) / (spot * s);
}

/** Gamma x open interest by strike; null when the snapshot cannot say. */
export function gammaByStrike(chain: OptionChain, scope: string): { strike: number; call: number; put: number }[] | null {
  const { goodOpen, goodSpot } = bookOf(chain);
  if (!goodOpen || !goodSpot) return null;
  const contracts = contractsIn(chain, scope);
  const open = contracts.filter((contract) => contract.open > 0);
  const all = sum(open.map((contract) => contract.open));
  const covered = sum(open.filter((contract) => known(gammaOf(chain, contract))).map((contract) => contract.open));
  if (!(all > 0) || covered < 0.6 * all) return null;
  return byStrike(contracts, (contract) => contract.open * gammaOf(chain, contract));
}

/** What one strike of one expiry has open, calls less puts, with its volatility. */
export function netByStrike(chain: OptionChain, scope: string): { strike: number; years: number; vol: number; net: number }[] | null {
  const { goodOpen, goodSpot } = bookOf(chain);
  if (!goodOpen || !goodSpot) return null;
  const contracts = contractsIn(chain, scope).filter(({ open }) => known(open));
  const all = sum(contracts.map(({ open }) => open));
  const covered = contracts.filter((contract) => known(strikeVol(chain, contract)));
  if (!(all > 0) || sum(covered.map(({ open }) => open)) < 0.6 * all) return null;
  return covered.map((contract) => ({
    strike: contract.strike,
    years: contract.years,
    vol: strikeVol(chain, contract),
    net: contract.call ? contract.open : -contract.open,
  }));
}

const someKnown = (column: Float64Array): boolean => column.some(known);
const carries: Readonly<Record<string, (chain: OptionChain) => boolean>> = {
  market: remembered(({ iv, ask, gamma }) => someKnown(iv) || someKnown(ask) || someKnown(gamma)),
  open: remembered(({ openInterest }) => someKnown(openInterest)),
  volume: remembered(({ volume }) => someKnown(volume)),
};
export const hasAll = (chain: OptionChain, kinds: readonly string[]): boolean => kinds.every((kind) => carries[kind]!(chain));

const sessionBefore = (date: number): number => NYSE.previousSession(date);

/** The snapshot that row t may use: the latest that carries this, of its session or the one before. */
export function snapshotAt({ extras, barEnd, sessionDate }: Columns, t: number, kinds: readonly string[]): OptionChain | undefined {
  const chain = extras!.chains.findLast((one) => one.knownAt <= barEnd[t]! && hasAll(one, kinds));
  return chain && [sessionDate[t], sessionBefore(sessionDate[t]!)].includes(chain.sessionDate) ? chain : undefined;
}

const BY_SESSION = new WeakMap<readonly OptionChain[], Map<number, OptionChain[]>>();
function ofSession(chains: readonly OptionChain[], session: number): readonly OptionChain[] {
  let sorted = BY_SESSION.get(chains);
  if (!sorted) {
    sorted = Map.groupBy(chains, ({ sessionDate }) => sessionDate);
    BY_SESSION.set(chains, sorted);
  }
  return sorted.get(session) ?? [];
}

/** The last snapshot of a session that carries this, of those that were known at a moment. */
export const lastOfSession = (chains: readonly OptionChain[], session: number, until: number, kinds: readonly string[]) =>
  ofSession(chains, session).findLast((one) => one.knownAt <= until && hasAll(one, kinds));

/** The value of a measure at row t. */
export function latest(bars: Columns, t: number, kinds: readonly string[], measure: (chain: OptionChain) => number): number {
  const chain = snapshotAt(bars, t, kinds);
  return chain ? measure(chain) : Number.NaN;
}

/** The value of a measure at the end of the session before row t's. */
export function eod(bars: Columns, t: number, kinds: readonly string[], measure: (chain: OptionChain) => number): number {
  const chain = lastOfSession(bars.extras!.chains, sessionBefore(bars.sessionDate[t]!), bars.barEnd[t]!, kinds);
  return chain ? measure(chain) : Number.NaN;
}

/** A strike on the scale of the bars; NaN across a change of scale. */
export function strikeOnScale(bars: Columns, t: number, kinds: readonly string[], measure: (chain: OptionChain) => number): number {
  const chain = snapshotAt(bars, t, kinds);
  if (!chain) return Number.NaN;
  if (chain.sessionDate !== bars.sessionDate[t]) {
    const row = bars.sessionDate.lastIndexOf(chain.sessionDate, t);
    if (row < 0 || bars.scale[row] !== bars.scale[t]) return Number.NaN;
  }
  return measure(chain) * bars.scale[t]!;
}
