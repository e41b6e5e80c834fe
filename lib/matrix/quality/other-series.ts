import type { Bars } from "../../core/bars.ts";
import type { MatrixData } from "../matrix-data.ts";
import { type Check, grade, percent, verdict, worse } from "./verdict.ts";

const SPARSE = 0.2;
const EQUAL_CLOSES = 3;

/** The series that indicators read beside the own bars: unknown closes, opens outside the bar's range, closes that repeat. */
export const otherSeriesCheck: Check = ({ data }) => {
  const series = [...data.others.map(({ bars }) => bars), ...membersOf(data)];
  if (series.length === 0) return verdict("other_series", "ok", "The matrix reads no other series.");
  const found = series.map((bars) => ({ symbol: bars.symbol, ...faultsOf(bars) }));
  const status = found.reduce<"ok" | "warn" | "fail">(
    (worst, { unknown, outside, repeated }) => worse(worst, worse(grade(unknown, 0, SPARSE), outside + repeated > 0 ? "warn" : "ok")),
    "ok",
  );
  const numbers = Object.fromEntries(
    found.flatMap(({ symbol, unknown, outside, repeated, unknownOpens }) => [
      [`${symbol}_unknown_closes`, unknown],
      [`${symbol}_unknown_opens`, unknownOpens],
      [`${symbol}_outside_range`, outside],
      [`${symbol}_repeated_closes`, repeated],
    ]),
  );
  if (status === "ok") return verdict("other_series", "ok", "The other series are complete and consistent.", numbers);
  const bad = found.filter(({ unknown, outside, repeated }) => unknown + outside + repeated > 0);
  const texts = bad.map(
    ({ symbol, unknown, outside, repeated }) =>
      `${symbol}: ${percent(unknown)} of closes unknown, "${outside}" bars outside their range, "${repeated}" repeated closes`,
  );
  return verdict(
    "other_series",
    status,
    `${texts.slice(0, 3).join("; ")}. Check these series.`,
    numbers,
    bad.map(({ symbol }) => symbol),
  );
};

const membersOf = ({ universe, series }: MatrixData): Bars[] =>
  (universe ?? []).map((member) => member.series.bars).filter((bars) => bars.symbol !== series.bars.symbol);

function faultsOf({ length, open, high, low, close }: Bars) {
  let [unknown, unknownOpens, outside, repeated, run] = [0, 0, 0, 0, 1];
  for (let i = 0; i < length; i++) {
    if (Number.isNaN(close[i]!)) unknown += 1;
    if (Number.isNaN(open[i]!)) unknownOpens += 1;
    if (close[i]! > high[i]! || close[i]! < low[i]! || open[i]! > high[i]! || open[i]! < low[i]!) outside += 1;
    run = i > 0 && close[i] === close[i - 1] ? run + 1 : 1;
    if (run === EQUAL_CLOSES) repeated += EQUAL_CLOSES;
    else if (run > EQUAL_CLOSES) repeated += 1;
  }
  const share = (count: number): number => (length === 0 ? 1 : count / length);
  return { unknown: share(unknown), unknownOpens: share(unknownOpens), outside, repeated };
}
