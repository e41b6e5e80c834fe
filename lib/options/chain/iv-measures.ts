import type { OptionChain } from "../../core/option-data.ts";
import { normalCdf } from "../../metrics/normal.ts";
import { chainSmiles, type IvSource } from "./smile.ts";
import { atmVolatility, butterfly, riskReversal, wingVolatility } from "./smile-points.ts";
import { volatilityAtTenor } from "./term-structure.ts";

/**
 * Which volatility is meant.
 *
 * `days`: calendar days to expiry, interpolated; 0 = the nearest living expiry.
 */
export interface Tenor {
  readonly days: number;
  readonly source: IvSource;
}

/** At-the-money-forward volatility, a fraction a year; NaN = the snapshot cannot say. */
export function atmIv(chain: OptionChain, { days, source }: Tenor): number {
  return volatilityAtTenor(chainSmiles(chain, source).smiles, days, atmVolatility);
}

/** Volatilities of the call and the put of one delta (0.25 = 25 delta) at a tenor. */
export function wingIvs(chain: OptionChain, { days, source }: Tenor, delta: number): { readonly call: number; readonly put: number } {
  const { smiles } = chainSmiles(chain, source);
  return {
    call: volatilityAtTenor(smiles, days, (smile) => wingVolatility(smile, 1, delta)),
    put: volatilityAtTenor(smiles, days, (smile) => wingVolatility(smile, -1, delta)),
  };
}

/** Volatility of the 25-delta call less that of the 25-delta put. */
export function riskReversal25(chain: OptionChain, tenor: Tenor): number {
  const { call, put } = wingIvs(chain, tenor, 0.25);
  return riskReversal(call, put);
}

/** Mean volatility of the 25-delta call and put, less the one at the money. */
export function butterfly25(chain: OptionChain, tenor: Tenor): number {
  const { call, put } = wingIvs(chain, tenor, 0.25);
  return butterfly(call, put, atmIv(chain, tenor));
}

/** At-the-money volatility at the far tenor less that at the near one. */
export function termSlope(chain: OptionChain, near: Tenor, farDays: number): number {
  return atmIv(chain, { ...near, days: farDays }) - atmIv(chain, near);
}

/**
 * What the straddle at the forward costs by Black-Scholes-Merton, a fraction of the forward: 2 (2 N(v / 2) - 1) with v the
 * at-the-money volatility times the root of the time. It is the expected size of the move until then, and smooth in the strikes,
 * which the straddle of the nearest listed strike is not.
 *
 * @see M. Brenner and M. G. Subrahmanyam, "A Simple Formula to Compute the Implied Standard Deviation", Financial Analysts Journal (1988)
 */
export function impliedMove(chain: OptionChain, { days, source }: Tenor): number {
  const { smiles } = chainSmiles(chain, source);
  const years = days === 0 ? (smiles[0]?.slice.years ?? Number.NaN) : days / 365;
  return straddleOf(volatilityAtTenor(smiles, days, atmVolatility), years);
}

const straddleOf = (volatility: number, years: number): number => 2 * (2 * normalCdf((volatility * Math.sqrt(years)) / 2) - 1);

/** Which source `auto` came to in a snapshot: what a report says beside a volatility. */
export const ivSourceUsed = (chain: OptionChain): "snapshot" | "quotes" | "none" => chainSmiles(chain, "auto").used;
