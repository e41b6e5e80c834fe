import { NYSE } from "#lib/core/calendar.ts";
import { formatDate, newYorkWallToUtc, sessionDateOf } from "#lib/core/time.ts";
import { type Answer, type Asked, SECRET, type Vendor, vendor } from "../loopback.ts";

/** The vendor's market of July 2024, in the forms of its REST documentation. */
export interface FakePolygon {
  readonly server: Vendor;
  /** Rows of a page; more are on the next one. */
  pageRows: number;
  /** What a plan includes: no session before this one. */
  firstIncluded: number;
  /** Paths (by their beginning) that the plan does not include. */
  readonly withheld: string[];
  delayed: boolean;
  /** Answers before the market does. */
  intercept: (asked: Asked) => Answer | undefined;
  /** Where the next page is said to be; the server itself when undefined. */
  nextHost: string | undefined;
}

const midnight = (date: number): number => newYorkWallToUtc(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100, 0, 0);

/** Bars of extended hours too, as the vendor has them: from 09:00 to 16:30, so that hours mix what was before 09:30. */
function stockAggregates(date: number, multiplier: number, span: string): object[] {
  if (!NYSE.isSession(date)) return [];
  const price = 500 + (date % 100);
  const bar = (t: number, i: number) => ({ v: 1000 + i, vw: price + 0.25, o: price, c: price + 0.5, h: price + 1, l: price - 1, t, n: 17 });
  if (span === "day") return [bar(midnight(date), 0)];
  const size = multiplier * 60_000;
  const [from, to] = [NYSE.openOf(date) - 30 * 60_000, NYSE.closeOf(date) + 30 * 60_000];
  return Array.from({ length: Math.ceil((to - from) / size) }, (_, i) => bar(from + i * size, i));
}

/** SPY's contracts of an expiry: calls and puts at 544 and 545, and one that delivers something else. */
function contractsOf(underlying: string, expiry: string): object[] {
  const date = expiry.replaceAll("-", "").slice(2);
  const one = (root: string, type: "call" | "put", strike: number, shares = 100) => ({
    cfi: type === "call" ? "OCASPS" : "OPASPS",
    contract_type: type,
    exercise_style: "american",
    expiration_date: expiry,
    primary_exchange: "BATO",
    shares_per_contract: shares,
    strike_price: strike,
    ticker: `O:${root}${date}${type === "call" ? "C" : "P"}${String(strike * 1000).padStart(8, "0")}`,
    underlying_ticker: underlying,
  });
  if (underlying === "SPX") return [one("SPX", "call", 5500), one("SPXW", "call", 5500), one("SPXW", "put", 5500)];
  return [
    one(underlying, "call", 545),
    one(underlying, "put", 545),
    one(underlying, "call", 544),
    one(underlying, "put", 544),
    one(`${underlying}1`, "call", 545, 10),
  ];
}

function optionMinutes(ticker: string, date: number): object[] {
  if (!ticker.includes("C")) return [];
  const open = NYSE.openOf(date);
  return [0, 1, 389]
    .map((minute) => ({ v: 5, vw: 1.26, o: 1.2, c: 1.3, h: 1.4, l: 1.1, t: open + minute * 60_000, n: 2 }))
    .concat([
      // After the close, as index options have.
      { v: 9, vw: 9, o: 9, c: 9, h: 9, l: 9, t: NYSE.closeOf(date) + 60_000, n: 1 },
    ]);
}

function aggregates(path: string): object[] {
  const [, ticker, multiplier, span, from, to] =
    /^\/v2\/aggs\/ticker\/([^/]+)\/range\/(\d+)\/(\w+)\/([\d-]+)\/([\d-]+)$/.exec(decodeURIComponent(path)) ?? [];
  if (ticker === undefined) throw new Error(`The vendor has no ${path}.`);
  const [first, last] = [from!, to!].map((text) => Number(text.replaceAll("-", ""))) as [number, number];
  const sessions = [...NYSE.sessionsBetween(first, last), last].filter(
    (date) => NYSE.isSession(date) && date >= 20240624 && date <= 20240712,
  );
  return sessions.flatMap((date) => {
    if (ticker.startsWith("O:")) return span === "day" ? optionDay(ticker, date) : optionMinutes(ticker, date);
    if (ticker === "I:VIX") return span === "day" ? [{ t: midnight(date), o: 12.1, h: 12.9, l: 12, c: 12.5 }] : [];
    if (!["SPY", "AAPL"].includes(ticker)) return [];
    // The vendor has no bars of five minutes here.
    if (Number(multiplier) === 5) return [];
    return stockAggregates(date, Number(multiplier), span!);
  });
}

