import { beforeEach, describe, expect, it } from "vitest";
import { createEnvSecrets } from "#lib/adapters/local/env-secrets.ts";
import { createLocalMarketData } from "#lib/adapters/local/market-data.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createNetworkProviders, type NetworkOptions } from "#lib/adapters/network/network-providers.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { TRADE_KINDS } from "#lib/core/option-data.ts";
import { newYorkWallToUtc, sessionDateOf } from "#lib/core/time.ts";
import { readNetworkSettings } from "#lib/market-data/network-settings.ts";
import type { BarsRequest, ChainsRequest, MarketData, SessionRequest } from "#lib/ports/market-data.ts";
import { marketDataContract } from "../../../../contract/market-data.contract.ts";
import { SECRET, shownOf } from "../loopback.ts";
import { type FakePolygon, fakePolygon } from "./fake-polygon.ts";

const ny = (day: number, hour: number, minute = 0): number => newYorkWallToUtc(2024, 7, day, hour, minute);
const who = { owner: "local", provider: "polygon", symbol: "SPY" };
const bars = (changes: Partial<BarsRequest> = {}): BarsRequest => ({
  ...who,
  cadence: "daily",
  window: { start: "2024-07-01", end: "2024-07-13" },
  ...changes,
});
const chains = (start: string, end: string | null, symbol = "SPY"): ChainsRequest => ({
  ...who,
  symbol,
  cadence: "daily",
  window: { start, end },
});
const session: SessionRequest = { ...who, session: 20240701, expiry: 20240701 };

let now: number;
let vendor: FakePolygon;
let data: MarketData;
/** What was asked since the last call, as paths. */
const asked = (): string[] => vendor.server.asked.splice(0).map(({ path }) => decodeURIComponent(path));

function build(options: Partial<NetworkOptions> = {}): MarketData {
  const artifacts = createMemoryArtifactStore();
  const network = createNetworkProviders({
    artifacts,
    secrets: createEnvSecrets({ values: { POLYGON_API_KEY: SECRET } }),
    clock: { now: () => now },
    settings: readNetworkSettings({ POLYGON_REQUESTS_PER_MINUTE: "60000", POLYGON_URL: vendor.server.url }),
    sleep: async () => {},
    random: () => 0,
    ...options,
  });
  return createLocalMarketData({ artifacts, sample: async () => new Uint8Array(), network });
}

beforeEach(async () => {
  // A Saturday.
  now = ny(13, 12);
  vendor = await fakePolygon(() => now);
  data = build();
});

