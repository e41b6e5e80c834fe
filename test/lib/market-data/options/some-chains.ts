import type { OptionChain } from "#lib/core/option-data.ts";

/** A chain of two contracts. */
export function someChain(sessionDate: number, bid = 1): OptionChain {
  const column = (one: number, other = one): Float64Array => Float64Array.of(one, other);
  return {
    underlying: "SPY",
    sessionDate,
    knownAt: Date.parse(`${String(sessionDate).replace(/(....)(..)(..)/, "$1-$2-$3")}T20:15:00Z`),
    underlyingPrice: 544.5,
    length: 2,
    strike: column(545),
    expiry: column(20240920),
    right: Int8Array.of(-1, 1),
    bid: column(bid, Number.NaN),
    ask: column(bid + 0.1),
    last: column(bid),
    volume: column(10, 0),
    openInterest: column(100),
    iv: column(0.12),
    delta: column(-0.5, 0.5),
    gamma: column(0.05),
    theta: column(-0.2),
    vega: column(0.1),
  };
}
