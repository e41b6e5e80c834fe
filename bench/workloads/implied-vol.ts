import { createRng } from "#lib/core/rng.ts";
import {
  blackScholesColumns,
  blackScholesPrices,
  type OptionColumns,
  type OptionValueColumns,
} from "#lib/options/black-scholes-columns.ts";
import { impliedVols } from "#lib/options/implied-vol.ts";
import type { Figure, Workload } from "../workload.ts";

const OPTIONS = 200_000;

/** Options with the volatility that their price is made of. */
interface Sample {
  readonly options: OptionColumns & { readonly price: Float64Array };
  /** Spot and strike, discounted: what float64 rounds a price in the money to. */
  readonly scale: Float64Array;
}

/** What one chain holds: three standard deviations around the money, minutes to a year, both rights, out of the money. */
const listedSample = () =>
  sampleOf("listed", (rng) => {
    const years = (1 + rng.int(525_600)) / 525_600;
    const volatility = 0.08 + 0.6 * rng.uniform();
    return { years, volatility, log: (6 * rng.uniform() - 3) * volatility * Math.sqrt(years), inTheMoney: false };
  });

/** The property test's range: minutes to three years, volatility 0.01 to 5, up to 37 standard deviations, in and out of the money. */
const extremeSample = () =>
  sampleOf("extreme", (rng) => {
    const years = Math.exp(Math.log(3 * 525_600) * rng.uniform()) / 525_600;
    const volatility = 0.01 * 500 ** rng.uniform();
    const log = Math.max(-3, Math.min(3, (74 * rng.uniform() - 37) * volatility * Math.sqrt(years)));
    return { years, volatility, log, inTheMoney: rng.uniform() < 0.5 };
  });

let samples: { readonly listed: Sample; readonly extreme: Sample } | undefined;

export const impliedVolWorkload: Workload = {
  name: "implied-vol",
  title: `Implied volatility and greeks of ${OPTIONS.toLocaleString("en-US")} options, columns`,
  run: async (): Promise<readonly Figure[]> => {
    samples ??= { listed: listedSample(), extreme: extremeSample() };
    const { listed, extreme } = samples;
    const { length } = listed.options;
    const out = new Float64Array(length);
    const listedRate = rateOf(length, () => impliedVols(listed.options, out));
    const listedError = worstError(listed, out);
    const extremeRate = rateOf(length, () => impliedVols(extreme.options, out));
    const extremeError = worstError(extreme, out);
    const without = `one core; ${Math.round((100 * out.filter(Number.isNaN).length) / length)} % have no time value and end at once`;
    const column = () => new Float64Array(length);
    const values: OptionValueColumns = {
      price: column(),
      delta: column(),
      gamma: column(),
      vega: column(),
      theta: column(),
      rho: column(),
      vanna: column(),
      charm: column(),
    };
    const valueRate = rateOf(length, () => blackScholesColumns(listed.options, values));
    return [
      { label: "implied volatilities of a listed chain", value: listedRate, unit: "1/s", aim: ">= 700,000", note: "one core" },
      {
        label: "worst error of the price they give back",
        value: listedError,
        unit: "of 1e-10 USD",
        aim: "<= 1",
        note: "underlying at $500",
      },
      { label: "implied volatilities, extreme options", value: extremeRate, unit: "1/s", aim: ">= 700,000", note: without },
      { label: "worst error of the price they give back, extreme options", value: extremeError, unit: "of 1e-10 USD", aim: "<= 1" },
      { label: "prices with seven greeks", value: valueRate, unit: "1/s", note: "one core" },
    ];
  },
};

type Draw = { readonly years: number; readonly volatility: number; readonly log: number; readonly inTheMoney: boolean };

function sampleOf(seed: string, draw: (rng: ReturnType<typeof createRng>) => Draw): Sample {
  const rng = createRng(`bench implied-vol ${seed}`);
  const column = () => new Float64Array(OPTIONS);
  const options = {
    length: OPTIONS,
    underlying: column().fill(500),
    strike: column(),
    years: column(),
    rate: column().fill(0.045),
    volatility: column(),
    dividendYield: column().fill(0.013),
    right: new Int8Array(OPTIONS),
    price: column(),
  };
  const scale = column();
  for (let i = 0; i < OPTIONS; i++) {
    const { years, volatility, log, inTheMoney } = draw(rng);
    options.strike[i] = 500 * Math.exp(log);
    options.years[i] = years;
    options.volatility[i] = volatility;
    options.right[i] = log > 0 !== inTheMoney ? 1 : -1;
    scale[i] = 500 + options.strike[i]!;
  }
  blackScholesPrices(options, options.price);
  return { options, scale };
}

/** Rows a second: the median of five passes after two. */
function rateOf(rows: number, pass: () => void): number {
  const times = Array.from({ length: 7 }, () => {
    const start = performance.now();
    pass();
    return performance.now() - start;
  });
  const median = times.slice(2).sort((a, b) => a - b)[2]!;
  return (rows / median) * 1000;
}

/** In units of 1e-10 dollars. Throws where a price with more time value than rounding found no volatility. */
function worstError({ options, scale }: Sample, found: Float64Array): number {
  const prices = new Float64Array(options.length);
  blackScholesPrices({ ...options, volatility: found }, prices);
  let worst = 0;
  for (let i = 0; i < options.length; i++) {
    const { underlying, strike, years, rate, dividendYield, right, price } = options;
    const forward = underlying[i]! * Math.exp(-dividendYield[i]! * years[i]!) - strike[i]! * Math.exp(-rate[i]! * years[i]!);
    const timeValue = price[i]! - Math.max(right[i]! * forward, 0);
    if (Number.isNaN(found[i]!) && timeValue > 1e-15 * scale[i]!) throw new Error(`Option ${i} at "${price[i]}" has no volatility.`);
    if (!Number.isNaN(found[i]!)) worst = Math.max(worst, Math.abs(prices[i]! - price[i]!));
  }
  return worst / 1e-10;
}
