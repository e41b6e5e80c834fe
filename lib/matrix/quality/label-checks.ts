import type { Matrix } from "../matrix.ts";
import type { HourCoverage, LabelBalance } from "./quality.schema.ts";
import { type Check, percent, verdict } from "./verdict.ts";

const RARE_CLASS = 0.05;
/** An hour with less than this share of the busiest hour's rows is thin. Half days cost the last hours about 3 %. */
const THIN_HOUR = 0.5;

/** Rows and share of each class, in class order; empty for a regression. A share is null while there is no label at all. */
export function labelBalance({ y, info }: Matrix): LabelBalance {
  if (info.classes.length === 0) return [];
  const counts = new Map(info.classes.map((value) => [value, 0]));
  let total = 0;
  for (const value of y) {
    if (Number.isNaN(value)) continue;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    total += 1;
  }
  return [...counts].sort(([a], [b]) => a - b).map(([value, rows]) => ({ value, rows, share: total === 0 ? null : rows / total }));
}

/** Rows, and rows with a label, for each New York hour. */
export function coverageByHour({ rows, hourEt, y }: Matrix): HourCoverage {
  const hours = new Map<number, { rows: number; labelled: number }>();
  for (let i = 0; i < rows; i++) {
    const entry = hours.get(hourEt[i]!) ?? { rows: 0, labelled: 0 };
    entry.rows += 1;
    if (!Number.isNaN(y[i]!)) entry.labelled += 1;
    hours.set(hourEt[i]!, entry);
  }
  return [...hours].sort(([a], [b]) => a - b).map(([hour, counts]) => ({ hour, ...counts }));
}

/** Nothing can be learned from one class; a rare class is hard to learn. */
export const labelBalanceCheck: Check = ({ matrix }) => {
  if (matrix.info.classes.length === 0) return regressionCheck(matrix.y);
  const balance = labelBalance(matrix);
  const labelled = balance.reduce((sum, { rows }) => sum + rows, 0);
  const numbers = { labelled, ...Object.fromEntries(balance.map(({ value, rows }) => [`class_${value}`, rows])) };
  if (labelled === 0) {
    const why = "No row has a label: the window is shorter than the label's horizon, or no label may cross the session's close";
    return verdict("label_balance", "fail", `${why}. Lengthen the window or shorten the horizon.`, numbers);
  }
  const present = balance.filter(({ rows }) => rows > 0);
  if (present.length === 1) {
    const summary = `SINGLE_CLASS: all "${labelled}" labels are "${present[0]!.value}". Change the band or the window.`;
    return verdict("label_balance", "fail", summary, numbers, [String(present[0]!.value)]);
  }
  const rare = balance.filter(({ share }) => share !== null && share < RARE_CLASS);
  const shares = balance.map(({ value, share }) => `${value}: ${percent(share ?? 0)}`).join(", ");
  if (rare.length === 0) return verdict("label_balance", "ok", `Classes are ${shares}.`, numbers);
  const summary = `Classes are ${shares}; below ${percent(RARE_CLASS)} a class is hard to learn. Change the band.`;
  return verdict(
    "label_balance",
    "warn",
    summary,
    numbers,
    rare.map(({ value }) => String(value)),
  );
};

/** A regression needs targets that differ. */
function regressionCheck(y: Float64Array): ReturnType<Check> {
  const known = y.filter((value) => !Number.isNaN(value));
  const numbers = { labelled: known.length };
  if (known.length === 0)
    return verdict("label_balance", "fail", "No row has a label. Lengthen the window or shorten the horizon.", numbers);
  if (known.every((value) => value === known[0]))
    return verdict("label_balance", "fail", `All "${known.length}" returns are equal. Check the prices.`, numbers);
  return verdict("label_balance", "ok", `"${known.length}" rows have a return to learn.`, numbers);
}

/** Hours with far fewer rows than others: the data has holes there, or bars of other hours strayed in. */
export const coverageByHourCheck: Check = ({ matrix }) => {
  const coverage = coverageByHour(matrix);
  const busiest = Math.max(...coverage.map(({ rows }) => rows));
  const thin = coverage.filter(({ rows }) => rows < THIN_HOUR * busiest);
  const numbers = {
    hours: coverage.length,
    busiest_rows: busiest,
    ...Object.fromEntries(coverage.map(({ hour, rows }) => [`hour_${hour}`, rows])),
  };
  if (thin.length === 0) return verdict("coverage_by_hour", "ok", "All hours are covered alike.", numbers);
  const names = thin.map(({ hour }) => String(hour));
  const summary = `The hours ${names.join(", ")} have less than half the rows of the busiest hour. Check the data's hours.`;
  return verdict("coverage_by_hour", "warn", summary, numbers, names);
};
