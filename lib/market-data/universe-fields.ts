import type { FieldSpecs } from "./source/source-table.ts";

export type UniverseField = "symbol" | "from" | "to" | "delisting_return";

/** The columns of a file of a universe's members. */
export const UNIVERSE_FIELDS: FieldSpecs<UniverseField> = {
  symbol: { kind: "text", required: true, mayBeEmpty: false, usualNames: ["symbol", "ticker"] },
  from: { kind: "time", required: false, mayBeEmpty: true, usualNames: ["from", "start", "start_date", "added"] },
  to: { kind: "time", required: false, mayBeEmpty: true, usualNames: ["to", "end", "end_date", "removed"] },
  delisting_return: { kind: "number", required: false, mayBeEmpty: true, usualNames: ["delisting_return"] },
};
