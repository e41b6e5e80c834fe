import { contractInWords } from "../../words/contract.ts";
import { formatDate, formatMoment, formatNumber } from "../../words/format.ts";
import { EXIT_NAMES, type Trade } from "./report.ts";

const price = (value: number): string => `$${formatNumber(value, "price")}`;

/** A trade in one or two sentences. Bars of a day have no time of day; of an option both the premium and the underlying are said. */
export function tradeInWords(trade: Trade, cadence: string): string {
  const { side, symbol, contract, entered_at, left_at, entry_price, exit_price, entry_fill, exit_fill, stop, target } = trade;
  const at = cadence === "daily" ? formatDate : formatMoment;
  const result = `Net return ${formatNumber(trade.net_return, "signed_share")}.`;
  if (contract !== null) {
    const end = trade.exit === "expiry" ? "worth" : "sold for";
    return `Bought ${contractInWords(contract)} for ${price(entry_fill)} a share, ${at(entered_at)}, ${symbol} at ${price(entry_price)}; ${end} ${price(exit_fill)} ${trade.exit === "expiry" ? "at its expiry" : `(${ended(trade)})`}, ${at(left_at)}, ${symbol} at ${price(exit_price)}. ${result}`;
  }
  const bracket = [...(stop === null ? [] : [`stop ${price(stop)}`]), ...(target === null ? [] : [`target ${price(target)}`])].join(", ");
  return `${side === "long" ? "Long" : "Short"} ${symbol} at ${price(entry_price)}, ${at(entered_at)}${bracket === "" ? "" : ` (${bracket})`}; left at ${price(exit_price)}, ${at(left_at)} (${ended(trade)}). ${result}`;
}

const ended = ({ exit, ambiguous }: Trade): string =>
  `${(EXIT_NAMES[exit] ?? exit).toLowerCase()}${ambiguous ? ", in a bar that met stop and target" : ""}`;
