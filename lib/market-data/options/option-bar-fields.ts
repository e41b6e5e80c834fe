import { BAR_FIELDS } from "../bar-source.ts";
import type { FieldSpec, FieldSpecs } from "../source/source-table.ts";
import { CONTRACT_FIELDS, type ContractField } from "./contract-fields.ts";

export const OPTION_BAR_NUMBERS = ["open", "high", "low", "close", "volume", "vwap"] as const;
export type OptionBarField = ContractField | "ts" | (typeof OPTION_BAR_NUMBERS)[number];

const { ts, open, high, low, close, volume } = BAR_FIELDS;
const vwap: FieldSpec = { kind: "number", required: false, mayBeEmpty: true, usualNames: ["vwap", "vw"] };

/** The columns of a file of option minute bars: one row a contract and minute. */
export const OPTION_BAR_FIELDS: FieldSpecs<OptionBarField> = {
  ...CONTRACT_FIELDS,
  contract: { ...CONTRACT_FIELDS.contract, usualNames: [...CONTRACT_FIELDS.contract.usualNames, "ticker"] },
  ts,
  open,
  high,
  low,
  close,
  volume: { ...volume, required: true },
  vwap,
};
