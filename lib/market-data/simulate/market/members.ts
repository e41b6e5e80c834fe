import { createKeyedRng } from "../../../core/rng.ts";
import type { MarketSpec } from "./market.schema.ts";

/** How many stocks a simulated market has. */
export const MEMBER_COUNT = 40;
/** The first of them are listed all the time, never split and have options. */
const OPTIONABLE = 10;
/** The last of them are listed later than the market begins. */
const LATE = 12;

/** What makes one stock of a simulated market, before its path is drawn. */
export interface Member {
  /** 0 to MEMBER_COUNT - 1. */
  readonly index: number;
  /** Dependence on the market's return. */
  readonly beta: number;
  /** Volatility a year of what the market does not explain. */
  readonly ownVolatility: number;
  readonly startPrice: number;
  readonly dailyVolume: number;
  readonly dividendYield: number;
  /** Share of the market's sessions after which it is listed: 0 = from the first. */
  readonly listedAfter: number;
  readonly eventful: boolean;
}

/** Whether a stock may split, be taken over or fail; the others have options. */
export const isEventful = (index: number): boolean => index >= OPTIONABLE;

/** The stock of an index, the same in every market of a seed. */
export function memberOf({ seed }: MarketSpec, index: number): Member {
  const rng = createKeyedRng(`simulated-member:${seed}`);
  rng.seek(index, 0);
  const between = (low: number, high: number): number => low + (high - low) * rng.uniform();
  return {
    index,
    beta: between(0.6, 1.5),
    ownVolatility: between(0.18, 0.42),
    startPrice: Math.round(between(2000, 15_000)) / 100,
    dailyVolume: Math.round(Math.exp(between(Math.log(1e6), Math.log(2e7)))),
    dividendYield: Math.max(0, between(-0.02, 0.035)),
    listedAfter: index >= MEMBER_COUNT - LATE ? between(0.05, 0.7) : 0,
    eventful: isEventful(index),
  };
}
