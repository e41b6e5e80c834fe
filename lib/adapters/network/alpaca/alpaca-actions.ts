import { dateOfDayNumber, dayNumberOf, formatDate, parseDate, sessionDateOf } from "../../../core/time.ts";
import type { CorporateAction } from "../../../market-data/actions.ts";
import type { ActionHistory } from "../../../market-data/history-source.ts";
import type { HttpClient } from "../http-client.ts";
import { forEachPage } from "./alpaca-pages.ts";
import { type CorporateActions, CorporateActionsSchema } from "./alpaca-shapes.ts";

const TYPES = ["forward_split", "reverse_split", "stock_dividend", "cash_dividend", "spin_off", "rights_distribution"];
/** Announced actions are asked for as well, so that they are there on their day. */
const AHEAD_DAYS = 90;

/** All corporate actions of a share that the vendor knows. What a spin-off or a right is worth is not known. */
export async function alpacaActions(client: HttpClient, symbol: string, since: number): Promise<ActionHistory> {
  const today = sessionDateOf(client.clock.now());
  const actions: CorporateAction[] = [];
  const request = {
    provider: client.provider,
    path: "/v1/corporate-actions",
    query: {
      symbols: symbol,
      types: TYPES.join(","),
      start: formatDate(since),
      end: formatDate(dateOfDayNumber(dayNumberOf(today) + AHEAD_DAYS)),
      limit: 1000,
      sort: "asc",
    },
    row: CorporateActionsSchema,
    feature: "corporate actions (any plan)",
  };
  await forEachPage(client.open(), request, (page) => actions.push(...actionsOf(page.corporate_actions)));
  return { actions, dividendsKnown: true };
}

function actionsOf(given: CorporateActions): CorporateAction[] {
  const exDate = (one: { readonly ex_date: string }): number => parseDate(one.ex_date, "ex_date");
  const splits = [...(given.forward_splits ?? []), ...(given.reverse_splits ?? [])];
  return [
    ...splits.map((one) => ({ exDate: exDate(one), split: one.new_rate / one.old_rate, cash: 0 })),
    ...(given.stock_dividends ?? []).map((one) => ({ exDate: exDate(one), split: 1 + one.rate, cash: 0 })),
    ...(given.cash_dividends ?? []).map((one) => ({ exDate: exDate(one), split: 1, cash: one.rate })),
    ...[...(given.spin_offs ?? []), ...(given.rights_distributions ?? [])].map((one) => ({
      exDate: exDate(one),
      split: 1,
      cash: Number.NaN,
    })),
  ];
}
