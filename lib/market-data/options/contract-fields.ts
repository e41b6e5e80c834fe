import type { FieldSpec } from "../source/source-table.ts";

const field = (kind: FieldSpec["kind"], ...usualNames: string[]): FieldSpec => ({ kind, required: false, mayBeEmpty: false, usualNames });

/** The columns that say which contract a row is of: its symbol, or strike, expiry and right. */
export const CONTRACT_FIELDS = {
  contract: field("text", "contract", "contract_symbol", "option_symbol", "occ_symbol"),
  underlying: field("text", "underlying", "underlying_symbol"),
  strike: field("number", "strike", "strike_price"),
  expiry: field("time", "expiry", "expiration", "expiration_date", "exdate"),
  right: field("text", "right", "option_right", "option_type", "call_put", "cp_flag"),
} as const satisfies Record<string, FieldSpec>;

export type ContractField = keyof typeof CONTRACT_FIELDS;
