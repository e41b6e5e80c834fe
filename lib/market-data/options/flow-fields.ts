import type { FieldSpec, FieldSpecs } from "../source/source-table.ts";

/** What was traded in a cell: column of the file, then our column. */
export const FLOW_NUMBERS = {
  calls_volume: "callVolume",
  puts_volume: "putVolume",
  calls_premium_usd: "callPremium",
  puts_premium_usd: "putPremium",
  calls_bought: "callBought",
  calls_sold: "callSold",
  puts_bought: "putBought",
  puts_sold: "putSold",
  calls_bought_premium_usd: "callBoughtPremium",
  puts_bought_premium_usd: "putBoughtPremium",
  calls_sold_premium_usd: "callSoldPremium",
  puts_sold_premium_usd: "putSoldPremium",
} as const;
export type FlowNumber = keyof typeof FLOW_NUMBERS;
export type FlowField = FlowNumber | "ts" | "date" | "hour_et" | "strike" | "distance" | "prev_close";

const time = (...usualNames: string[]): FieldSpec => ({ kind: "time", required: false, mayBeEmpty: false, usualNames });
const place = (...usualNames: string[]): FieldSpec => ({ kind: "number", required: false, mayBeEmpty: false, usualNames });
const traded = (required: boolean, usualName: string): FieldSpec => ({
  kind: "number",
  required,
  mayBeEmpty: true,
  usualNames: [usualName],
});

/**
 * The columns of a file of same-day option flow: one row a bar and strike. The bar is given by its time, or by date and New York
 * hour; the strike by itself, or by its distance from the anchor, which the previous close rounds to.
 */
export const FLOW_FIELDS: FieldSpecs<FlowField> = {
  ts: time("ts", "timestamp", "bar_start"),
  date: time("session_date", "date"),
  hour_et: place("hour_et"),
  strike: place("strike"),
  distance: place("distance"),
  prev_close: place("prev_close", "previous_close"),
  calls_volume: traded(true, "calls_volume"),
  puts_volume: traded(true, "puts_volume"),
  calls_premium_usd: traded(false, "calls_premium_usd"),
  puts_premium_usd: traded(false, "puts_premium_usd"),
  calls_bought: traded(false, "calls_bought"),
  calls_sold: traded(false, "calls_sold"),
  puts_bought: traded(false, "puts_bought"),
  puts_sold: traded(false, "puts_sold"),
  calls_bought_premium_usd: traded(false, "calls_bought_premium_usd"),
  puts_bought_premium_usd: traded(false, "puts_bought_premium_usd"),
  calls_sold_premium_usd: traded(false, "calls_sold_premium_usd"),
  puts_sold_premium_usd: traded(false, "puts_sold_premium_usd"),
};
