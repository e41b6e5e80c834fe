import { beforeEach, describe, expect, it } from "vitest";
import { createEnvSecrets } from "#lib/adapters/local/env-secrets.ts";
import { createLocalMarketData } from "#lib/adapters/local/market-data.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createNetworkProviders, type NetworkOptions } from "#lib/adapters/network/network-providers.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { newYorkWallToUtc, sessionDateOf } from "#lib/core/time.ts";
import { readNetworkSettings } from "#lib/market-data/network-settings.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import type { BarsRequest, ChainsRequest, MarketData, SessionRequest } from "#lib/ports/market-data.ts";
import { marketDataContract } from "../../../../contract/market-data.contract.ts";
import { SECRET, shownOf } from "../loopback.ts";
import { type FakeAlpaca, fakeAlpaca, KEY_ID } from "./fake-alpaca.ts";

const ny = (day: number, hour: number, minute = 0): number => newYorkWallToUtc(2024, 7, day, hour, minute);
const who = { owner: "local", provider: "alpaca", symbol: "SPY" };
const bars = (changes: Partial<BarsRequest> = {}): BarsRequest => ({
  ...who,
  cadence: "daily",
  window: { start: "2024-07-01", end: "2024-07-13" },
  ...changes,
});
const session: SessionRequest = { ...who, session: 20240709, expiry: 20240709 };

let now: number;
let vendor: FakeAlpaca;
let artifacts: ArtifactStore;
let data: MarketData;

function build(options: Partial<NetworkOptions> & { readonly feed?: string } = {}): MarketData {
  const network = createNetworkProviders({
    artifacts,
    secrets: createEnvSecrets({ values: { APCA_API_KEY_ID: KEY_ID, APCA_API_SECRET_KEY: SECRET } }),
    clock: { now: () => now },
    settings: readNetworkSettings({ ALPACA_REQUESTS_PER_MINUTE: "60000", ALPACA_FEED: options.feed, ALPACA_URL: vendor.server.url }),
    sleep: async () => {},
    random: () => 0,
    ...options,
  });
  return createLocalMarketData({ artifacts, sample: async () => new Uint8Array(), network });
}

beforeEach(async () => {
  now = ny(13, 12);
  vendor = await fakeAlpaca(() => now);
  artifacts = createMemoryArtifactStore();
  data = build();
});

