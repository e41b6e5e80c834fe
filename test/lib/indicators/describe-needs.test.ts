import { describe, expect, it } from "vitest";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { describeNeeds } from "#lib/indicators/describe-needs.ts";

const needsOf = (name: string): string => {
  const definition = INDICATORS.get(name)!;
  return describeNeeds(definition.needs!(definition.params.parse({})));
};

describe("describeNeeds", () => {
  it.each([
    ["max_pain", "daily option chains, from 1 session before the first bar"],
    ["iv_rank_52w", "daily option chains, from 253 sessions before the first bar"],
    ["gex_signed", "intraday option chains, same-day option flow"],
    ["vix_term_slope", "daily closes of VIX and VIX3M, from 1 session before the first bar"],
    ["relative_strength", "bars of SPY"],
    ["vpin", "trades and quotes"],
    ["market_breadth", "a universe"],
  ])("says of %s: %s", (name, words) => {
    expect(needsOf(name)).toBe(words);
  });

  it("has words for whatever any indicator needs", () => {
    for (const { name, needs } of INDICATORS.values()) if (needs) expect(needsOf(name)).not.toBe("");
  });
});
