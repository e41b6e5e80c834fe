import { SigmaError } from "../errors/sigma-error.ts";
import { blackScholesPrice, type OptionSpec } from "./black-scholes.ts";
import { logMoneyness } from "./log-moneyness.ts";

/** A cash dividend. */
export interface CashDividend {
  /** From now to the ex-date, years. */
  readonly years: number;
  /** Dollars a share. */
  readonly amount: number;
}

/**
 * An option that may be exercised early. Known dividends are better given as cash than as a yield: a yield spreads them over
 * the year, while a call is exercised just before the ex-date.
 */
export interface AmericanSpec extends OptionSpec {
  /** Those until expiry count. Their present value is taken off the underlying, which moves without it; added back when it is exercised. */
  readonly dividends?: readonly CashDividend[];
}

export type ExerciseStyle = "american" | "european";

const DEFAULT_STEPS = 201;
const MOST_STEPS = 20_001;
/** Of d2: beyond, the odds of ending on the other side of the strike are below float64's smallest numbers. */
const CERTAIN = 38;

/**
 * Price on Leisen and Reimer's binomial tree: its probabilities are chosen so that the strike lies in the middle of the final
 * nodes, so a European price converges with 1/steps^2 and without the saw teeth of older trees; an American one with 1/steps
 * (about 1e-4 of the strike at 201). Exercise before an ex-date happens at the last step before it.
 *
 * Options on SPY and other funds and shares are American, on SPX and XSP European. The right to exercise early is worth
 * something to a put deep in the money (interest on the strike), and to a call in the money whose remaining time value is below
 * a dividend that goes ex before expiry. On the last day, between two ex-dates, it is at most the interest on the strike for
 * the hours that are left, a cent or so on SPY: European values serve 0DTE.
 *
 * @param steps - odd, 3 to 20,001; time grows with the square
 * @returns dollars; NaN when an argument is out of range as in `blackScholes`, or the dividends exceed the underlying
 * @throws INVALID_PARAM when steps is not such a number
 * @see D. Leisen and M. Reimer, "Binomial models for option valuation: examining and improving convergence", Applied Mathematical Finance 3 (1996)
 */
export function binomialPrice(spec: AmericanSpec, style: ExerciseStyle, steps = DEFAULT_STEPS): number {
  if (!Number.isInteger(steps) || steps % 2 === 0 || steps < 3 || steps > MOST_STEPS) {
    throw new SigmaError("INVALID_PARAM", `steps must be an odd number from 3 to ${MOST_STEPS}; found "${steps}".`, {
      field: "steps",
      steps,
    });
  }
  const escrow = withoutDividends(spec);
  const { underlying, strike, years, rate, volatility, dividendYield, right } = escrow;
  if (Number.isNaN(blackScholesPrice(escrow))) return Number.NaN;
  const s = volatility * Math.sqrt(years);
  const d1 = logMoneyness(underlying, strike, rate - dividendYield, years) / s + 0.5 * s;
  const d2 = d1 - s;
  if (!(Math.abs(d2) < CERTAIN && Math.abs(d1) < CERTAIN)) return certainPrice(spec, escrow, style);

  const dt = years / steps;
  const growth = Math.exp((rate - dividendYield) * dt);
  const up = probability(d2, steps);
  const down = probability(-d2, steps);
  const rise = (growth * probability(d1, steps)) / up;
  const fall = (growth * probability(-d1, steps)) / down;
  const discount = Math.exp(-rate * dt);

  const values = new Float64Array(steps + 1);
  const ratio = rise / fall;
  let price = underlying * fall ** steps;
  for (let j = 0; j <= steps; j++, price *= ratio) values[j] = Math.max(right * (price - strike), 0);
  for (let i = steps - 1; i >= 0; i--) {
    price = underlying * fall ** i;
    const dividends = style === "american" ? presentValue(spec, i * dt) : 0;
    for (let j = 0; j <= i; j++, price *= ratio) {
      const held = discount * (up * values[j + 1]! + down * values[j]!);
      values[j] = style === "american" ? Math.max(held, right * (price + dividends - strike)) : held;
    }
  }
  return values[0]!;
}

/**
 * What the right to exercise before expiry adds: the difference of two prices on one tree, so that most of the tree's error
 * cancels.
 *
 * @returns dollars, at least 0; NaN and errors as `binomialPrice`
 */
export function earlyExercisePremium(spec: AmericanSpec, steps = DEFAULT_STEPS): number {
  return binomialPrice(spec, "american", steps) - binomialPrice(spec, "european", steps);
}

/**
 * Price of an American option: the exact European price and the early exercise premium of the tree; what exercise gives now
 * where that is best.
 *
 * @returns dollars; NaN and errors as `binomialPrice`
 */
export function americanPrice(spec: AmericanSpec, steps = DEFAULT_STEPS): number {
  const american = binomialPrice(spec, "american", steps);
  const now = spec.right * (spec.underlying - spec.strike);
  if (american <= now) return american;
  const premium = american - binomialPrice(spec, "european", steps);
  return Math.max(blackScholesPrice(withoutDividends(spec)) + premium, now);
}

/** Peizer and Pratt's second inversion: the step's probability with which an odd number of steps ends above the middle as often as N(z) says. */
function probability(z: number, steps: number): number {
  const exponent = (z / (steps + 1 / 3 + 0.1 / (steps + 1))) ** 2 * (steps + 1 / 6);
  const root = Math.sqrt(-Math.expm1(-exponent));
  // The smaller side without a difference.
  return z >= 0 ? 0.5 + 0.5 * root : (0.5 * Math.exp(-exponent)) / (1 + root);
}

/** The option on what remains of the underlying when the dividends until expiry are taken off. */
function withoutDividends(spec: AmericanSpec): OptionSpec {
  return { ...spec, underlying: spec.underlying - presentValue(spec, 0) };
}

/** At `now`, years from today, of the dividends that are still to come until expiry; one that goes ex at that moment is. */
function presentValue({ dividends = [], rate, years }: AmericanSpec, now: number): number {
  let total = 0;
  for (const { years: exDate, amount } of dividends) {
    // Written as a denial, so that an unknown date makes the sum unknown.
    if (!(exDate < now || exDate <= 0 || exDate > years)) total += amount * Math.exp(-rate * (exDate - now));
  }
  return total;
}

/** The path is certain: the best moment to exercise is now, before an ex-date, at expiry, or where yield and interest balance. */
function certainPrice(spec: AmericanSpec, escrow: OptionSpec, style: ExerciseStyle): number {
  const european = blackScholesPrice(escrow);
  if (style === "european") return european;
  const { underlying, strike, years, rate, dividendYield, right } = escrow;
  const balance = Math.log((dividendYield * underlying) / (rate * strike)) / (dividendYield - rate);
  const moments = [0, ...(spec.dividends ?? []).map(({ years: exDate }) => exDate), ...(balance > 0 ? [balance] : [])];
  const gains = moments
    .filter((moment) => moment >= 0 && moment <= years)
    .map((moment) => {
      const received = underlying * Math.exp(-dividendYield * moment) + presentValue(spec, moment) * Math.exp(-rate * moment);
      return right * (received - strike * Math.exp(-rate * moment));
    });
  return Math.max(european, ...gains);
}