describe("alpaca", () => {
  describe("keeps the port's promises", () => {
    marketDataContract(async () => {
      const all = (changes: Partial<BarsRequest>): BarsRequest => bars({ window: { start: "2024-07-01", end: null }, ...changes });
      return {
        data: build(),
        available: [all({}), all({ cadence: "hourly" }), all({ cadence: "1m" }), all({ symbol: "AAPL" })],
        private: null,
      };
    });
  });

  describe("bars", () => {
    it("asks for raw prices of all exchanges with both headers, and pages on", async () => {
      vendor.pageRows = 4;
      const { bars: found, facts } = await data.bars(bars());
      expect(Array.from(found.start, sessionDateOf)).toEqual(NYSE.sessionsBetween(20240701, 20240713));
      expect([found.open[0], found.high[0], found.low[0], found.close[0], found.volume[0]]).toEqual([501, 502, 500, 501.5, 1000]);
      expect(facts).toMatchObject({ provider: "alpaca", stamps: [] });
      const [first, second] = vendor.server.asked;
      expect(first).toMatchObject({
        path: "/v2/stocks/bars",
        query: {
          symbols: "SPY",
          timeframe: "1Day",
          adjustment: "raw",
          feed: "sip",
          sort: "asc",
          limit: "10000",
          start: "2024-07-01T04:00:00.000Z",
          end: "2024-07-13T03:59:59.000Z",
        },
        headers: { "apca-api-key-id": KEY_ID, "apca-api-secret-key": SECRET },
      });
      expect(second?.query["page_token"]).toBe("4");
    });

    it("reads splits, stock and cash dividends, and says that a spin-off's worth is missing", async () => {
      const { bars: found, facts } = await data.bars(bars({ symbol: "AAPL", window: { start: "2024-07-01", end: "2024-07-11" } }));
      // 7:1 on the 2nd; 2 dollars on the 3rd after 502.5; 1:2 on the 8th; 5 % in shares on the 9th.
      const paid = 502.5 / 500.5;
      const expected = [1, 7, 7 * paid, 7 * paid, 3.5 * paid, 3.5 * 1.05 * paid, 3.5 * 1.05 * paid];
      expect(found.length).toBe(expected.length);
      for (const [row, factor] of expected.entries()) expect(found.factor[row], `row ${row}`).toBeCloseTo(factor, 12);
      expect(facts.stamps).toEqual([]);
      expect((await data.bars(bars({ symbol: "AAPL" }))).facts.stamps).toEqual(["price_return_only"]);
    });

    it("builds hours from quarters and downloads nothing the second time", async () => {
      const first = await data.bars(bars({ cadence: "hourly" }));
      expect(vendor.server.asked[0]?.query["timeframe"]).toBe("15Min");
      expect([first.bars.start[0], first.bars.end[0], first.bars.volume[0]]).toEqual([ny(1, 9, 30), ny(1, 10), 2000]);
      vendor.server.asked.length = 0;
      expect(await data.bars(bars({ cadence: "hourly" }))).toEqual(first);
      expect(vendor.server.asked).toEqual([]);
    });

    it("keeps the prices of one exchange apart, and marks them", async () => {
      await data.bars(bars());
      const { bars: found, facts } = await build({ feed: "iex" }).bars(bars());
      expect([found.volume[0], facts.stamps]).toEqual([10, ["iex_only"]]);
      const folders = new Set((await artifacts.list("owners/local/data/")).keys.map((key) => key.split("/")[3]));
      expect(folders).toEqual(new Set(["alpaca-sip", "alpaca-iex"]));
      // Back again: the other feed's copies are still there.
      vendor.server.asked.length = 0;
      expect((await data.bars(bars())).bars.volume[0]).toBe(1000);
      expect(vendor.server.asked).toEqual([]);
    });

    it("of today end a quarter of an hour ago with the delayed feed, and now with the others", async () => {
      now = ny(9, 11);
      const today = bars({ cadence: "15m", window: { start: "2024-07-09", end: null } });
      // 09:30 to 10:45, and to 11:00.
      expect((await data.bars(today)).bars.length).toBe(5);
      vendor.basic = false;
      expect((await build({ feed: "sip" }).bars(today)).bars.length).toBe(6);
      expect((await build({ feed: "iex" }).bars(today)).bars.length).toBe(6);
    });

    it("of all exchanges in real time are refused with what to set when only today was asked for, and left out otherwise", async () => {
      now = ny(9, 11);
      const market = build({ feed: "sip" });
      const found = await market.bars(bars({ cadence: "15m", window: { start: "2024-07-08", end: null } }));
      expect(sessionDateOf(found.bars.start.at(-1)!)).toBe(20240708);
      await expect(market.bars(bars({ cadence: "15m", window: { start: "2024-07-09", end: null } }))).rejects.toMatchObject({
        code: "DATA_UNAVAILABLE",
      });
    });

    it("begin in 2016 when all there is is asked for", async () => {
      await data.bars(bars({ window: { start: null, end: "2024-07-13" } }));
      expect(vendor.server.asked[0]?.query["start"]).toBe("2016-01-04T05:00:00.000Z");
    });

    it("of an option come by the contract's symbol, without a feed of shares", async () => {
      const { bars: found } = await data.bars(
        bars({ symbol: "O:SPY240709C00545000", cadence: "1m", window: { start: "2024-07-09", end: "2024-07-10" } }),
      );
      expect(vendor.server.asked[0]).toMatchObject({ path: "/v1beta1/options/bars", query: { symbols: "SPY240709C00545000" } });
      expect(vendor.server.asked[0]?.query["feed"]).toBeUndefined();
      expect([Array.from(found.start), found.close[0]]).toEqual([[ny(9, 9, 30), ny(9, 9, 31)], 1.3]);
    });
  });

  describe("options", () => {
    const chains = (start: string, end: string | null): ChainsRequest => ({ ...who, cadence: "daily", window: { start, end } });

    it("hold the market of now, without open interest and adjusted contracts", async () => {
      now = ny(9, 11);
      const { snapshots, facts } = await data.optionChains(chains("2024-07-09", null));
      expect(facts.stamps).toEqual(["expiries_within_45_days", "no_open_interest"]);
      const [chain] = snapshots;
      expect(chain).toMatchObject({ sessionDate: 20240709, knownAt: now, length: 2 });
      expect([Array.from(chain!.right), Array.from(chain!.bid), Array.from(chain!.ask)]).toEqual([
        [-1, 1],
        [1.9, 1.4],
        [2, 1.6],
      ]);
      expect([Array.from(chain!.volume), Array.from(chain!.last), Array.from(chain!.iv)]).toEqual([
        [0, 40],
        [Number.NaN, 1.5],
        [Number.NaN, 0.21],
      ]);
      expect([chain!.delta[1], chain!.gamma[1], chain!.theta[1], chain!.vega[1], chain!.openInterest[1]]).toEqual([
        0.52,
        0.1,
        Number.NaN,
        Number.NaN,
        Number.NaN,
      ]);
      expect(vendor.server.asked[0]?.query).toMatchObject({ feed: "indicative", expiration_date_lte: "2024-08-23" });
    });

    it("of past sessions are refused, and the provider that has them is named", async () => {
      await expect(data.optionChains(chains("2024-07-01", "2024-07-06"))).rejects.toMatchObject({
        code: "DATA_UNAVAILABLE",
        message: expect.stringContaining('Providers that have option chains: "polygon"'),
      });
    });

    it("have minutes as long as their contracts are listed", async () => {
      now = ny(9, 17);
      const found = await data.optionBars(session);
      expect(found).toMatchObject({ length: 2, sessionDate: 20240709 });
      expect([found.start[0], found.strike[0], found.right[0], found.vwap[0]]).toEqual([ny(9, 9, 30), 545, 1, 1.26]);
      expect(vendor.server.asked.at(-1)?.query).toMatchObject({ symbols: "SPY240709P00545000,SPY240709C00545000", timeframe: "1Min" });
      now = ny(10, 12);
      // The copy stays when the contracts have expired.
      expect(await data.optionBars(session)).toEqual(found);
      await expect(data.optionBars({ ...session, session: 20240708, expiry: 20240708 })).rejects.toMatchObject({
        code: "DATA_UNAVAILABLE",
      });
      await expect(data.optionTape(session)).rejects.toMatchObject({
        message: expect.stringContaining('Providers that have option trades and quotes: "polygon"'),
      });
    });
  });

  it("has tapes of shares to the nanosecond, without what was canceled", async () => {
    const { trades, quotes } = await data.underlyingTape({ ...who, session: 20240709 });
    expect(trades.ts[0]! - ny(9, 9, 30)).toBeCloseTo(0.50025, 3);
    expect([Array.from(trades.price), Array.from(trades.size)]).toEqual([
      [545.5, 545.75],
      [100, 50],
    ]);
    expect([quotes.bid[0], quotes.ask[0], quotes.bidSize[0], quotes.askSize[0]]).toEqual([545.4, 545.6, 2, 3]);
  });

  it("refuses a page that names itself, and times and fields that are none", async () => {
    vendor.intercept = ({ path }) => (path.endsWith("/bars") ? { body: { bars: {}, next_page_token: "same" } } : undefined);
    await expect(data.bars(bars())).rejects.toMatchObject({ code: "DATA_INVALID", message: expect.stringContaining("the page itself") });
    vendor.intercept = ({ path }) =>
      path.endsWith("/bars") ? { body: { bars: { SPY: [{ t: "yesterday", o: 1, h: 1, l: 1, c: 1 }] } } } : undefined;
    const error = await data.bars(bars()).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "DATA_INVALID", fieldErrors: [{ path: "bars.SPY.0.t" }, { path: "bars.SPY.0.v" }] });
  });

  it("never shows a key, and names the secrets that are missing", async () => {
    const wrong = build({ secrets: createEnvSecrets({ values: { APCA_API_KEY_ID: `${KEY_ID}X`, APCA_API_SECRET_KEY: SECRET } }) });
    const error = await wrong.bars(bars()).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "DATA_UNAVAILABLE", facts: { reason: "entitlement", status: 403 } });
    expect((error as Error).message).toContain('the key in "APCA_API_KEY_ID" and "APCA_API_SECRET_KEY"');
    expect(shownOf(error)).not.toContain(SECRET);
    expect(shownOf(error)).not.toContain(KEY_ID);
    const none = build({ secrets: createEnvSecrets({ values: {} }) });
    await expect(none.bars(bars())).rejects.toMatchObject({ code: "CONFIG_INVALID" });
    const offerOf = async (market: MarketData) => (await market.offers("local")).find(({ provider }) => provider === "alpaca");
    expect((await offerOf(none))?.needs).toBe("the secrets APCA_API_KEY_ID and APCA_API_SECRET_KEY");
    expect(await offerOf(data)).toMatchObject({ needs: null, symbols: null });
  });

  it("refuses indices, of which it has none", async () => {
    for (const symbol of ["I:VIX", "^VIX"]) await expect(data.bars(bars({ symbol }))).rejects.toMatchObject({ code: "DATA_UNAVAILABLE" });
    expect(vendor.server.asked).toEqual([]);
  });
});
