import { niceTicks, signed } from "./draw.ts";
import { pathPoints, timeTicks } from "./series.ts";
import { picture, polyline, stroke, word } from "./themed.ts";

export interface RollingSharpeChart {
  readonly dates: readonly string[];
  /** Annual Sharpe ratio of the window that ends with each session; NaN = undefined. */
  readonly values: readonly number[];
  readonly windowSessions: number;
  /** Over all sessions; null = undefined. */
  readonly overall: number | null;
}

/** How the Sharpe ratio of a moving window went, with a line for all sessions, for a page. */
export function rollingSharpeChart({ dates, values, windowSessions, overall }: RollingSharpeChart, width: number): string {
  const narrow = width < 600;
  const [left, right, top, bottom] = [44, width - (narrow ? 74 : 104), 26, narrow ? 150 : 190];
  const heading = {
    width,
    height: bottom + 26,
    title: `Rolling Sharpe ratio over ${windowSessions} sessions`,
    description: `Annual Sharpe ratio of the ${windowSessions} sessions before each session.`,
  };
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0)
    return picture(heading, [
      word(width / 2, (top + bottom) / 2, `n/a: it takes ${windowSessions} sessions with returns.`, "muted", "middle"),
    ]);
  const all = [...known, overall ?? 0, 0];
  const low = all.reduce((a, b) => Math.min(a, b));
  const high = all.reduce((a, b) => Math.max(a, b));
  const ticks = niceTicks(low, Math.max(high, low + 0.5), 4);
  const [from, to] = [ticks[0]!, ticks.at(-1)!];
  const x = (session: number): number => left + ((right - left) * session) / Math.max(1, dates.length - 1);
  const y = (value: number): number => bottom - ((bottom - top) * (value - from)) / (to - from);
  const digits = ticks.some((tick) => !Number.isInteger(tick)) ? 1 : 0;
  const last = known.at(-1)!;
  return picture(heading, [
    word(left, top - 12, "Sharpe ratio, annual, net daily returns", "muted"),
    ...timeTicks(dates, narrow ? 5 : 12).flatMap(({ at, label }) => [
      stroke(x(at), top, x(at), bottom, "grid"),
      word(x(at), bottom + 18, label, "axis", "middle"),
    ]),
    ...ticks.flatMap((tick) => [
      stroke(left, y(tick), right, y(tick), tick === 0 ? "axis" : "grid"),
      word(left - 6, y(tick) + 4, signed(tick, digits), "axis", "end"),
    ]),
    ...runsOf(values).map(({ start, part }) =>
      polyline(
        pathPoints(part, (i) => x(start + i), y),
        "strategy",
      ),
    ),
    ...(overall === null
      ? []
      : [
          stroke(left, y(overall), right, y(overall), "mark"),
          word(right + 8, y(overall) - 2, "All sessions", "muted"),
          word(right + 8, y(overall) + 12, signed(overall, 2), "strong"),
        ]),
    ...(overall !== null && Math.abs(y(last) - y(overall)) < 34 ? [] : [word(right + 8, y(last) + 4, signed(last, 2), "gain")]),
  ]);
}

/** Stretches of known values: a line does not cross a gap. */
function runsOf(values: readonly number[]): { readonly start: number; readonly part: readonly number[] }[] {
  const runs: { start: number; part: number[] }[] = [];
  let open = false;
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value)) open = false;
    else if (open) runs.at(-1)!.part.push(value);
    else {
      runs.push({ start: i, part: [value] });
      open = true;
    }
  }
  return runs;
}
