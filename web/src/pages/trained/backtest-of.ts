import type { RowOf } from "../../data/ask.ts";
import { numberAt } from "../../words/gate.ts";

/** A number of the backtest that a trained model's row came from; null for a baseline, which has none. */
export const backtestOf = ({ summary }: Pick<RowOf<"GET /trained_models">, "summary">, key: string): number | null =>
  numberAt(summary, `backtest.${key}`);
