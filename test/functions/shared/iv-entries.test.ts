import { expect, it } from "vitest";
import { ivEntries } from "#functions/shared/iv-entries.ts";
import { createLocalMarketData } from "#lib/adapters/local/market-data.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { NYSE } from "#lib/core/calendar.ts";
import type { Sha256 } from "#lib/core/digest.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import { chainParts } from "#lib/market-data/options/chain-table.ts";
import { importParts } from "#lib/market-data/parts/import-parts.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { ChainsRequest, MarketData } from "#lib/ports/market-data.ts";
import { chainOf, pair } from "../../lib/options/chain/build-chain.ts";

const NOW = Date.UTC(2026, 0, 2, 21);
const TENOR = { days: 0, source: "auto" } as const;
const LAST = 20240712;

/** A chain of each session from mid June to the end of July, at a flat volatility. */
const chainsAt = (ivOf: (session: number) => number): OptionChain[] =>
  NYSE.sessionsBetween(20240617, 20240801).map((session) => {
    const expiry = NYSE.addSessions(session, 15);
    const contracts = [95, 105].flatMap((strike) => pair(strike, { expiry, iv: ivOf(session) }));
    return chainOf(contracts, {
      sessionDate: session,
      knownAt: NYSE.closeOf(session),
      underlyingPrice: 100 + (NYSE.sessionIndex(session) % 2),
    });
  });

const bring = (artifacts: ArtifactStore, chains: readonly OptionChain[]) =>
  importParts(artifacts, {
    owner: "local",
    kind: "option_chains",
    symbol: "SPY",
    cadence: null,
    parts: chainParts(chains),
    stamps: [],
    notes: [],
    source: { name: "test", sha256: "0".repeat(64) as Sha256, files: 1 },
  });

function createPlace() {
  const artifacts = createMemoryArtifactStore();
  const provider = createLocalMarketData({ artifacts, sample: () => Promise.reject(new Error("no sample is read here")) });
  const asked: string[] = [];
  const marketData: MarketData = {
    ...provider,
    optionChains: (request: ChainsRequest) => {
      asked.push(`${request.window.start} to ${request.window.end}`);
      return provider.optionChains(request);
    },
  };
  return {
    artifacts,
    asked,
    async values(): Promise<Record<number, number | null>> {
      const request = { owner: "local", provider: "files", symbol: "SPY" };
      const wanted = { needs: [{ tenor: TENOR, sessions: 15 }], first: LAST, last: LAST, now: NOW, inHand: null };
      const [found] = await ivEntries({ artifacts, marketData }, request, wanted);
      return Object.fromEntries(found!.entries.map(({ session, value }) => [session, value === null ? null : Number(value.toFixed(12))]));
    },
  };
}

it("reads imported chains once, and only those anew whose part was imported with other numbers", async () => {
  const place = createPlace();
  await bring(
    place.artifacts,
    chainsAt(() => 0.2),
  );
  const first = await place.values();
  expect(Object.keys(first)).toHaveLength(16);
  expect(new Set(Object.values(first))).toEqual(new Set([0.2]));
  expect(place.asked.splice(0)).toHaveLength(1);
  expect(await place.values()).toEqual(first);
  expect(place.asked).toEqual([]);

  // July's part is another one now; June's is the same.
  await bring(
    place.artifacts,
    chainsAt((session) => (session >= 20240708 ? 0.3 : 0.2)),
  );
  const second = await place.values();
  expect(Object.entries(second).filter(([session, value]) => value !== (Number(session) >= 20240708 ? 0.3 : 0.2))).toEqual([]);
  // Two sessions before July's first say whether its price is stale.
  expect(place.asked.splice(0)).toEqual(["2024-06-27 to 2024-07-15"]);
  expect(await place.values()).toEqual(second);
  expect(place.asked).toEqual([]);
});

it("asks for no session that no import covers", async () => {
  const place = createPlace();
  await bring(
    place.artifacts,
    chainsAt(() => 0.2).filter(({ sessionDate }) => sessionDate >= 20240710),
  );
  expect(Object.keys(await place.values())).toEqual(["20240710", "20240711", "20240712"]);
});
