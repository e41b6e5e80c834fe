import { parseOccSymbol } from "../../../core/occ-symbol.ts";
import type { OptionRight } from "../../../core/option-data.ts";
import { type DateNumber, formatDate, parseDate } from "../../../core/time.ts";
import type { HttpClient, HttpSession } from "../http-client.ts";
import { readPages } from "./polygon-pages.ts";
import { ContractSchema } from "./polygon-shapes.ts";
import { type PolygonTicker, referenceTicker } from "./polygon-ticker.ts";

export interface ListedContract {
  readonly ticker: string;
  readonly expiry: DateNumber;
  readonly strike: number;
  readonly right: OptionRight;
}

/**
 * The standard contracts of an underlying as they were listed on a date, ordered by expiry, strike, right (puts first). Contracts that
 * deliver anything but 100 shares are left out.
 *
 * @param expiries - first and last expiry, both included
 */
export async function readContracts(
  client: HttpClient,
  session: HttpSession,
  underlying: PolygonTicker,
  asOf: DateNumber,
  expiries: { readonly first: DateNumber; readonly last: DateNumber },
): Promise<ListedContract[]> {
  const { rows } = await readPages(client, session, {
    path: "/v3/reference/options/contracts",
    query: {
      underlying_ticker: referenceTicker(underlying),
      "expiration_date.gte": formatDate(expiries.first),
      "expiration_date.lte": formatDate(expiries.last),
      // As listed on that date: contracts that have expired since are in, those listed later are not.
      as_of: formatDate(asOf),
      limit: 1000,
    },
    row: ContractSchema,
    feature: "the list of option contracts (any Options plan)",
  });
  const contracts = rows.flatMap(
    ({ ticker, contract_type, expiration_date, strike_price, shares_per_contract, additional_underlyings }) => {
      const standard = shares_per_contract === 100 && (additional_underlyings ?? []).length === 0;
      return standard ? contractOf({ ticker, contract_type, expiration_date, strike_price }) : [];
    },
  );
  return oneRootEach(contracts);
}

/** @returns nothing for what is neither a call nor a put */
export function contractOf(details: {
  readonly ticker: string;
  readonly contract_type: string;
  readonly expiration_date: string;
  readonly strike_price: number;
}): readonly ListedContract[] {
  const right = details.contract_type === "call" ? 1 : details.contract_type === "put" ? -1 : undefined;
  if (right === undefined) return [];
  return [{ ticker: details.ticker, expiry: parseDate(details.expiration_date, "expiration_date"), strike: details.strike_price, right }];
}

/**
 * One contract for each expiry, strike and right. On the day when monthly index options end, both their own root (settled
 * at the open) and the weekly one (`SPXW`, settled at the close) are listed: the longer root, which trades to the close, stays.
 */
export function oneRootEach<T extends ListedContract>(contracts: readonly T[]): T[] {
  const rootLength = ({ ticker }: T): number => parseOccSymbol(ticker)?.root.length ?? 0;
  const sorted = contracts.toSorted(
    (a, b) => a.expiry - b.expiry || a.strike - b.strike || a.right - b.right || rootLength(b) - rootLength(a),
  );
  return sorted.filter((one, i) => {
    const before = sorted[i - 1];
    return before === undefined || before.expiry !== one.expiry || before.strike !== one.strike || before.right !== one.right;
  });
}
