import type { FieldSpec, FieldSpecs } from "../source/source-table.ts";
import { CONTRACT_FIELDS, type ContractField } from "./contract-fields.ts";

const number = (...usualNames: string[]): FieldSpec => ({ kind: "number", required: false, mayBeEmpty: true, usualNames });
const time = (...usualNames: string[]): FieldSpec => ({ kind: "time", required: false, mayBeEmpty: false, usualNames });

/** What a chain's rows say of their contracts, beside which they are. */
export const CHAIN_NUMBERS = ["bid", "ask", "last", "volume", "open_interest", "iv", "delta", "gamma", "theta", "vega"] as const;
export type ChainNumber = (typeof CHAIN_NUMBERS)[number];
export type ChainField = ContractField | ChainNumber | "date" | "known_at" | "underlying_price";

/** The columns of a file of option chains: one row a contract and snapshot. */
export const CHAIN_FIELDS: FieldSpecs<ChainField> = {
  date: time("date", "session_date", "quote_date", "trade_date", "file_date"),
  known_at: time("known_at"),
  ...CONTRACT_FIELDS,
  underlying_price: number("underlying_price", "underlying_close", "underlying_last", "spot"),
  bid: number("bid", "bid_price"),
  ask: number("ask", "ask_price"),
  last: number("last", "last_price"),
  volume: number("volume", "total_volume"),
  open_interest: number("open_interest", "openinterest", "oi"),
  iv: number("iv", "implied_volatility", "impl_volatility"),
  delta: number("delta"),
  gamma: number("gamma"),
  theta: number("theta"),
  vega: number("vega"),
};
