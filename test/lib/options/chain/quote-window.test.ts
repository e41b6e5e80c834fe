import { describe, expect, it } from "vitest";
import { medianQuotes } from "#lib/options/chain/quote-window.ts";
import { CLOSE, chainOf, type TestContract } from "./build-chain.ts";

const quote = (strike: number, mid: number, right: 1 | -1 = 1): TestContract => ({
  strike,
  right,
  bid: mid - 0.01,
  ask: mid + 0.01,
  openInterest: 5,
  iv: 0.2,
});
const at = (minutes: number, underlyingPrice: number, contracts: TestContract[]) =>
  chainOf(contracts, { knownAt: CLOSE + minutes * 60_000, underlyingPrice });

describe("medianQuotes", () => {
  it("takes the median mid of each contract, of the underlying and of the moments, whatever the order of the columns", () => {
    const chain = medianQuotes([
      at(-30, 100, [quote(100, 2.0), quote(105, 0.5)]),
      at(-20, 101, [quote(105, 0.6), quote(100, 2.6)]),
      at(-10, 100.4, [quote(100, 2.2), { strike: 105, right: 1, bid: 2, ask: 1 }]),
    ]);
    expect([...chain.bid]).toEqual([2.2, 0.55]);
    expect(chain.ask).toEqual(chain.bid);
    expect([chain.underlyingPrice, chain.knownAt]).toEqual([100.4, CLOSE - 20 * 60_000]);
  });

  it("knows nothing but quotes, and no contract that the last snapshot does not list", () => {
    const chain = medianQuotes([at(-10, 100, [quote(95, 6), quote(100, 2)]), at(-5, 100, [quote(100, 3), quote(110, 0.3, -1)])]);
    expect(chain.length).toBe(2);
    expect([...chain.bid]).toEqual([2.5, 0.3]);
    for (const column of [chain.iv, chain.openInterest, chain.gamma, chain.volume]) expect([...column]).toEqual([Number.NaN, Number.NaN]);
  });
});