const optionDay = (ticker: string, date: number): object[] =>
  ticker.includes("C") && date === 20240701 ? [{ v: 120, vw: 1.2, o: 1, c: 1.5, h: 2, l: 0.5, t: midnight(date), n: 33 }] : [];

function snapshot(underlying: string, query: Asked["query"], now: number): object[] {
  const expiry = query["expiration_date.gte"]!;
  const updated = (ms: number): number => ms * 1e6;
  return (contractsOf(underlying, expiry) as Record<string, unknown>[]).map((contract, i) => ({
    break_even_price: 1,
    // The second one has not traded today.
    day: {
      close: 1.5 + i,
      volume: 40 + i,
      last_updated: updated(i === 1 ? midnight(20240628) : midnight(sessionDateOf(now))),
      open: 1,
      vwap: 1.2,
    },
    details: {
      contract_type: contract["contract_type"],
      exercise_style: "american",
      expiration_date: contract["expiration_date"],
      shares_per_contract: contract["shares_per_contract"],
      strike_price: contract["strike_price"],
      ticker: contract["ticker"],
    },
    greeks: i === 0 ? { delta: 0.64, gamma: 0.006, theta: -0.028, vega: 0.638 } : {},
    ...(i === 0 ? { implied_volatility: 0.357 } : {}),
    last_quote: { ask: 2, ask_size: 209, bid: 1.9, bid_size: 294, last_updated: updated(now), midpoint: 1.95, timeframe: "REAL-TIME" },
    open_interest: 8133 + i,
    underlying_asset: { change_to_break_even: 1, last_updated: updated(now), price: 544.25, ticker: underlying, timeframe: "REAL-TIME" },
  }));
}

/** Ticks around the open of a session; nanoseconds as the vendor writes them, beyond what a number holds exactly. */
const nanoseconds = (ms: number, rest: string): string => `${ms}${rest}`;

function ticks(kind: "trades" | "quotes", path: string, query: Asked["query"]): string[] {
  const open = Number(query["timestamp.gte"]!.slice(0, -6));
  const isOption = path.includes("O:");
  if (isOption && !path.includes("C0054")) return [];
  const late = path.includes("C00545") ? 1 : 0;
  if (kind === "quotes")
    return [
      `{"sip_timestamp":${nanoseconds(open + late, "000250")},"bid_price":1.1,"ask_price":1.2,"bid_size":3,"ask_size":4,"sequence_number":1}`,
      `{"sip_timestamp":${nanoseconds(open + 2000 + late, "000000")},"ask_price":1.3,"ask_size":5,"sequence_number":2}`,
    ];
  const trade = (ms: number, price: number, conditions: string, extra = "") =>
    `{"sip_timestamp":${nanoseconds(open + ms, "500000")},"participant_timestamp":1,"price":${price},"size":2,"exchange":302${conditions}${extra}}`;
  return [
    trade(1000 + late, 1.2, ',"conditions":[209]'),
    trade(1001 + late, 1.15, ',"conditions":[232]'),
    trade(1002 + late, 9, ',"conditions":[201]'),
    trade(1003 + late, 1.25, ',"conditions":[229]'),
    trade(1004 + late, 1.3, ',"conditions":[204]'),
    trade(1005 + late, 8, "", ',"correction":8'),
    trade(1006 + late, 1.22, "", ',"correction":1'),
  ];
}

