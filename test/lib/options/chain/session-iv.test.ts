import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import { sessionIvs } from "#lib/options/chain/session-iv.ts";
import { SESSION_IV_VERSION } from "#lib/options/chain/session-iv-version.ts";
import { chainOf, pair, type TestContract } from "./build-chain.ts";

const TENOR = { days: 0, source: "auto" } as const;
const [MON, TUE, WED, THU] = [20240708, 20240709, 20240710, 20240711];
const flat = (iv: number): TestContract[] => [95, 105].flatMap((strike) => pair(strike, { expiry: 20240816, iv }));
const at = (sessionDate: number, iv: number, minutes = 0, underlyingPrice = sessionDate % 100): OptionChain =>
  chainOf(flat(iv), { sessionDate, knownAt: NYSE.closeOf(sessionDate) + minutes * 60_000, underlyingPrice: 90 + underlyingPrice });
const valuesOf = (chains: readonly OptionChain[], sessions: readonly number[]) =>
  sessionIvs(chains, sessions, TENOR).map(({ session, value }) => [session, Number(value.toFixed(12))]);

describe("sessionIvs", () => {
  it("is the volatility of the session's last snapshot that carries a market", () => {
    const openInterest = chainOf([{ strike: 100, right: 1, openInterest: 5 }], { sessionDate: TUE, knownAt: NYSE.closeOf(TUE) + 60_000 });
    const chains = [at(MON, 0.2, -60), at(MON, 0.21), at(TUE, 0.22), openInterest, at(THU, 0.24)];
    expect(valuesOf(chains, [MON, TUE, WED, THU])).toEqual([
      [MON, 0.21],
      [TUE, 0.22],
      [THU, 0.24],
    ]);
  });

  it("is unknown where the underlying repeats its price session after session, as the two sessions before say", () => {
    const still = [at(MON, 0.2, 0, 10), at(TUE, 0.2, 0, 10), at(WED, 0.2, 0, 10), at(THU, 0.2, 0, 11)];
    expect(valuesOf(still, [WED])).toEqual([[WED, Number.NaN]]);
    expect(valuesOf(still, [TUE, THU])).toEqual([
      [TUE, 0.2],
      [THU, 0.2],
    ]);
    // A session alone cannot know it.
    expect(valuesOf(still.slice(2, 3), [WED])).toEqual([[WED, 0.2]]);
  });

  it("depends on the session's own snapshots and those of the two sessions before, on nothing else that is at hand", () => {
    const chains = [MON, TUE, WED, THU].map((session, k) => at(session, 0.2 + k / 100, 0, 10));
    for (const session of [WED, THU]) {
      const [alone] = sessionIvs(
        chains.filter((chain) => chain.sessionDate <= session && NYSE.addSessions(session, -2) <= chain.sessionDate),
        [session],
        TENOR,
      );
      expect(alone).toEqual(sessionIvs(chains, [MON, TUE, WED, THU], TENOR).find((one) => one.session === session));
    }
  });

  it("passes over a snapshot of which nobody knows when it was known", () => {
    const unknown = { ...at(MON, 0.5), knownAt: Number.NaN };
    expect(valuesOf([at(MON, 0.2), unknown], [MON])).toEqual([[MON, 0.2]]);
  });

  it("has the version that these digits were recorded with: other digits need another version", () => {
    const smile = [
      [90, 0.31, 20240719],
      [100, 0.25, 20240719],
      [112, 0.22, 20240719],
      [90, 0.29, 20240920],
      [100, 0.24, 20240920],
      [112, 0.23, 20240920],
    ].flatMap(([strike, iv, expiry]) => pair(strike!, { iv: iv!, expiry: expiry! }));
    const chain = chainOf(smile, { sessionDate: MON, knownAt: NYSE.closeOf(MON), underlyingPrice: 101.3 });
    const quoted = chainOf(
      [
        { strike: 95, right: -1, expiry: 20240816, bid: 1.1, ask: 1.2 },
        { strike: 100, right: 1, expiry: 20240816, bid: 4.4, ask: 4.6 },
        { strike: 100, right: -1, expiry: 20240816, bid: 2.9, ask: 3 },
        { strike: 105, right: 1, expiry: 20240816, bid: 2, ask: 2.1 },
      ],
      { sessionDate: TUE, knownAt: NYSE.closeOf(TUE), underlyingPrice: 101.4 },
    );
    const digits = [
      ...sessionIvs([chain], [MON], { days: 30, source: "auto" }),
      ...sessionIvs([chain], [MON], TENOR),
      ...sessionIvs([quoted], [TUE], { days: 0, source: "quotes" }),
    ].map(({ value }) => Number(value.toPrecision(12)));
    expect({ version: SESSION_IV_VERSION, digits }).toEqual({ version: 1, digits: [0.240946922021, 0.24675, 0.277293341483] });
  });
});
