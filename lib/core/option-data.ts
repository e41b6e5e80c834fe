import type { DateNumber } from "./time.ts";

/** 1 = call, -1 = put. */
export type OptionRight = 1 | -1;

/**
 * All listed contracts of one underlying as they stood at one moment, in columns of `length` entries. Prices are raw dollars
 * per share; NaN = unknown, so a morning snapshot may carry open interest alone.
 */
export interface OptionChain {
  readonly underlying: string;
  /** The session that the snapshot belongs to. */
  readonly sessionDate: DateNumber;
  /** When everything in it was known, UTC milliseconds: nothing decided before may use it. */
  readonly knownAt: number;
  /** Raw price of the underlying at that moment; NaN = unknown. */
  readonly underlyingPrice: number;
  readonly length: number;
  readonly strike: Float64Array;
  /** Last trading day of the contract, a New York date as a number. */
  readonly expiry: Float64Array;
  readonly right: Int8Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly last: Float64Array;
  /** Contracts traded in the session so far. */
  readonly volume: Float64Array;
  /** The morning's: what was open when the session began. Never the same day's end. */
  readonly openInterest: Float64Array;
  /** The source's implied volatility, a fraction a year. */
  readonly iv: Float64Array;
  /** Per share: delta and gamma for one dollar, theta a calendar day, vega for one volatility point (0.01). */
  readonly delta: Float64Array;
  readonly gamma: Float64Array;
  readonly theta: Float64Array;
  readonly vega: Float64Array;
}

/** One implied volatility of an underlying for each session that has one, ascending by the moment it was known. */
export interface IvHistory {
  readonly length: number;
  /** The session that it is of, a New York date as a number. */
  readonly session: Float64Array;
  /** When it was known, UTC milliseconds: nothing decided before may use it. */
  readonly knownAt: Float64Array;
  /** A fraction a year; a session whose volatility is unknown has no entry. */
  readonly value: Float64Array;
}

/** Bars of the contracts of one underlying and expiry over one session, ordered by start, then contract. */
export interface OptionBars {
  readonly underlying: string;
  readonly sessionDate: DateNumber;
  readonly expiry: DateNumber;
  readonly length: number;
  /** Bar start, UTC milliseconds. */
  readonly start: Float64Array;
  readonly strike: Float64Array;
  readonly right: Int8Array;
  /** Raw dollars per share. */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Volume-weighted average price of the bar's trades. */
  readonly vwap: Float64Array;
  /** Contracts. */
  readonly volume: Float64Array;
}

/**
 * Trades and quotes of the contracts of one underlying and expiry over one session. A trade or quote names its contract by its
 * index into `strike` and `right`. Both lists ascend in time.
 */
export interface OptionTape {
  readonly underlying: string;
  readonly sessionDate: DateNumber;
  readonly expiry: DateNumber;
  /** The contracts. */
  readonly strike: Float64Array;
  readonly right: Int8Array;
  readonly trades: OptionTrades;
  readonly quotes: OptionQuotes;
}

/** What a trade's conditions say, as far as signing cares. */
export const TRADE_KINDS = ["regular", "complex", "late", "cross"] as const;

export interface OptionTrades {
  readonly length: number;
  /** UTC milliseconds. */
  readonly ts: Float64Array;
  readonly contract: Int32Array;
  /** Dollars per share. */
  readonly price: Float64Array;
  /** Contracts. */
  readonly size: Float64Array;
  /** Index into `TRADE_KINDS`. */
  readonly kind: Uint8Array;
  /** 1 = the buyer took, -1 = the seller took, 0 = not known: only a simulated market knows. Null for real data. */
  readonly trueSide: Int8Array | null;
}

export interface OptionQuotes {
  readonly length: number;
  /** UTC milliseconds from which the quote stands. */
  readonly ts: Float64Array;
  readonly contract: Int32Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  /** Contracts. */
  readonly bidSize: Float64Array;
  readonly askSize: Float64Array;
}

/** Trades and quotes of a share or index over a span, each list ascending in time; times as in an option's. */
export interface UnderlyingTape {
  readonly symbol: string;
  readonly trades: { readonly length: number; readonly ts: Float64Array; readonly price: Float64Array; readonly size: Float64Array };
  readonly quotes: {
    readonly length: number;
    readonly ts: Float64Array;
    readonly bid: Float64Array;
    readonly ask: Float64Array;
    readonly bidSize: Float64Array;
    readonly askSize: Float64Array;
  };
}

/**
 * What was traded of same-day expiries in each bar at each strike, ordered by bar, then strike. The sums are causal: a cell
 * is known at the end of its bar.
 */
export interface FlowCells {
  readonly underlying: string;
  readonly length: number;
  /** Start of the bar of the model's cadence that the trades fell into, UTC milliseconds. */
  readonly barStart: Float64Array;
  readonly strike: Float64Array;
  /** Contracts traded; all volume, whoever started the trade. */
  readonly callVolume: Float64Array;
  readonly putVolume: Float64Array;
  /** Sum of volume x vwap x 100, US dollars. */
  readonly callPremium: Float64Array;
  readonly putPremium: Float64Array;
  /** From signed trades: contracts that buyers or sellers took; NaN where there were bars only. */
  readonly callBought: Float64Array;
  readonly callSold: Float64Array;
  readonly putBought: Float64Array;
  readonly putSold: Float64Array;
  /** Premium of the bought and of the sold contracts, US dollars; NaN where there were bars only. */
  readonly callBoughtPremium: Float64Array;
  readonly callSoldPremium: Float64Array;
  readonly putBoughtPremium: Float64Array;
  readonly putSoldPremium: Float64Array;
}
