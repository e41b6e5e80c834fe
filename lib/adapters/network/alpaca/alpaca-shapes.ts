import * as z from "zod";

/** What is needed of the vendor's answers, as its REST documentation names it; other fields are ignored. */

/** RFC 3339, up to nanoseconds. */
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/, "must be a time such as 2024-01-03T14:30:00.123456789Z");
const date = z.iso.date();

/** `GET /v2/stocks/bars` and `/v1beta1/options/bars` */
export const BarSchema = z.object({
  t: time,
  o: z.number(),
  h: z.number(),
  l: z.number(),
  c: z.number(),
  v: z.number(),
  vw: z.number().optional(),
});

/** `GET /v2/stocks/trades`; `u` says that a trade was canceled or corrected. */
export const TradeSchema = z.object({ t: time, p: z.number(), s: z.number(), u: z.string().optional() });

/** `GET /v2/stocks/quotes` */
export const QuoteSchema = z.object({ t: time, bp: z.number(), bs: z.number(), ap: z.number(), as: z.number() });

/** `GET /v1beta1/options/snapshots/{underlying}`, one contract. */
export const SnapshotSchema = z.object({
  latestTrade: z.object({ t: time, p: z.number() }).nullish(),
  latestQuote: z.object({ bp: z.number(), ap: z.number() }).nullish(),
  dailyBar: z.object({ t: time, v: z.number() }).nullish(),
  greeks: z.object({ delta: z.number(), gamma: z.number() }).nullish(),
  impliedVolatility: z.number().nullish(),
});
export type Snapshot = z.infer<typeof SnapshotSchema>;

const rates = z.object({ ex_date: date, old_rate: z.number(), new_rate: z.number() });
const paid = z.object({ ex_date: date, rate: z.number() });
const other = z.object({ ex_date: date });

/** `GET /v1/corporate-actions`: a kind without actions is absent. */
export const CorporateActionsSchema = z.object({
  corporate_actions: z.object({
    forward_splits: z.array(rates).optional(),
    reverse_splits: z.array(rates).optional(),
    stock_dividends: z.array(paid).optional(),
    cash_dividends: z.array(paid).optional(),
    spin_offs: z.array(other).optional(),
    rights_distributions: z.array(other).optional(),
  }),
  next_page_token: z.string().nullish(),
});
export type CorporateActions = z.infer<typeof CorporateActionsSchema>["corporate_actions"];