export async function fakePolygon(now: () => number): Promise<FakePolygon> {
  const page = (asked: Asked, rows: readonly (object | string)[]): Answer => {
    const at = Number(asked.query["cursor"] ?? 0);
    const text = rows.slice(at, at + fake.pageRows).map((row) => (typeof row === "string" ? row : JSON.stringify(row)));
    const next =
      at + fake.pageRows < rows.length
        ? `,"next_url":"${fake.nextHost ?? fake.server.url}${asked.path}?${new URLSearchParams({ ...asked.query, cursor: String(at + fake.pageRows) })}"`
        : "";
    // Without rows the vendor leaves the list out.
    const results = text.length === 0 ? "" : `,"results":[${text.join(",")}]`;
    return {
      body: `{"status":"${fake.delayed ? "DELAYED" : "OK"}","request_id":"6a7e466379af0a71039d60cc78e72282","count":${text.length}${results}${next}}`,
    };
  };
  const refuse = (message: string): Answer => ({ status: 403, body: { status: "NOT_AUTHORIZED", request_id: "x", message } });

  const fake: FakePolygon = {
    server: await vendor((asked) => answer(asked)),
    pageRows: 1000,
    firstIncluded: 0,
    withheld: [],
    delayed: false,
    intercept: () => undefined,
    nextHost: undefined,
  };
  const answer = (asked: Asked): Answer => {
    const { path, query, headers } = asked;
    const intercepted = fake.intercept(asked);
    if (intercepted !== undefined) return intercepted;
    if (headers.authorization !== `Bearer ${SECRET}`)
      return { status: 401, body: { status: "ERROR", request_id: "x", error: "Unknown API Key" } };
    if (fake.withheld.some((beginning) => path.startsWith(beginning)))
      return refuse("You are not entitled to this data. Please upgrade your plan at https://massive.com/pricing");
    if (path.startsWith("/v2/aggs/")) {
      const from = Number(/\/(\d{4}-\d\d-\d\d)\//.exec(path)![1]!.replaceAll("-", ""));
      if (from < fake.firstIncluded)
        return refuse("Your plan doesn't include this data timeframe. Please upgrade your plan at https://massive.com/pricing");
      return page(asked, aggregates(path));
    }
    if (path === "/stocks/v1/splits")
      return page(
        asked,
        query["ticker"] === "AAPL"
          ? [
              {
                id: "s1",
                ticker: "AAPL",
                execution_date: "2024-07-02",
                split_from: 1,
                split_to: 7,
                adjustment_type: "forward_split",
                historical_adjustment_factor: 0.142857,
              },
            ]
          : [],
      );
    if (path === "/stocks/v1/dividends")
      return page(
        asked,
        query["ticker"] === "AAPL"
          ? [
              {
                id: "d1",
                ticker: "AAPL",
                ex_dividend_date: "2024-07-03",
                cash_amount: 2,
                currency: "USD",
                frequency: 4,
                distribution_type: "recurring",
              },
              {
                id: "d2",
                ticker: "AAPL",
                ex_dividend_date: "2024-07-09",
                cash_amount: 3,
                currency: "CAD",
                frequency: 4,
                distribution_type: "recurring",
              },
            ]
          : [],
      );
    if (path === "/v3/reference/options/contracts") {
      const [first, last] = [query["expiration_date.gte"]!, query["expiration_date.lte"]!];
      return page(
        asked,
        first === last
          ? contractsOf(query["underlying_ticker"]!, first)
          : [first, formatDate(20240719)].flatMap((expiry) => contractsOf(query["underlying_ticker"]!, expiry)),
      );
    }
    if (path.startsWith("/v3/snapshot/options/"))
      return page(asked, snapshot(decodeURIComponent(path.split("/")[4]!).replace("I:", ""), query, now()));
    if (path.startsWith("/v3/trades/")) return page(asked, ticks("trades", decodeURIComponent(path), query));
    if (path.startsWith("/v3/quotes/")) return page(asked, ticks("quotes", decodeURIComponent(path), query));
    return { status: 404, body: { status: "NOT_FOUND", request_id: "x", message: "Not found" } };
  };
  return fake;
}
