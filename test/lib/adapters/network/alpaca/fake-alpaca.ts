import { NYSE } from "#lib/core/calendar.ts";
import { newYorkWallToUtc, sessionDateOf } from "#lib/core/time.ts";
import { type Answer, type Asked, SECRET, type Vendor, vendor } from "../loopback.ts";

/** The vendor's market of July 2024, in the forms of its REST documentation. */
export interface FakeAlpaca {
  readonly server: Vendor;
  pageRows: number;
  /** The plan lacks all exchanges in real time. */
  basic: boolean;
  intercept: (asked: Asked) => Answer | undefined;
}

export const KEY_ID = "PKTESTTESTTESTTESTTE";

const midnight = (date: number): number => newYorkWallToUtc(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100, 0, 0);
const text = (ms: number): string => new Date(ms).toISOString().replace(".000Z", "Z");

function stockBars(symbol: string, timeframe: string, start: number, end: number, feed: string): object[] {
  if (!["SPY", "AAPL"].includes(symbol)) return [];
  const sessions = NYSE.sessionsBetween(20240624, 20240713);
  const bar = (t: number, price: number) => ({
    t: text(t),
    o: price,
    h: price + 1,
    l: price - 1,
    c: price + 0.5,
    v: feed === "iex" ? 10 : 1000,
    n: 5,
    vw: price + 0.1,
  });
  const rows = sessions.flatMap((date) => {
    const price = 500 + (date % 100);
    if (timeframe === "1Day") return [bar(midnight(date), price)];
    const minutes = Number(/^(\d+)Min$/.exec(timeframe)![1]);
    if (minutes === 5) return [];
    const [from, to] = [NYSE.openOf(date) - 30 * 60_000, NYSE.closeOf(date) + 30 * 60_000];
    return Array.from({ length: (to - from) / (minutes * 60_000) }, (_, i) => bar(from + i * minutes * 60_000, price));
  });
  return rows.filter(({ t }) => Date.parse(t) >= start && Date.parse(t) <= end);
}

const ACTIONS = {
  forward_splits: [
    { symbol: "AAPL", new_rate: 7, old_rate: 1, process_date: "2024-07-02", ex_date: "2024-07-02", payable_date: "2024-07-01" },
  ],
  reverse_splits: [{ symbol: "AAPL", new_rate: 1, old_rate: 2, process_date: "2024-07-08", ex_date: "2024-07-08" }],
  stock_dividends: [{ symbol: "AAPL", rate: 0.05, process_date: "2024-07-09", ex_date: "2024-07-09" }],
  cash_dividends: [
    {
      symbol: "AAPL",
      rate: 2,
      special: false,
      foreign: false,
      process_date: "2024-07-03",
      ex_date: "2024-07-03",
      record_date: "2024-07-03",
    },
  ],
  spin_offs: [
    { source_symbol: "AAPL", source_rate: 1, new_symbol: "PEAR", new_rate: 0.5, process_date: "2024-07-11", ex_date: "2024-07-11" },
  ],
};

export async function fakeAlpaca(now: () => number): Promise<FakeAlpaca> {
  const pageOf = (asked: Asked, list: string, rows: readonly (readonly [string, object])[]): Answer => {
    const at = Number(asked.query["page_token"] ?? 0);
    const bySymbol = Object.groupBy(rows.slice(at, at + fake.pageRows), ([symbol]) => symbol);
    const lists = Object.fromEntries(Object.entries(bySymbol).map(([symbol, some = []]) => [symbol, some.map(([, row]) => row)]));
    return { body: { [list]: lists, next_page_token: at + fake.pageRows < rows.length ? String(at + fake.pageRows) : null } };
  };
  const fake: FakeAlpaca = { server: await vendor((asked) => answer(asked)), pageRows: 10_000, basic: true, intercept: () => undefined };

  const answer = (asked: Asked): Answer => {
    const intercepted = fake.intercept(asked);
    if (intercepted !== undefined) return intercepted;
    const { path, query, headers } = asked;
    if (headers["apca-api-key-id"] !== KEY_ID || headers["apca-api-secret-key"] !== SECRET)
      return { status: 403, body: { message: "forbidden." } };
    const [start, end] = [Date.parse(query["start"] ?? ""), Date.parse(query["end"] ?? "")];
    if (fake.basic && query["feed"] === "sip" && end > now() - 15 * 60_000)
      return { status: 403, body: { message: "subscription does not permit querying recent SIP data" } };
    const symbols = (query["symbols"] ?? "").split(",");
    switch (path) {
      case "/v2/stocks/bars":
        return pageOf(
          asked,
          "bars",
          stockBars(symbols[0]!, query["timeframe"]!, start, end, query["feed"]!).map((row) => [symbols[0]!, row]),
        );
      case "/v2/stocks/trades":
        return pageOf(asked, "trades", [
          ["SPY", { t: text(start).replace("Z", ".000500250Z"), x: "V", p: 545.5, s: 100, c: ["@"], i: 1, z: "B" }],
          ["SPY", { t: text(start + 1000), x: "V", p: 1, s: 100, c: ["@"], i: 2, z: "B", u: "canceled" }],
          ["SPY", { t: text(start + 2000), x: "V", p: 545.75, s: 50, c: ["@"], i: 3, z: "B", u: "corrected" }],
        ]);
      case "/v2/stocks/quotes":
        return pageOf(asked, "quotes", [
          ["SPY", { t: text(start), ax: "V", ap: 545.6, as: 3, bx: "V", bp: 545.4, bs: 2, c: ["R"], z: "B" }],
        ]);
      case "/v1/corporate-actions":
        return { body: { corporate_actions: symbols[0] === "AAPL" ? ACTIONS : {}, next_page_token: null } };
      case "/v1beta1/options/bars":
        return pageOf(
          asked,
          "bars",
          symbols
            .filter((symbol) => symbol.includes("C"))
            .flatMap((symbol) =>
              [0, 1].map(
                (minute) =>
                  [
                    symbol,
                    { t: text(NYSE.openOf(20240709) + minute * 60_000), o: 1.2, h: 1.4, l: 1.1, c: 1.3, v: 5, n: 2, vw: 1.26 },
                  ] as const,
              ),
            ),
        );
      case "/v1beta1/options/snapshots/SPY": {
        const expiry = query["expiration_date_gte"]!.replaceAll("-", "").slice(2);
        const updated = text(midnight(sessionDateOf(now())));
        const snapshots = {
          [`SPY${expiry}P00545000`]: {
            latestQuote: { t: updated, bp: 1.9, bs: 5, ap: 2, as: 6 },
            dailyBar: { t: text(midnight(20240628)), o: 1, h: 1, l: 1, c: 1, v: 7, n: 1, vw: 1 },
          },
          [`SPY${expiry}C00545000`]: {
            latestTrade: { t: updated, x: "C", p: 1.5, s: 1, c: "I" },
            latestQuote: { t: updated, bp: 1.4, bs: 5, ap: 1.6, as: 6 },
            dailyBar: { t: updated, o: 1, h: 2, l: 0.5, c: 1.5, v: 40, n: 9, vw: 1.2 },
            greeks: { delta: 0.52, gamma: 0.1, rho: 0.01, theta: -0.3, vega: 0.07 },
            impliedVolatility: 0.21,
          },
          [`SPY1${expiry}C00545000`]: { latestQuote: { t: updated, bp: 9, bs: 1, ap: 9.5, as: 1 } },
        };
        return { body: { snapshots, next_page_token: null } };
      }
      default:
        return { status: 404, body: { message: "endpoint not found." } };
    }
  };
  return fake;
}
