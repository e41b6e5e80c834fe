import { NYSE } from "../../../core/calendar.ts";
import { mapConcurrently } from "../../../core/map-concurrently.ts";
import type { OptionBars, OptionTape, UnderlyingTape } from "../../../core/option-data.ts";
import { BAR_MS } from "../../../core/session.ts";
import type { DateNumber } from "../../../core/time.ts";
import type { ContractsQuery, Supplied } from "../../../market-data/history-source.ts";
import { createOptionBarsBuilder } from "../../../market-data/option-bars-builder.ts";
import { createTapeBuilder, type TapeBuilder } from "../../../market-data/option-tape-builder.ts";
import { kindIndex, tradeKindOf } from "../../../market-data/trade-kinds.ts";
import type { HttpClient, HttpSession } from "../http-client.ts";
import { DELAY_MS, pathSegment, readAggregates } from "./polygon-bars.ts";
import { polygonCondition, tradeStands } from "./polygon-conditions.ts";
import { readContracts } from "./polygon-contracts.ts";
import { forEachRow } from "./polygon-pages.ts";
import { QuoteSchema, TradeSchema } from "./polygon-shapes.ts";
import type { PolygonTicker } from "./polygon-ticker.ts";

const WIDTH = 8;
const NANOSECONDS = 1e6;
const PAGE_ROWS = 50_000;

/** One-minute bars of all contracts of an expiry that were listed in the session; a contract without a trade has none. */
export async function polygonOptionBars(
  client: HttpClient,
  underlying: PolygonTicker,
  { symbol, session, expiry }: ContractsQuery,
): Promise<Supplied<OptionBars>> {
  const http = client.open();
  const asked = client.clock.now();
  const contracts = await readContracts(client, http, underlying, session, { first: expiry, last: expiry });
  const [open, close] = [NYSE.openOf(session), NYSE.closeOf(session)];
  const answers = await mapConcurrently(contracts, WIDTH, ({ ticker }) =>
    readAggregates(client, http, { ticker, asset: "options" }, { cadence: "1m", first: session, last: session }),
  );
  const knownTo = Math.min(asked, ...answers.map((answer) => answer.knownTo));
  const bars = createOptionBarsBuilder();
  for (const [i, { data }] of answers.entries()) {
    for (const { t, o, h, l, c, v, vw } of data) {
      if (t < open || t >= close || t + BAR_MS["1m"] > knownTo) continue;
      bars.add(contracts[i]!, { start: t, open: o, high: h, low: l, close: c, vwap: vw ?? Number.NaN, volume: v ?? Number.NaN });
    }
  }
  return { data: bars.finish({ underlying: symbol, sessionDate: session, expiry }), knownTo };
}

/** Trades and quotes of all contracts of an expiry that were listed in the session. */
export async function polygonOptionTape(
  client: HttpClient,
  underlying: PolygonTicker,
  { symbol, session, expiry }: ContractsQuery,
): Promise<Supplied<OptionTape>> {
  const http = client.open();
  const contracts = await readContracts(client, http, underlying, session, { first: expiry, last: expiry });
  const tape = createTapeBuilder(client.provider);
  let knownTo = client.clock.now();
  await mapConcurrently(contracts, WIDTH, async ({ ticker }, contract) => {
    const known = await readTape(client, http, { ticker, asset: "options" }, session, tape, contract);
    knownTo = Math.min(knownTo, known);
  });
  const strike = Float64Array.from(contracts, (contract) => contract.strike);
  const right = Int8Array.from(contracts, (contract) => contract.right);
  return { data: tape.finishOptions({ underlying: symbol, sessionDate: session, expiry, strike, right }), knownTo };
}

/** Trades and quotes of a share over the session's regular hours. */
export async function polygonUnderlyingTape(
  client: HttpClient,
  ticker: PolygonTicker,
  { symbol, session }: Omit<ContractsQuery, "expiry">,
): Promise<Supplied<UnderlyingTape>> {
  const tape = createTapeBuilder(client.provider);
  const knownTo = await readTape(client, client.open(), ticker, session, tape, 0);
  return { data: tape.finishUnderlying(symbol), knownTo };
}

/** @returns up to when the tape is complete, UTC milliseconds */
async function readTape(
  client: HttpClient,
  http: HttpSession,
  { ticker, asset }: PolygonTicker,
  session: DateNumber,
  tape: TapeBuilder,
  contract: number,
): Promise<number> {
  const asked = client.clock.now();
  // Nanoseconds exceed what a number holds exactly; the milliseconds of open and close do not.
  const query = {
    "timestamp.gte": `${NYSE.openOf(session)}000000`,
    "timestamp.lt": `${NYSE.closeOf(session)}000000`,
    sort: "timestamp",
    order: "asc",
    limit: PAGE_ROWS,
  };
  const plan = asset === "options" ? "Options" : "Stocks";
  const trades = await forEachRow(
    client,
    http,
    { path: `/v3/trades/${pathSegment(ticker)}`, query, row: TradeSchema, feature: `trades (${plan} Developer or higher)` },
    ({ sip_timestamp, price, size, conditions = [], correction }) => {
      if (!tradeStands(correction)) return;
      // Conditions of shares have numbers of their own, and none of them is needed here.
      const kind = asset === "options" ? tradeKindOf(conditions.map(polygonCondition)) : kindIndex("regular");
      if (kind !== undefined) tape.trade(contract, sip_timestamp / NANOSECONDS, price, size, kind);
    },
  );
  const quotes = await forEachRow(
    client,
    http,
    { path: `/v3/quotes/${pathSegment(ticker)}`, query, row: QuoteSchema, feature: `quotes (${plan} Advanced)` },
    ({ sip_timestamp, bid_price, ask_price, bid_size, ask_size }) =>
      tape.quote(
        contract,
        sip_timestamp / NANOSECONDS,
        bid_price ?? Number.NaN,
        ask_price ?? Number.NaN,
        bid_size ?? Number.NaN,
        ask_size ?? Number.NaN,
      ),
  );
  return trades.delayed || quotes.delayed ? asked - DELAY_MS : asked;
}
