import { describe, expect, it } from "vitest";
import { createEnvSecrets } from "#lib/adapters/local/env-secrets.ts";
import { createLocalMarketData } from "#lib/adapters/local/market-data.ts";
import { createSystemClock } from "#lib/adapters/local/system-clock.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createNetworkProviders } from "#lib/adapters/network/network-providers.ts";
import type { Cadence } from "#lib/core/bars.ts";
import { dateOfDayNumber, dayNumberOf, formatDate, sessionDateOf } from "#lib/core/time.ts";
import { checkBars } from "#lib/market-data/bar-checks.ts";
import { readNetworkSettings } from "#lib/market-data/network-settings.ts";

/** A suite against a vendor itself; where it is not wanted, or has no key, it is skipped, and its title says so. */
function describeLive(provider: string, secrets: readonly string[], suite: () => void): void {
  const wanted = process.env["SIGMA_LIVE_TESTS"] === "1";
  const missing = secrets.filter((name) => !process.env[name]);
  if (wanted && missing.length === 0) describe(`${provider} itself`, suite);
  else describe.skip(`${provider} itself (SKIPPED: ${wanted ? `${missing.join(" and ")} not set` : "SIGMA_LIVE_TESTS is not 1"})`, suite);
}

function suiteOf(provider: string): void {
  const clock = createSystemClock();
  const artifacts = createMemoryArtifactStore();
  const network = createNetworkProviders({
    artifacts,
    secrets: createEnvSecrets({ values: process.env }),
    clock,
    settings: readNetworkSettings(process.env),
  });
  const data = createLocalMarketData({ artifacts, sample: async () => new Uint8Array(), network });
  const day = (ago: number): string => formatDate(dateOfDayNumber(dayNumberOf(sessionDateOf(clock.now())) - ago));

  it.each<Cadence>(["daily", "hourly", "1m"])(
    "gives sound %s bars of the last weeks, and the same again from the cache",
    async (cadence) => {
      const request = { owner: "local", provider, symbol: "SPY", cadence, window: { start: day(30), end: day(10) } };
      const first = await data.bars(request);
      expect(() => checkBars(first.bars)).not.toThrow();
      expect(first.bars.length).toBeGreaterThan(10);
      const sent = globalThis.fetch;
      globalThis.fetch = () => Promise.reject(new Error("The cache was to answer."));
      try {
        expect(await data.bars(request)).toEqual(first);
      } finally {
        globalThis.fetch = sent;
      }
    },
    300_000,
  );
}

describeLive("polygon", ["POLYGON_API_KEY"], () => suiteOf("polygon"));
describeLive("alpaca", ["APCA_API_KEY_ID", "APCA_API_SECRET_KEY"], () => suiteOf("alpaca"));
