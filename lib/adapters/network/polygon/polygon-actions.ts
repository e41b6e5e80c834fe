import type * as z from "zod";
import { parseDate } from "../../../core/time.ts";
import type { CorporateAction } from "../../../market-data/actions.ts";
import type { ActionHistory } from "../../../market-data/history-source.ts";
import { isRefusal } from "../../../market-data/vendor-refusal.ts";
import type { HttpClient, HttpSession } from "../http-client.ts";
import { readPages } from "./polygon-pages.ts";
import { DividendSchema, SplitSchema } from "./polygon-shapes.ts";

/**
 * All splits and dividends of a share that the vendor knows, announced ones too. Without the right to dividends the
 * history says so; without splits there is none, because raw prices cannot be read across an unknown split.
 */
export async function polygonActions(client: HttpClient, ticker: string): Promise<ActionHistory> {
  const session = client.open();
  const splits = await readActions(client, session, "splits", ticker, SplitSchema);
  const dividends = await readActions(client, session, "dividends", ticker, DividendSchema).catch((error: unknown) => {
    if (isRefusal(error, "entitlement")) return undefined;
    throw error;
  });
  const actions: CorporateAction[] = splits.map(({ execution_date, split_from, split_to }) => ({
    exDate: parseDate(execution_date, "execution_date"),
    split: split_to / split_from,
    cash: 0,
  }));
  for (const { ex_dividend_date, cash_amount, currency } of dividends ?? []) {
    const inDollars = currency == null || currency === "USD";
    actions.push({ exDate: parseDate(ex_dividend_date, "ex_dividend_date"), split: 1, cash: inDollars ? cash_amount : Number.NaN });
  }
  return { actions, dividendsKnown: dividends !== undefined };
}

/** The vendor's present endpoint, and where it is not there, the one before it; the needed fields are the same. */
async function readActions<S extends z.ZodType>(
  client: HttpClient,
  session: HttpSession,
  kind: "splits" | "dividends",
  ticker: string,
  row: S,
): Promise<readonly z.output<S>[]> {
  const request = { query: { ticker, limit: 1000 }, row, feature: `${kind} of stocks (any Stocks plan)` };
  try {
    return (await readPages(client, session, { ...request, path: `/stocks/v1/${kind}` })).rows;
  } catch (error) {
    if (!isRefusal(error, "not_found")) throw error;
    return (await readPages(client, session, { ...request, path: `/v3/reference/${kind}` })).rows;
  }
}
