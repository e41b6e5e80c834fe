import { formatDate, sessionDateOf } from "../../core/time.ts";
import { type Check, percent, verdict } from "./verdict.ts";

/** Smaller actions, dividends above all, cannot be told from a price that moved. */
const LEAST_ACTION = Math.log(1.25);
/** Share of the large actions that a price may sleep through before it is plain that it was adjusted for them. */
const MOST_WITHOUT_STEP = 0.5;

/**
 * Raw prices take a step when a split does: price x factor goes on. A series whose prices take none was adjusted by whoever supplied
 * it, so its early prices know its late splits, and the factor adjusts it once more.
 */
export const adjustedTwice: Check = ({ data }) => {
  const { bars } = data.series;
  let actions = 0;
  const stepless: number[] = [];
  for (let i = 1; i < bars.length; i++) {
    const action = Math.log(bars.factor[i]! / bars.factor[i - 1]!);
    if (!(Math.abs(action) > LEAST_ACTION)) continue;
    const move = Math.log(bars.open[i]! / bars.close[i - 1]!);
    if (Number.isNaN(move)) continue;
    actions += 1;
    if (Math.abs(move) < Math.abs(move + action)) stepless.push(i);
  }
  const numbers = { actions, without_step: stepless.length };
  if (stepless.length === 0) return verdict("adjusted_twice", "ok", "Raw prices take the step of every large split.", numbers);
  const dates = stepless.map((row) => formatDate(sessionDateOf(bars.start[row]!)));
  const summary =
    `${percent(stepless.length / actions)} of the large splits (first on ${dates[0]}) leave the prices where they were: these are not the prices ` +
    "that were traded, but prices adjusted for splits that came later. Supply raw prices, or leave the factors out.";
  return verdict("adjusted_twice", stepless.length > MOST_WITHOUT_STEP * actions ? "fail" : "warn", summary, numbers, dates);
};