describe("polygon", () => {
  describe("keeps the port's promises", () => {
    marketDataContract(async () => {
      const all = (changes: Partial<BarsRequest>): BarsRequest => bars({ window: { start: "2024-07-01", end: null }, ...changes });
      return {
        data: build(),
        available: [all({}), all({ cadence: "hourly" }), all({ cadence: "1m" }), all({ symbol: "AAPL" }), all({ symbol: "I:VIX" })],
        private: null,
      };
    });
  });

  describe("bars", () => {
    it("asks for raw prices in ascending order with the key in its header, and pages on", async () => {
      vendor.pageRows = 3;
      const { bars: found, facts } = await data.bars(bars());
      expect(Array.from(found.start, sessionDateOf)).toEqual(NYSE.sessionsBetween(20240701, 20240713));
      expect([found.open[0], found.high[0], found.low[0], found.close[0], found.volume[0]]).toEqual([501, 502, 500, 501.5, 1000]);
      expect(facts).toMatchObject({ provider: "polygon", stamps: [] });
      const [first, second] = vendor.server.asked;
      expect(first).toMatchObject({
        path: "/v2/aggs/ticker/SPY/range/1/day/2024-07-01/2024-07-12",
        query: { adjusted: "false", sort: "asc", limit: "50000" },
      });
      expect(second?.query["cursor"]).toBe("3");
      for (const { headers, query } of vendor.server.asked) {
        expect(headers.authorization).toBe(`Bearer ${SECRET}`);
        expect(JSON.stringify(query)).not.toContain(SECRET);
      }
    });

    it("downloads nothing the second time", async () => {
      const first = await data.bars(bars());
      asked();
      expect(await data.bars(bars())).toEqual(first);
      expect(asked()).toEqual([]);
    });

    it("computes the factor from splits and dividends, and says that a payment in another currency is missing", async () => {
      const { bars: found, facts } = await data.bars(bars({ symbol: "AAPL", window: { start: "2024-07-01", end: "2024-07-06" } }));
      // 7:1 on the 2nd; 2 dollars on the 3rd after a close of 502.5.
      expect(Array.from(found.factor)).toEqual([1, 7, 7 * (502.5 / 500.5), 7 * (502.5 / 500.5)]);
      expect(facts.stamps).toEqual([]);
      expect((await data.bars(bars({ symbol: "AAPL" }))).facts.stamps).toEqual(["price_return_only"]);
    });

    it("asks the older endpoints for actions where the present ones are not there", async () => {
      vendor.intercept = ({ path, query }) => {
        if (path.startsWith("/stocks/v1/")) return { status: 404, body: { status: "NOT_FOUND" } };
        if (path === "/v3/reference/splits")
          return {
            body: { status: "OK", results: [{ execution_date: "2024-07-02", split_from: 1, split_to: 7, ticker: query["ticker"] }] },
          };
        if (path === "/v3/reference/dividends")
          return {
            body: {
              status: "OK",
              results: [
                {
                  cash_amount: 2,
                  declaration_date: "2024-06-01",
                  dividend_type: "CD",
                  ex_dividend_date: "2024-07-03",
                  frequency: 4,
                  ticker: query["ticker"],
                },
              ],
            },
          };
        return undefined;
      };
      const { bars: found } = await data.bars(bars({ symbol: "AAPL", window: { start: "2024-07-01", end: "2024-07-04" } }));
      expect(Array.from(found.factor)).toEqual([1, 7, 7 * (502.5 / 500.5)]);
    });

    it("marks a series whose dividends the plan does not include, and refuses one whose splits it does not", async () => {
      vendor.withheld.push("/stocks/v1/dividends");
      expect((await data.bars(bars({ symbol: "AAPL" }))).facts.stamps).toEqual(["price_return_only"]);
      vendor.withheld.push("/stocks/v1/splits");
      await expect(build().bars(bars({ symbol: "AAPL" }))).rejects.toMatchObject({
        code: "DATA_UNAVAILABLE",
        facts: { endpoint: "/stocks/v1/splits", reason: "entitlement" },
      });
    });

    it("builds hours that begin at 09:30 from quarters of an hour", async () => {
      const { bars: found } = await data.bars(bars({ cadence: "hourly", window: { start: "2024-07-02", end: "2024-07-04" } }));
      expect(asked()[0]).toBe("/v2/aggs/ticker/SPY/range/15/minute/2024-07-01/2024-07-03");
      // Seven hours, and four on the half day.
      expect(found.length).toBe(11);
      expect([found.start[0], found.end[0]]).toEqual([ny(2, 9, 30), ny(2, 10, 0)]);
      // The two quarters from 09:30: the vendor's third and fourth rows of the day.
      expect(found.volume[0]).toBe(1002 + 1003);
      expect(found.end[10]).toBe(ny(3, 13, 0));
    });

    it("asks for no more than two months of minutes at once, so that no answer is cut", async () => {
      vendor.pageRows = 50_000;
      await data.bars(bars({ cadence: "1m", window: { start: "2024-03-01", end: "2024-07-13" } }));
      expect(asked().filter((path) => path.includes("/minute/"))).toEqual([
        "/v2/aggs/ticker/SPY/range/1/minute/2024-03-01/2024-04-30",
        "/v2/aggs/ticker/SPY/range/1/minute/2024-05-01/2024-06-28",
        "/v2/aggs/ticker/SPY/range/1/minute/2024-07-01/2024-07-12",
      ]);
    });

    it("of an index have no volume and no actions, cannot be traded, and say when the day's level was published", async () => {
      for (const symbol of ["VIX", "I:VIX", "^VIX"]) {
        const { bars: found, facts } = await data.bars(bars({ symbol }));
        expect(found).toMatchObject({ symbol, length: 9 });
        expect(Number.isNaN(found.volume[0])).toBe(true);
        expect(found.availableAt?.[0]).toBe(ny(1, 16, 15));
        expect(facts.stamps).toEqual(["not_tradable", "price_return_only"]);
      }
      expect(new Set(asked())).toEqual(new Set(["/v2/aggs/ticker/I:VIX/range/1/day/2024-07-01/2024-07-12"]));
    });

    it("of an option come by the contract's symbol", async () => {
      const { bars: found, facts } = await data.bars(
        bars({ symbol: "O:SPY240701C00545000", window: { start: "2024-07-01", end: "2024-07-02" } }),
      );
      expect([found.length, found.close[0], facts.stamps]).toEqual([1, 1.5, []]);
    });

    it("of today wait for what a delayed plan gives late", async () => {
      now = ny(9, 16, 10);
      vendor.delayed = true;
      const today = bars({ window: { start: "2024-07-08", end: null } });
      expect(Array.from((await data.bars(today)).bars.start, sessionDateOf)).toEqual([20240708]);
      now = ny(9, 16, 15);
      expect(Array.from((await data.bars(today)).bars.start, sessionDateOf)).toEqual([20240708, 20240709]);
    });

    it("of today are left out by a plan that ends with yesterday", async () => {
      now = ny(9, 17);
      vendor.withheld.push("/v2/aggs/ticker/SPY/range/1/day/2024-07-09");
      const found = await data.bars(bars({ window: { start: "2024-07-08", end: null } }));
      expect(Array.from(found.bars.start, sessionDateOf)).toEqual([20240708]);
    });
  });

  describe("asked for all there is", () => {
    const all = bars({ window: { start: null, end: "2024-07-13" } });

    it("finds the reach of the plan by asking, once", async () => {
      // Two years, one month after the boundary.
      vendor.firstIncluded = 20220713;
      const { bars: found } = await data.bars(all);
      expect(sessionDateOf(found.start[0]!)).toBe(20240624);
      expect(
        asked()
          .filter((path) => path.includes("/range/"))
          .map((path) => path.split("/").at(-2)),
      ).toEqual(["2003-09-10", "2014-08-01", "2019-08-01", "2022-08-01", "2022-08-01"]);
      await data.bars(all);
      expect(asked()).toEqual([]);
    });

    it("is refused when no plan's reach is included", async () => {
      vendor.withheld.push("/v2/aggs/");
      await expect(data.bars(all)).rejects.toMatchObject({ code: "DATA_UNAVAILABLE", facts: { reason: "entitlement" } });
    });
  });

  describe("option chains", () => {
    it("of the session under way hold the market of now and the open interest of the morning", async () => {
      now = ny(9, 11);
      const { snapshots, facts } = await data.optionChains(chains("2024-07-09", null));
      expect(facts.stamps).toEqual(["expiries_within_45_days"]);
      const [chain] = snapshots;
      expect(chain).toMatchObject({ sessionDate: 20240709, knownAt: ny(9, 11), underlyingPrice: 544.25, length: 4 });
      // By strike, puts first; what delivers other than 100 shares is left out.
      expect(Array.from(chain!.strike)).toEqual([544, 544, 545, 545]);
      expect(Array.from(chain!.right)).toEqual([-1, 1, -1, 1]);
      expect(Array.from(chain!.openInterest)).toEqual([8136, 8135, 8134, 8133]);
      expect(Array.from(chain!.iv)).toEqual([Number.NaN, Number.NaN, Number.NaN, 0.357]);
      expect([chain!.delta[3], chain!.gamma[3], chain!.theta[3], chain!.vega[3]]).toEqual([0.64, 0.006, -0.028, 0.638]);
      expect([chain!.bid[0], chain!.ask[0]]).toEqual([1.9, 2]);
      // The put at 545 last traded on an earlier day.
      expect(Array.from(chain!.volume)).toEqual([43, 42, 0, 40]);
      expect(vendor.server.asked[0]?.query).toMatchObject({
        "expiration_date.gte": "2024-07-09",
        "expiration_date.lte": "2024-08-23",
        limit: "250",
      });
    });

    it("of past sessions are rebuilt from what was listed and traded, and say so", async () => {
      const { snapshots, facts } = await data.optionChains(chains("2024-07-01", "2024-07-03"));
      expect(facts.stamps).toEqual(["chain_rebuilt_from_trades", "expiries_within_45_days"]);
      expect(snapshots.map(({ sessionDate, knownAt, length }) => ({ sessionDate, knownAt, length }))).toEqual([
        { sessionDate: 20240701, knownAt: ny(1, 16), length: 8 },
        { sessionDate: 20240702, knownAt: ny(2, 16), length: 8 },
      ]);
      const [first, second] = snapshots;
      expect(first?.underlyingPrice).toBe(501.5);
      expect(Array.from(first!.expiry)).toEqual([20240701, 20240701, 20240701, 20240701, 20240719, 20240719, 20240719, 20240719]);
      expect(Array.from(first!.volume)).toEqual([0, 120, 0, 120, 0, 120, 0, 120]);
      expect(Array.from(first!.last.subarray(0, 2))).toEqual([Number.NaN, 1.5]);
      expect(Array.from(second!.volume)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
      for (const column of ["bid", "ask", "iv", "openInterest", "delta", "gamma", "theta", "vega"] as const)
        expect(first![column].every(Number.isNaN), column).toBe(true);
      expect(vendor.server.asked.filter(({ path }) => path.endsWith("/contracts")).map(({ query }) => query["as_of"])).toEqual([
        "2024-07-01",
        "2024-07-02",
      ]);
    });

    it("of an index hold one contract where two roots are listed: the one that trades to the close", async () => {
      now = ny(9, 11);
      const { snapshots } = await data.optionChains(chains("2024-07-09", null, "SPX"));
      expect(asked()[0]).toBe("/v3/snapshot/options/I:SPX");
      expect(Array.from(snapshots[0]!.right)).toEqual([-1, 1]);
      // The second row is the SPXW call: its quote was listed second.
      expect(Array.from(snapshots[0]!.openInterest)).toEqual([8135, 8134]);
    });
  });

  describe("option bars", () => {
    it("are the session's minutes of all contracts of the expiry, by time, strike and right", async () => {
      const found = await data.optionBars(session);
      expect(found).toMatchObject({ underlying: "SPY", sessionDate: 20240701, expiry: 20240701, length: 6 });
      expect(Array.from(found.start)).toEqual([0, 0, 1, 1, 389, 389].map((minute) => ny(1, 9, 30) + minute * 60_000));
      expect(Array.from(found.strike)).toEqual([544, 545, 544, 545, 544, 545]);
      expect([found.right[0], found.open[0], found.high[0], found.low[0], found.close[0], found.vwap[0], found.volume[0]]).toEqual([
        1, 1.2, 1.4, 1.1, 1.3, 1.26, 5,
      ]);
      expect(asked()).toHaveLength(5);
      expect(await data.optionBars(session)).toEqual(found);
      expect(asked()).toEqual([]);
    });

    it("of the session under way end with the last finished minute", async () => {
      now = ny(1, 9, 31) + 30_000;
      expect((await data.optionBars(session)).length).toBe(2);
      expect(
        (await data.optionBars({ ...session, session: 20240703, expiry: 20240703 }).catch((error: Error) => error)) instanceof Error,
      ).toBe(true);
    });
  });

  describe("tapes", () => {
    it("of options hold trades and quotes of all contracts in the order of time, without what was canceled", async () => {
      const { trades, quotes, strike, right } = await data.optionTape(session);
      expect([Array.from(strike), Array.from(right)]).toEqual([
        [544, 544, 545, 545],
        [-1, 1, -1, 1],
      ]);
      const open = ny(1, 9, 30);
      expect(Array.from(trades.ts.subarray(0, 3))).toEqual([open + 1000.5, open + 1001.5, open + 1001.5]);
      expect(Array.from(trades.contract)).toEqual([1, 1, 3, 3, 1, 1, 3, 3, 1, 3]);
      const kinds = Array.from(trades.contract.keys())
        .filter((i) => trades.contract[i] === 1)
        .map((i) => TRADE_KINDS[trades.kind[i]!]);
      expect(kinds).toEqual(["regular", "complex", "cross", "late", "regular"]);
      expect(trades.trueSide).toBeNull();
      expect(Array.from(quotes.contract)).toEqual([1, 3, 1, 3]);
      expect(quotes.ts[0]! - open).toBeCloseTo(0.00025, 3);
      expect(Array.from(quotes.bid)).toEqual([1.1, 1.1, Number.NaN, Number.NaN]);
      expect(Array.from(quotes.askSize)).toEqual([4, 4, 5, 5]);
    });

    it("of a share cover the session's regular hours, in nanoseconds written out", async () => {
      vendor.pageRows = 2;
      const { symbol, trades, quotes } = await data.underlyingTape(session);
      expect([symbol, trades.length, quotes.length]).toEqual(["SPY", 6, 2]);
      const [first] = vendor.server.asked;
      expect(first).toMatchObject({
        path: "/v3/trades/SPY",
        query: {
          "timestamp.gte": `${ny(1, 9, 30)}000000`,
          "timestamp.lt": `${ny(1, 16)}000000`,
          order: "asc",
          sort: "timestamp",
          limit: "50000",
        },
      });
    });

    it("name the plan that has them when this one has not", async () => {
      vendor.withheld.push("/v3/quotes/");
      await expect(data.underlyingTape(session)).rejects.toMatchObject({
        code: "DATA_UNAVAILABLE",
        message: expect.stringContaining("quotes (Stocks Advanced)"),
      });
      await expect(data.optionTape(session)).rejects.toMatchObject({ message: expect.stringContaining("quotes (Options Advanced)") });
    });
  });

  describe("when the vendor misbehaves", () => {
    it("never follows a page to another host, and sends the key nowhere else", async () => {
      vendor.pageRows = 3;
      const stranger = await fakePolygon(() => now);
      vendor.nextHost = stranger.server.url;
      const error = await data.bars(bars()).catch((caught: unknown) => caught);
      expect(error).toMatchObject({
        code: "DATA_INVALID",
        facts: { provider: "polygon", endpoint: "/v2/aggs/ticker/SPY/range/1/day/2024-07-01/2024-07-12" },
      });
      expect(stranger.server.asked).toEqual([]);
      for (const host of ["https://api.massive.com", "https://api.polygon.io", "not a host"]) {
        vendor.nextHost = host;
        await expect(data.bars(bars())).rejects.toMatchObject({ code: "DATA_INVALID" });
      }
    });

    it("refuses a page that names itself as the next one", async () => {
      vendor.intercept = ({ path }) =>
        path.startsWith("/v2/aggs") ? { body: { status: "OK", results: [], next_url: `${vendor.server.url}${path}?cursor=1` } } : undefined;
      await expect(data.bars(bars())).rejects.toMatchObject({ code: "DATA_INVALID", message: expect.stringContaining("the page itself") });
    });

    it("goes on after a limit and a failure, and tells which field is missing", async () => {
      let failures = 2;
      vendor.intercept = () => {
        failures -= 1;
        return failures >= 0 ? { status: failures === 1 ? 429 : 500, headers: { "retry-after": "1" } } : undefined;
      };
      expect((await data.bars(bars())).bars.length).toBe(9);
      vendor.intercept = ({ path }) =>
        path.startsWith("/v2/aggs") ? { body: { status: "OK", results: [{ t: 1, o: 1, h: 1, l: 1 }] } } : undefined;
      const error = await build()
        .bars(bars())
        .catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: "DATA_INVALID", fieldErrors: [{ path: "results.0.c" }] });
    });

    it.each<[string, () => void, object]>([
      [
        "a wrong key",
        () => (data = build({ secrets: createEnvSecrets({ values: { POLYGON_API_KEY: `${SECRET}?` } }) })),
        { code: "DATA_UNAVAILABLE", facts: { reason: "credentials" } },
      ],
      [
        "no key",
        () => (data = build({ secrets: createEnvSecrets({ values: {} }) })),
        { code: "CONFIG_INVALID", facts: { secret: "POLYGON_API_KEY" } },
      ],
      ["a plan without the data", () => vendor.withheld.push("/v2/"), { code: "DATA_UNAVAILABLE", facts: { reason: "entitlement" } }],
      ["a broken answer", () => (vendor.intercept = () => ({ body: `{"results": [{"key": "${SECRET}"` })), { code: "DATA_INVALID" }],
    ])("never shows the key: %s", async (_, arrange, expected) => {
      arrange();
      const error = await data.bars(bars()).catch((caught: unknown) => caught);
      expect(error).toMatchObject(expected);
      expect(shownOf(error)).not.toContain(SECRET);
    });
  });

  it("offers what it has, and says what it needs", async () => {
    const offerOf = async (market: MarketData) => (await market.offers("local")).find(({ provider }) => provider === "polygon");
    expect(await offerOf(data)).toMatchObject({
      symbols: null,
      needs: null,
      kinds: expect.arrayContaining(["bars", "index", "option_chains", "option_tape"]),
    });
    expect((await offerOf(build({ secrets: createEnvSecrets({ values: {} }) })))?.needs).toBe("the secret POLYGON_API_KEY");
    expect(asked()).toEqual([]);
  });

  it("says of a symbol without bars that there are none in the window, and how to bring one's own", async () => {
    await expect(data.bars(bars({ symbol: "NOBODY" }))).rejects.toMatchObject({
      code: "DATA_UNAVAILABLE",
      message:
        'The provider "polygon" has no daily bars of "NOBODY" in this window. Bring your own with: sigma data import --file F --symbol NOBODY --cadence daily',
    });
  });

  it("refuses a symbol of a kind that it is not asked for", async () => {
    for (const symbol of ["X:BTCUSD", "C:EURUSD", "O:SPY"])
      await expect(data.bars(bars({ symbol }))).rejects.toMatchObject({ code: "DATA_UNAVAILABLE" });
    expect(asked()).toEqual([]);
  });
});
