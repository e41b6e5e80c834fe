import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import type { OptionChain } from "#lib/core/option-data.ts";
import { newYorkWallToUtc } from "#lib/core/time.ts";
import { atmIv, impliedMove, riskReversal25 } from "#lib/options/chain/iv-measures.ts";
import { chainSmiles } from "#lib/options/chain/smile.ts";
import { atmVolatility } from "#lib/options/chain/smile-points.ts";
import { describeWithShared, sharedPath } from "../../../support/shared-data.ts";
import { chainOf } from "./build-chain.ts";

const QUOTES = "data/options_intraday_lean/AAPL_2014_1h_quote.csv.gz";

/** The quotes that stood at the end of an hourly bar. */
function readQuotes(barStart: string, facts: Pick<OptionChain, "knownAt" | "sessionDate" | "underlyingPrice">): OptionChain {
  const lines = gunzipSync(readFileSync(sharedPath(QUOTES)))
    .toString("utf8")
    .trim()
    .split("\n");
  const names = lines[0]!.split(",");
  const cell = (row: readonly string[], name: string): string => row[names.indexOf(name)]!;
  const contracts = lines
    .map((line) => line.split(","))
    .filter((row) => row[0] === barStart)
    .map((row) => ({
      expiry: Number(cell(row, "expiry").replaceAll("-", "")),
      strike: Number(cell(row, "strike")),
      right: cell(row, "right") === "C" ? (1 as const) : (-1 as const),
      bid: Number(cell(row, "bid_close") || "NaN"),
      ask: Number(cell(row, "ask_close") || "NaN"),
    }));
  return chainOf(contracts, facts);
}

describeWithShared("AAPL's quotes at noon of 2014-06-06", [QUOTES], () => {
  // The hourly bar that ends then closed at 649.69.
  const chain = readQuotes("2014-06-06T11:00", {
    knownAt: newYorkWallToUtc(2014, 6, 6, 12, 0),
    sessionDate: 20140606,
    underlyingPrice: 649.69,
  });

  const { used, smiles } = chainSmiles(chain, "auto");
  const volatilities = smiles.map(atmVolatility);

  it("give a forward near the spot for every expiry, falling by dividends", () => {
    expect(used).toBe("quotes");
    expect(smiles.length).toBe(13);
    for (const { forward, slice } of smiles) expect(Math.abs(forward / 649.69 - 1)).toBeLessThan(0.0005 + 0.02 * slice.years);
    expect(smiles[0]!.forward).toBeCloseTo(649.69, 1);
    expect(smiles.at(-1)!.forward).toBeLessThan(640);
  });

  it("give a volatility at the money for every expiry, with the bump of the earnings on 2014-07-22", () => {
    for (const volatility of volatilities) expect(volatility > 0.22 && volatility < 0.34).toBe(true);
    const at = (expiry: number): number => volatilities[smiles.findIndex(({ slice }) => slice.expiry === expiry)]!;
    expect(at(20140725)).toBeGreaterThan(at(20140719) + 0.03);
    expect(atmIv(chain, { days: 30, source: "auto" })).toBeCloseTo(0.226, 3);
  });

  it("imply the move that the straddle at 650 costs: 1.69 + 2.01 dollars for four hours", () => {
    expect(impliedMove(chain, { days: 0, source: "auto" })).toBeCloseTo(3.7 / 649.68, 4);
  });

  it("have wings that a share's smile has: within three points of each other at 25 delta", () => {
    for (const days of [7, 14, 30, 60, 90, 180]) expect(Math.abs(riskReversal25(chain, { days, source: "auto" }))).toBeLessThan(0.03);
  });

  it("leave volatilities that are smooth from strike to strike", () => {
    const { slice, iv, forward } = smiles.find((smile) => smile.slice.expiry === 20140719)!;
    const near = [...slice.strikes.keys()].filter((k) => Math.abs(slice.strikes[k]! / forward - 1) < 0.1);
    expect(near.length).toBeGreaterThan(20);
    for (const k of near.slice(1)) expect(Math.abs(iv[k]! - iv[k - 1]!)).toBeLessThan(0.01);
  });
});
