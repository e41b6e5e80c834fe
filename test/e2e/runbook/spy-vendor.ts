import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type DateNumber, formatDate, parseDate } from "#lib/core/time.ts";
import type { SpyContract, SpyMarket, VendorBar } from "./spy-market.ts";

/** A vendor on this machine with the paths, forms, pages and refusals of Polygon's REST documentation, for SPY and its options. */
export interface SpyVendor {
  readonly url: string;
  /** How often each kind of question was answered, refusals for haste included. */
  readonly answered: Readonly<Record<string, number>>;
  /** How often it said 429. */
  readonly hasty: () => number;
  close(): Promise<void>;
}

interface VendorOptions {
  readonly market: SpyMarket;
  readonly key: string;
  /** Rows of a page at most, whatever limit is asked for. */
  readonly pageRows: number;
  /** Every so manieth request is one too many. */
  readonly refuseEvery: number;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: object;
}

const REQUEST_ID = "6a7e466379af0a71039d60cc78e72282";
const PRICING = "https://massive.com/pricing";

/** What SPY has paid: ex-date and dollars a share. */
const DIVIDENDS: readonly (readonly [string, number])[] = [
  ["2022-09-16", 1.595542],
  ["2022-12-16", 1.780802],
  ["2023-03-17", 1.506204],
  ["2023-06-16", 1.638362],
  ["2023-09-15", 1.583184],
  ["2023-12-15", 1.906076],
  ["2024-03-15", 1.594937],
  ["2024-06-21", 1.759024],
];

export async function startSpyVendor({ market, key, pageRows, refuseEvery }: VendorOptions): Promise<SpyVendor> {
  const answered: Record<string, number> = {};
  let requests = 0;
  let hasty = 0;

  const answer = (kind: string, url: URL, headers: IncomingMessage["headers"]): Answer => {
    if (headers.authorization !== `Bearer ${key}`) return refusal(401, "ERROR", { error: "Unknown API Key" });
    requests += 1;
    if (requests % refuseEvery === 0) {
      hasty += 1;
      const error = `You've exceeded the maximum requests per minute, please wait or upgrade your subscription to continue. ${PRICING}`;
      return { ...refusal(429, "ERROR", { error }), headers: { "retry-after": "1" } };
    }
    answered[kind] = (answered[kind] ?? 0) + 1;
    switch (kind) {
      case "aggs":
        return aggregates(url);
      case "splits":
        return pageOf(url, []);
      case "dividends":
        return pageOf(url, url.searchParams.get("ticker") === "SPY" ? DIVIDENDS.map(dividendRow) : []);
      case "contracts":
        return contracts(url);
      default:
        return refusal(404, "NOT_FOUND", { message: "Not found" });
    }
  };

  const aggregates = (url: URL): Answer => {
    const [ticker, multiplier, span, from, to] = decodeURIComponent(url.pathname)
      .split("/")
      .slice(4)
      .filter((part) => part !== "range") as [string, string, string, string, string];
    const [first, last] = [parseDate(from), parseDate(to)];
    if (first < market.first)
      return refusal(403, "NOT_AUTHORIZED", {
        message: `Your plan doesn't include this data timeframe. Please upgrade your plan at ${PRICING}`,
      });
    const rows = barsOf(market, ticker, { size: Number(multiplier), isDaily: span === "day", first, last });
    return pageOf(url, rows, { ticker, adjusted: url.searchParams.get("adjusted") === "true", queryCount: rows.length });
  };

  const contracts = (url: URL): Answer => {
    const date = (name: string): DateNumber => parseDate(url.searchParams.get(name)!);
    const found =
      url.searchParams.get("underlying_ticker") === "SPY"
        ? market.contracts(date("as_of"), date("expiration_date.gte"), date("expiration_date.lte"))
        : [];
    return pageOf(url, found.map(contractRow));
  };

  const pageOf = (url: URL, rows: readonly object[], more: object = {}): Answer => {
    const at = Number(Buffer.from(url.searchParams.get("cursor") ?? "", "base64url").toString() || 0);
    const size = Math.min(pageRows, Number(url.searchParams.get("limit") ?? 10));
    const results = rows.slice(at, at + size);
    const next = new URL(`${base}${url.pathname}`);
    if (at + size < rows.length) {
      for (const [name, value] of url.searchParams) next.searchParams.set(name, value);
      next.searchParams.set("cursor", Buffer.from(String(at + size)).toString("base64url"));
    }
    return {
      body: {
        ...more,
        status: "OK",
        request_id: REQUEST_ID,
        count: results.length,
        // Without rows the vendor leaves the list out.
        ...(results.length === 0 ? {} : { results }),
        ...(at + size < rows.length ? { next_url: next.href } : {}),
      },
    };
  };

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", base);
    const { status = 200, headers = {}, body } = answer(kindOf(url.pathname), url, request.headers);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: base,
    answered,
    hasty: () => hasty,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function kindOf(path: string): string {
  if (path.startsWith("/v2/aggs/ticker/")) return "aggs";
  return (
    { "/stocks/v1/splits": "splits", "/stocks/v1/dividends": "dividends", "/v3/reference/options/contracts": "contracts" }[path] ??
    "unknown"
  );
}

const refusal = (status: number, name: string, said: object): Answer => ({
  status,
  body: { status: name, request_id: REQUEST_ID, ...said },
});

function barsOf(
  market: SpyMarket,
  ticker: string,
  {
    size,
    isDaily,
    first,
    last,
  }: { readonly size: number; readonly isDaily: boolean; readonly first: DateNumber; readonly last: DateNumber },
): VendorBar[] {
  const sessions = market.sessions(first, last);
  if (ticker === "SPY") return sessions.flatMap((session) => (isDaily ? [market.day(session)] : market.minutes(session, size)));
  const contract = contractOf(ticker);
  if (contract === undefined) return [];
  return sessions.flatMap((session) => {
    if (!isDaily) return market.optionMinutes(contract, session);
    const day = market.optionDay(contract, session);
    return day === undefined ? [] : [day];
  });
}

/** `O:SPY240102C00475000` */
function contractOf(ticker: string): SpyContract | undefined {
  const [, date, right, strike] = /^O:SPY(\d{6})([CP])(\d{8})$/.exec(ticker) ?? [];
  if (date === undefined) return undefined;
  return { right: right === "C" ? "call" : "put", strike: Number(strike) / 1000, expiry: 20_000_000 + Number(date) };
}

const contractRow = ({ right, strike, expiry }: SpyContract): object => ({
  cfi: right === "call" ? "OCASPS" : "OPASPS",
  contract_type: right,
  exercise_style: "american",
  expiration_date: formatDate(expiry),
  primary_exchange: "BATO",
  shares_per_contract: 100,
  strike_price: strike,
  ticker: `O:SPY${String(expiry).slice(2)}${right === "call" ? "C" : "P"}${String(strike * 1000).padStart(8, "0")}`,
  underlying_ticker: "SPY",
});

const dividendRow = ([date, amount]: readonly [string, number], i: number): object => ({
  id: `d${i}`,
  ticker: "SPY",
  ex_dividend_date: date,
  cash_amount: amount,
  currency: "USD",
  frequency: 4,
  distribution_type: "recurring",
});
