import * as z from "zod";

/** What is needed of the vendor's answers, as its REST documentation names it; other fields are ignored. */

const price = z.number();
const date = z.iso.date();

/** `GET /v2/aggs/ticker/{ticker}/range/...`: an index has no volume. */
export const AggregateSchema = z.object({
  /** Start of the span, UTC milliseconds. */
  t: z.int(),
  o: price,
  h: price,
  l: price,
  c: price,
  v: z.number().optional(),
  vw: z.number().optional(),
});
export type Aggregate = z.infer<typeof AggregateSchema>;

/** `GET /stocks/v1/splits`, and `/v3/reference/splits` before it. */
export const SplitSchema = z.object({ execution_date: date, split_from: z.number(), split_to: z.number() });

/** `GET /stocks/v1/dividends`, and `/v3/reference/dividends` before it. */
export const DividendSchema = z.object({ ex_dividend_date: date, cash_amount: z.number(), currency: z.string().nullish() });

/** `GET /v3/reference/options/contracts` */
export const ContractSchema = z.object({
  ticker: z.string(),
  contract_type: z.string(),
  expiration_date: date,
  strike_price: z.number(),
  shares_per_contract: z.number(),
  additional_underlyings: z.array(z.unknown()).nullish(),
});

/** `GET /v3/snapshot/options/{underlying}`: what did not trade or cannot be computed is absent. Times are nanoseconds. */
export const ChainEntrySchema = z.object({
  details: z.object({
    ticker: z.string(),
    contract_type: z.string(),
    expiration_date: date,
    strike_price: z.number(),
    shares_per_contract: z.number(),
  }),
  day: z.object({ close: z.number().optional(), volume: z.number().optional(), last_updated: z.number().optional() }).optional(),
  greeks: z
    .object({
      delta: z.number().nullish(),
      gamma: z.number().nullish(),
      theta: z.number().nullish(),
      vega: z.number().nullish(),
    })
    .nullish(),
  implied_volatility: z.number().nullish(),
  last_quote: z.object({ bid: z.number().optional(), ask: z.number().optional() }).optional(),
  open_interest: z.number().nullish(),
  underlying_asset: z.object({ price: z.number().optional(), value: z.number().optional() }).optional(),
});
export type ChainEntry = z.infer<typeof ChainEntrySchema>;

/** `GET /v3/trades/{ticker}` */
export const TradeSchema = z.object({
  /** UTC nanoseconds. */
  sip_timestamp: z.number(),
  price,
  size: z.number(),
  conditions: z.array(z.int()).optional(),
  correction: z.int().optional(),
});

/** `GET /v3/quotes/{ticker}` */
export const QuoteSchema = z.object({
  /** UTC nanoseconds. */
  sip_timestamp: z.number(),
  bid_price: z.number().optional(),
  ask_price: z.number().optional(),
  bid_size: z.number().optional(),
  ask_size: z.number().optional(),
});

/** A page of results. An answer without results is an answer. */
export const pageOf = <S extends z.ZodType>(row: S) =>
  z.object({ status: z.string().optional(), results: z.array(row).nullish(), next_url: z.string().nullish() });
