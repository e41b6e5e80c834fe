import type { AnswerOf } from "../../data/ask.ts";
import type { ResultRow } from "../../ui/results/result-row.ts";

export type Report = AnswerOf<"GET /leaderboard/{row_id}/report">;

/** A row with the letter that stands for it in every picture, and its report once it was worked out. */
export interface Compared {
  readonly letter: string;
  readonly row: ResultRow;
  readonly report: Report | undefined;
}
