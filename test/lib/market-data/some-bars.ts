import fc from "fast-check";
import { type Bars, CADENCES, type Cadence } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { barEndOf, barStartsOf } from "#lib/core/session.ts";

/** The first bars of a cadence from a session on, with simple prices around 100. */
export function someBars(count: number, options: { cadence?: Cadence; from?: number; symbol?: string } = {}): Bars {
  const { cadence = "daily", from = 20240701, symbol = "TEST" } = options;
  const starts: number[] = [];
  for (let date = from; starts.length < count; date = NYSE.nextSession(date)) starts.push(...barStartsOf(date, cadence));
  const start = Float64Array.from(starts.slice(0, count));
  const column = (of: (row: number) => number): Float64Array => Float64Array.from({ length: count }, (_, row) => of(row));
  return {
    symbol,
    cadence,
    length: count,
    start,
    end: start.map((ms) => barEndOf(ms, cadence)),
    open: column((row) => 100 + row),
    high: column((row) => 101.5 + row),
    low: column((row) => 99.25 + row),
    close: column((row) => 101 + row),
    volume: column((row) => 1000 * (row + 1)),
    factor: column(() => 1),
  };
}

/** The same rows as an external series, published 15 minutes after each bar's end. */
export const publishedLate = (bars: Bars): Bars => ({ ...bars, availableAt: bars.end.map((end) => end + 15 * 60_000) });

/** Bars with any sound numbers, any cadence, anywhere in the calendar; some sessions may be missing. */
export const anyBars: fc.Arbitrary<Bars> = fc
  .record({
    cadence: fc.constantFrom(...CADENCES),
    first: fc.integer({ min: 0, max: NYSE.sessionCount - 60 }),
    rows: fc.array(
      fc.record({
        low: fc.double({ min: 1e-4, max: 1e6, noNaN: true }),
        parts: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
        spread: fc.double({ min: 0, max: 1e3, noNaN: true }),
        volume: fc.oneof(fc.nat(), fc.constant(Number.NaN)),
        factor: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      }),
      { minLength: 1, maxLength: 60 },
    ),
  })
  .map(({ cadence, first, rows }) => {
    const bars = someBars(rows.length, { cadence, from: NYSE.sessionAt(first) });
    for (const [row, { low, parts, spread, volume, factor }] of rows.entries()) {
      const high = low + spread;
      bars.low[row] = low;
      bars.high[row] = high;
      bars.open[row] = Math.min(low + parts[0] * spread, high);
      bars.close[row] = Math.min(low + parts[1] * spread, high);
      bars.volume[row] = volume;
      bars.factor[row] = factor;
    }
    return bars;
  });

/** Bars as a CSV file with absolute stamps. */
export function printCsv(bars: Bars): string {
  const cell = (value: number): string => (Number.isNaN(value) ? "" : String(value));
  const lines = Array.from({ length: bars.length }, (_, row) =>
    [
      new Date(bars.start[row]!).toISOString(),
      ...(["open", "high", "low", "close", "volume", "factor"] as const).map((name) => cell(bars[name][row]!)),
    ].join(","),
  );
  return ["ts,open,high,low,close,volume,factor", ...lines, ""].join("\n");
}
