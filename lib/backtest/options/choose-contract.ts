import type { OptionChain, OptionRight } from "../../core/option-data.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, dayOfWeekOf } from "../../core/time.ts";
import { bsmValues, DELTA, VALUE_COUNT } from "../../options/bsm-kernel.ts";
import { lastMomentOf, yearsToExpiry } from "../../options/expiry-time.ts";
import { impliedVol } from "../../options/implied-vol.ts";
import { outOfMoneyShare } from "../../options/strike-selection.ts";
import type { ContractRule, ContractTerms } from "./contract-rule.ts";

/** Why no contract was chosen; the codes of a contract tape's choices. The first says that one was. */
export const CHOICES = ["chosen", "no_chain", "no_expiry", "no_strike", "no_delta_in_band"] as const;
export const [CHOSEN, NO_CHAIN, NO_EXPIRY, NO_STRIKE, NO_DELTA_IN_BAND] = [0, 1, 2, 3, 4] as const;

/** A strike without a selection must have a delta within this of the target. */
const DELTA_BAND = 0.05;
/** A selected strike may lie outside the listed ones by this share of the underlying's price. */
const STRIKE_TOLERANCE = 0.01;
/** Keeps values that are equal on paper inside their limits. */
const TINY = 1e-9;

export interface ContractAsk extends ContractTerms {
  readonly rule: ContractRule;
  readonly right: OptionRight;
  /** Session in which the position would open, and that moment, UTC ms: what has expired by then is not bought. */
  readonly entrySession: DateNumber;
  readonly entryMs: number;
  /** Raw price of the underlying at the decision. */
  readonly spot: number;
}

/**
 * The contract that a decision buys, from one chain snapshot: the listed expiry nearest to the target (the later one of two
 * equally near), then the strike whose delta is nearest to the target and within 0.05 of it, or the listed strike nearest to
 * the selected one. Liquidity is not looked at: a contract that is too thin is refused, not replaced.
 *
 * @returns the contract's place in the chain, or -1 with the reason as a place in `CHOICES`
 */
export function chooseContract(chain: OptionChain, ask: ContractAsk): { readonly index: number; readonly choice: number } {
  const expiry = nearestExpiry(chain, ask);
  if (Number.isNaN(expiry)) return { index: -1, choice: NO_EXPIRY };
  const { strike } = ask.rule;
  const index = strike === null ? nearestDelta(chain, ask, expiry) : nearestStrike(chain, ask, expiry, outOfMoneyShare(strike));
  return index >= 0 ? { index, choice: CHOSEN } : { index, choice: strike === null ? NO_DELTA_IN_BAND : NO_STRIKE };
}

function nearestExpiry({ length, expiry, right }: OptionChain, ask: ContractAsk): DateNumber {
  const today = dayNumberOf(ask.entrySession);
  let best = Number.NaN;
  let bestDistance = Number.POSITIVE_INFINITY;
  let seen = Number.NaN;
  for (let i = 0; i < length; i++) {
    const date = expiry[i]!;
    // Contracts of one expiry stand together.
    if (right[i] !== ask.right || date === seen) continue;
    seen = date;
    const distance = Math.abs(dayNumberOf(date) - today - ask.rule.dteTarget);
    if (distance > bestDistance || (distance === bestDistance && date <= best)) continue;
    if (lastMomentOf(date) <= ask.entryMs || (!ask.weeklyOk && !isMonthly(date))) continue;
    best = date;
    bestDistance = distance;
  }
  return best;
}

const FRIDAY = 4;
const SATURDAY = 5;

/** The third Friday of its month; the day before, where that is a holiday; or the Saturday after, as expiries were once dated. */
function isMonthly(date: DateNumber): boolean {
  const day = date % 100;
  const weekday = dayOfWeekOf(date);
  if (weekday === FRIDAY) return day >= 15 && day <= 21;
  if (weekday === SATURDAY) return day >= 16 && day <= 22;
  const next = dateOfDayNumber(dayNumberOf(date) + 1);
  return dayOfWeekOf(next) === FRIDAY && next % 100 >= 15 && next % 100 <= 21 && lastMomentOf(next) === lastMomentOf(date);
}

function nearestDelta(chain: OptionChain, ask: ContractAsk, expiry: DateNumber): number {
  let best = -1;
  let bestDistance = DELTA_BAND + TINY;
  for (let i = 0; i < chain.length; i++) {
    if (chain.right[i] !== ask.right || chain.expiry[i] !== expiry) continue;
    const distance = Math.abs(Math.abs(deltaOf(chain, i, ask.spot)) - ask.targetDelta);
    if (!(distance < bestDistance)) continue;
    best = i;
    bestDistance = distance;
  }
  return best;
}

function nearestStrike(chain: OptionChain, ask: ContractAsk, expiry: DateNumber, share: number): number {
  const wanted = ask.spot * (1 + ask.right * share);
  let best = -1;
  let bestDistance = Number.POSITIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = 0;
  for (let i = 0; i < chain.length; i++) {
    if (chain.right[i] !== ask.right || chain.expiry[i] !== expiry) continue;
    const strike = chain.strike[i]!;
    lowest = Math.min(lowest, strike);
    highest = Math.max(highest, strike);
    const distance = Math.abs(strike - wanted);
    if (!(distance < bestDistance)) continue;
    best = i;
    bestDistance = distance;
  }
  const listed = wanted >= lowest && wanted <= highest;
  return listed || bestDistance <= STRIKE_TOLERANCE * ask.spot + TINY ? best : -1;
}

const values = new Float64Array(VALUE_COUNT);

/** The source's delta; without one, that of its volatility, else of the volatility that its price implies (no carry). NaN = unknown. */
export function deltaOf(chain: OptionChain, i: number, spot: number): number {
  if (!Number.isNaN(chain.delta[i]!)) return chain.delta[i]!;
  const volatility = volatilityOf(chain, i, spot);
  bsmValues(values, spot, chain.strike[i]!, yearsToExpiry(chain.knownAt, chain.expiry[i]!), 0, volatility, 0, chain.right[i]!);
  return values[DELTA]!;
}

/** The source's implied volatility; without one, what the middle of the quote or the last trade implies (no carry). NaN = unknown. */
export function volatilityOf({ iv, bid, ask, last, strike, expiry, right, knownAt }: OptionChain, i: number, spot: number): number {
  if (!Number.isNaN(iv[i]!)) return iv[i]!;
  const price = bid[i]! > 0 ? 0.5 * (bid[i]! + ask[i]!) : last[i]!;
  return impliedVol({
    price,
    underlying: spot,
    strike: strike[i]!,
    years: yearsToExpiry(knownAt, expiry[i]!),
    rate: 0,
    dividendYield: 0,
    right: right[i]! as OptionRight,
  }).volatility;
}
