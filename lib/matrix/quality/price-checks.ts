import { adjustedClose, type Check, grade, percent, verdict } from "./verdict.ts";

/** Log return between two bars above which a price is suspect, by cadence. */
const EXTREME = { daily: Math.log(1.5), intraday: Math.log(1.25) };
/** No market moves by a factor of five between two bars: a wrong price, or a split that the data does not know. */
const IMPOSSIBLE = Math.log(5);

/** Prices must be positive, high not below low, open and close between them; extreme moves are counted. */
export const priceSanity: Check = ({ matrix }) => {
  const { rows, open, high, low, close, info } = matrix;
  const limit = info.cadence === "daily" ? EXTREME.daily : EXTREME.intraday;
  const count = { non_positive: 0, high_below_low: 0, outside_range: 0, extreme_moves: 0, impossible_moves: 0 };
  let largest = 0;
  let previous = Number.NaN;
  for (let i = 0; i < rows; i++) {
    if (open[i]! <= 0 || high[i]! <= 0 || low[i]! <= 0 || close[i]! <= 0) count.non_positive += 1;
    if (high[i]! < low[i]!) count.high_below_low += 1;
    else if (open[i]! > high[i]! || open[i]! < low[i]! || close[i]! > high[i]! || close[i]! < low[i]!) count.outside_range += 1;
    const price = adjustedClose(matrix, i);
    const move = Math.abs(Math.log(price / previous));
    if (move > IMPOSSIBLE) count.impossible_moves += 1;
    else if (move > limit) count.extreme_moves += 1;
    if (move > largest) largest = move;
    if (price > 0) previous = price;
  }
  const broken = count.non_positive + count.high_below_low + count.impossible_moves;
  const status = broken > 0 || count.outside_range > 0.01 * rows ? "fail" : count.outside_range + count.extreme_moves > 0 ? "warn" : "ok";
  const numbers = { rows, ...count, largest_move: Math.exp(largest) - 1 };
  if (status === "ok") return verdict("price_sanity", "ok", "Prices are positive, consistent and without extreme moves.", numbers);
  const found = [
    count.non_positive > 0 && `"${count.non_positive}" bars with a price of zero or less`,
    count.high_below_low > 0 && `"${count.high_below_low}" bars whose high is below their low`,
    count.outside_range > 0 && `"${count.outside_range}" bars whose open or close lies outside high and low`,
    count.impossible_moves > 0 && `"${count.impossible_moves}" moves by more than a factor of five`,
    count.extreme_moves > 0 && `"${count.extreme_moves}" moves above ${percent(Math.exp(limit) - 1)}`,
  ].filter((part) => part !== false);
  return verdict("price_sanity", status, `Found ${found.join(", ")}. Check these bars, and whether splits are missing.`, numbers);
};

/** Volume may be unknown or zero, never negative. */
export const nonNegativeVolume: Check = ({ matrix }) => {
  let negative = 0;
  for (const volume of matrix.volume) if (volume < 0) negative += 1;
  const numbers = { rows: matrix.rows, negative };
  if (negative === 0) return verdict("non_negative_volume", "ok", "No volume is negative.", numbers);
  return verdict("non_negative_volume", "fail", `"${negative}" bars have a negative volume. Correct them and import again.`, numbers);
};

/** A bar without a close has no label and leaves gaps in every window that holds it. */
export const missingCloses: Check = ({ matrix }) => {
  let missing = 0;
  for (const close of matrix.close) if (Number.isNaN(close)) missing += 1;
  const numbers = { rows: matrix.rows, missing };
  const status = grade(missing / matrix.rows, 0, 0.05);
  if (status === "ok") return verdict("missing_closes", "ok", "Every bar has a close.", numbers);
  return verdict(
    "missing_closes",
    status,
    `${percent(missing / matrix.rows)} of bars have no close; they have no label. Complete the data.`,
    numbers,
  );
};
