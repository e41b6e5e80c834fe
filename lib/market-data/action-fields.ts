import type { FieldSpecs } from "./source/source-table.ts";

export type ActionField = "symbol" | "ex_date" | "kind" | "ratio" | "amount";

/** The columns of a file of corporate actions: one row an action. */
export const ACTION_FIELDS: FieldSpecs<ActionField> = {
  symbol: { kind: "text", required: false, mayBeEmpty: false, usualNames: ["symbol", "ticker"] },
  ex_date: { kind: "time", required: true, mayBeEmpty: false, usualNames: ["ex_date", "date"] },
  kind: { kind: "text", required: true, mayBeEmpty: false, usualNames: ["kind", "type", "action"] },
  ratio: { kind: "number", required: false, mayBeEmpty: true, usualNames: ["ratio", "split_ratio"] },
  amount: { kind: "number", required: false, mayBeEmpty: true, usualNames: ["amount", "cash", "dividend"] },
};
