import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import { chainFaults, chainRefusal, staleUnderlyings, withoutStalePrices } from "#lib/options/chain/chain-checks.ts";
import { gexNaive } from "#lib/options/chain/gamma-exposure.ts";
import { atmIv } from "#lib/options/chain/iv-measures.ts";
import { maxPain, totalOpenInterest } from "#lib/options/chain/open-interest.ts";
import { sourceVolatilities } from "#lib/options/chain/source-volatility.ts";
import { describeWithShared, sharedPath } from "../../../support/shared-data.ts";
import { chainOf, pair, type TestContract } from "./build-chain.ts";

const good: TestContract = { strike: 100, right: 1, bid: 2, ask: 2.1, openInterest: 5, volume: 3, iv: 0.2 };
const reasons = (chain: OptionChain): string[] => chainFaults(chain).map(({ reason }) => reason);

describe("chainFaults", () => {
  it("finds none in a good snapshot, nor in a morning's open interest without prices", () => {
    expect(chainFaults(chainOf([good, { ...good, right: -1 }]))).toEqual([]);
    expect(chainFaults(chainOf(pair(100, { openInterest: 5 }), { underlyingPrice: Number.NaN }))).toEqual([]);
  });

  it.each([
    ["empty", [], {}, 0],
    ["junk", pair(100, { bid: 0, ask: 0, iv: 0, gamma: 0, volume: 0 }), {}, 2],
    ["no_moment", [good], { knownAt: Number.NaN }, 1],
    ["no_expiry", [good, { ...good, strike: 105, expiry: Number.NaN }], {}, 1],
    ["no_expiry", [good, { ...good, strike: 105, expiry: 20240231 }], {}, 1],
    ["no_strike", [good, { ...good, strike: 0 }], {}, 1],
    ["duplicate_contract", [good, { ...good, openInterest: 9 }], {}, 1],
    ["no_underlying", [good], { underlyingPrice: 0 }, 1],
    ["negative_open_interest", [good, { ...good, right: -1, openInterest: -4 }], {}, 1],
    ["negative_volume", [{ ...good, volume: -1 }], {}, 1],
    ["crossed", [good, { ...good, right: -1, bid: 3, ask: 2.9 }], {}, 1],
    ["iv_not_computed", [{ ...good, iv: 0 }], {}, 1],
    [
      "iv_out_of_range",
      [
        { ...good, iv: 25 },
        { ...good, right: -1, iv: -0.1 },
      ],
      {},
      2,
    ],
  ] as const)("names %s", (reason, contracts, facts, count) => {
    expect(chainFaults(chainOf(contracts, facts))).toContainEqual({ reason, contracts: count });
  });
});

describe("iv_contradicts_price", () => {
  const smile = (strike: number, iv: number, price: number): TestContract => ({
    strike,
    right: strike < 100 ? -1 : 1,
    iv,
    bid: price * 0.99,
    ask: price * 1.01,
  });
  // By Black-Scholes-Merton, 30 days at 20 %: 0.7864 for the put at 96, 0.8581 for the call at 104, 0.1205 at 110.
  const contracts = [
    smile(96, 0.2, 0.7864),
    smile(104, 0.2, 0.8581),
    smile(110, 0.2, 0.1205),
    smile(111, 0.2, 0.0819),
    smile(112, 0.2, 0.0548),
  ];

  it("is a volatility that gives less than half or more than twice the price, and drops that contract alone", () => {
    const chain = chainOf([...contracts, { ...contracts[0]!, strike: 97, iv: 0.9 }]);
    expect(reasons(chainOf(contracts))).toEqual([]);
    expect(chainFaults(chain)).toEqual([{ reason: "iv_contradicts_price", contracts: 1 }]);
    expect([...sourceVolatilities(chain).iv]).toEqual([0.2, 0.2, 0.2, 0.2, 0.2, Number.NaN]);
    expect(chainRefusal(chain, ["spot"])).toBeNull();
  });

  it("does not read the last cents of far strikes, nor contracts without a price", () => {
    expect(reasons(chainOf([...contracts, smile(125, 0.35, 0.03), { strike: 90, right: -1, iv: 4 }]))).toEqual([]);
  });

  it("reads the last price of a contract that traded where there is no quote", () => {
    const traded = { strike: 104, right: 1, iv: 0.9, last: 0.77, volume: 3 } as const;
    expect(reasons(chainOf([traded]))).toEqual(["iv_contradicts_price"]);
    expect(reasons(chainOf([{ ...traded, volume: 0 }]))).toEqual([]);
  });

  it("takes the belief in all volatilities of a snapshot when more than a quarter contradict", () => {
    const chain = chainOf([...contracts, smile(97, 0.9, 0.95), smile(98, 0.9, 1.3)]);
    expect(sourceVolatilities(chain)).toMatchObject({ contradicted: 2, refused: true });
    expect(sourceVolatilities(chain).iv.every(Number.isNaN)).toBe(true);
  });
});

