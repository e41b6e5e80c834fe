import type { AnswerOf, RowOf } from "../../data/ask.ts";

export type Report = AnswerOf<"GET /leaderboard/{row_id}/report">;
export type Trade = RowOf<"GET /leaderboard/{row_id}/trades">;
export type ReportTab = "summary" | "trades" | "price" | "model";

/** What the address of a report holds. */
export interface ReportSearch {
  readonly tab?: ReportTab;
  readonly sort?: string;
  /** Number of the trade that the prices are shown around. */
  readonly trade?: string;
  /** Number of the test block whose prices are shown. */
  readonly fold?: string;
}

/** An address holds no key without a value. */
export const withChange = (before: object, change: object): object =>
  Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined));

/** How a trade ended, in words. */
export const EXIT_NAMES: Readonly<Record<string, string>> = {
  label_end: "At the label's end",
  stop: "Stop",
  target: "Target",
  time_stop: "Time stop",
  end_of_data: "End of the data",
  opposite_signal: "Opposite signal",
  expiry: "Expiry",
  delisted: "Delisted",
};