describe("chainRefusal", () => {
  it("refuses for what a measure reads, and only for that", () => {
    const noSpot = chainOf([good], { underlyingPrice: -1 });
    expect([chainRefusal(noSpot, ["spot"]), chainRefusal(noSpot, ["open_interest"])]).toEqual(["no_underlying", null]);
    const negative = chainOf([{ ...good, openInterest: -1 }]);
    expect([chainRefusal(negative, ["open_interest"]), chainRefusal(negative, ["spot", "volume"])]).toEqual([
      "negative_open_interest",
      null,
    ]);
    const sold = chainOf([{ ...good, volume: -1 }]);
    expect([chainRefusal(sold, ["volume"]), chainRefusal(sold, ["spot"])]).toEqual(["negative_volume", null]);
  });

  it("refuses what cannot be placed or holds nothing for every measure, and single bad contracts for none", () => {
    expect(chainRefusal(chainOf([{ ...good, expiry: Number.NaN }]), [])).toBe("no_expiry");
    expect(chainRefusal(chainOf(pair(100, { iv: 0 })), [])).toBe("junk");
    expect(chainRefusal(chainOf([good, { ...good, right: -1, bid: 3, ask: 1, iv: 0 }]), ["spot", "open_interest", "volume"])).toBeNull();
  });

  it("refuses an unknown price of the underlying where it is needed", () => {
    expect(chainRefusal(chainOf([good], { underlyingPrice: Number.NaN }), ["spot"])).toBe("no_underlying");
  });
});

describe("staleUnderlyings", () => {
  const snapshot = (sessionDate: number, hour: number, underlyingPrice: number): OptionChain =>
    chainOf([good], { sessionDate, underlyingPrice, knownAt: Date.UTC(2024, 6, sessionDate % 100, hour) });

  it("finds the third of three sessions that end with one price, and those after it", () => {
    const chains = [
      snapshot(20240701, 20, 100),
      snapshot(20240702, 20, 101),
      snapshot(20240703, 13, 101),
      snapshot(20240703, 20, 101),
      snapshot(20240705, 20, 101),
      snapshot(20240708, 20, 101),
      snapshot(20240709, 20, 102),
    ];
    expect(staleUnderlyings(chains)).toEqual([4, 5]);
    expect(staleUnderlyings(chains, 2)).toEqual([2, 3, 4, 5]);
    // Nothing that comes later changes what was said of a snapshot.
    for (let known = 0; known <= chains.length; known++)
      expect(staleUnderlyings(chains.slice(0, known))).toEqual([4, 5].filter((i) => i < known));
    expect(withoutStalePrices(chains).map((chain) => chain.underlyingPrice)).toEqual([100, 101, 101, 101, Number.NaN, Number.NaN, 102]);
    expect(withoutStalePrices(chains)[3]).toBe(chains[3]);
    expect(withoutStalePrices(chains.slice(0, 4))).toHaveLength(4);
  });

  it("goes past snapshots that know no price, and is silent once the price has moved", () => {
    const chains = [
      snapshot(20240701, 20, 101),
      snapshot(20240702, 13, Number.NaN),
      snapshot(20240702, 20, 101),
      snapshot(20240703, 13, 101),
      snapshot(20240703, 20, 102),
    ];
    expect(staleUnderlyings(chains)).toEqual([3]);
    expect(staleUnderlyings(chains.filter((_, i) => i !== 3))).toEqual([]);
  });
});

const AAPL = "data/options_chain_lean/AAPL_chain_daily_2014.csv.gz";

/** Chains by file date: each holds what was known before that day's open. */
function readChains(path: string): Map<number, OptionChain> {
  const [header, ...lines] = gunzipSync(readFileSync(sharedPath(path)))
    .toString("utf8")
    .trim()
    .split("\n");
  const names = header!.split(",");
  const rows = lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i]!, cell])));
  const number = (cell: string | undefined): number => (cell === undefined || cell === "" ? Number.NaN : Number(cell));
  const byDate = new Map<number, OptionChain>();
  for (const date of new Set(rows.map((row) => row["file_date"]!))) {
    const members = rows.filter((row) => row["file_date"] === date);
    const session = Number(date.replaceAll("-", ""));
    const contracts = members.map(
      (row) =>
        ({
          expiry: Number(row["expiry"]!.replaceAll("-", "")),
          strike: number(row["strike"]),
          right: row["right"] === "C" ? 1 : -1,
          last: number(row["close"]),
          volume: number(row["volume"]),
          openInterest: number(row["open_interest"]),
          iv: number(row["implied_volatility"]),
          gamma: number(row["gamma"]),
        }) as const,
    );
    const facts = { sessionDate: session, knownAt: NYSE.openOf(session), underlyingPrice: number(members[0]!["underlying_close"]) };
    byDate.set(session, chainOf(contracts, facts));
  }
  return byDate;
}

describeWithShared("AAPL's chains of June 2014", [AAPL], () => {
  const chains = readChains(AAPL);

  const found = (date: number): string[] => reasons(chains.get(date)!);

  it("have one snapshot of zeros, which every measure refuses", () => {
    expect([...chains.keys()].filter((date) => found(date).includes("junk"))).toEqual([20140606]);
    const junk = chains.get(20140606)!;
    expect([atmIv(junk, { days: 30, source: "auto" }), maxPain(junk, "front"), gexNaive(junk, "all")]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });

  it("repeat the price of the underlying from 06-10 to 06-13, which is known from the third time on", () => {
    expect(staleUnderlyings([...chains.values()]).map((i) => [...chains.keys()][i])).toEqual([20140612, 20140613]);
  });

  it("have volatilities from 60 to 330 % side by side, which are not believed: no volatility instead of 146 %", () => {
    for (const [date, chain] of chains) {
      if (date === 20140606) continue;
      expect(found(date)).toEqual(["iv_not_computed", "iv_contradicts_price"]);
      expect(sourceVolatilities(chain).refused).toBe(true);
      expect(atmIv(chain, { days: 30, source: "auto" })).toBeNaN();
    }
  });

  it("have open interest that can be used", () => {
    expect(totalOpenInterest(chains.get(20140602)!)).toBe(2_082_933);
    expect(maxPain(chains.get(20140602)!, "front")).toBe(625);
  });
});
