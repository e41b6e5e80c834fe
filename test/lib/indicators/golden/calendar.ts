import { expect } from "vitest";
import type { Cadence } from "#lib/core/bars.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { barEndOf, barStartsOf } from "#lib/core/session.ts";
import { barsPerYearOf, createIndicatorInputs } from "#lib/indicators/inputs.ts";
import { computePlan, planIndicators } from "#lib/indicators/plan.ts";
import type { Golden } from "./golden.ts";

const SECTION = "statistics.md, section 14";

export const calendarGolden: readonly Golden[] = [
  { indicator: "calendar_flags", against: `${SECTION}: monthly expirations of 2026`, check: expirations2026 },
  { indicator: "calendar_flags", against: `${SECTION}: expirations that a holiday moved, inside the calendar`, check: movedExpirations },
  { indicator: "calendar_flags", against: `${SECTION}: quarterly expirations`, check: tripleWitching },
  { indicator: "calendar_flags", against: `${SECTION}: month ends of 2026`, check: monthEnds2026 },
  { indicator: "calendar_flags", against: `${SECTION}: holidays of 2026`, check: holidayEves2026 },
  { indicator: "days_to_opex", against: `${SECTION}: monthly expirations of 2026`, check: daysToOpex2026 },
  { indicator: "minutes_to_close", against: `${SECTION}: early closes of 2024 to 2027`, check: earlyCloses },
];

/** Columns of one indicator at every bar of a span of years. */
function overYears(
  indicator: string,
  firstYear: number,
  lastYear: number,
  cadence: Cadence,
): { date: number; columns: Record<string, number> }[] {
  const dates = NYSE.sessionsBetween(firstYear * 10_000 + 101, (lastYear + 1) * 10_000 + 101);
  const bars = dates.flatMap((date) => barStartsOf(date, cadence).map((start) => ({ date, start, end: barEndOf(start, cadence) })));
  const prices = () => new Float64Array(bars.length).fill(100);
  const inputs = createIndicatorInputs({
    length: bars.length,
    open: prices(),
    high: prices(),
    low: prices(),
    close: prices(),
    volume: prices(),
    sessionDate: Float64Array.from(bars, ({ date }) => date),
    barStart: Float64Array.from(bars, ({ start }) => start),
    barEnd: Float64Array.from(bars, ({ end }) => end),
    scale: new Float64Array(bars.length).fill(1),
    barsPerYear: barsPerYearOf(cadence),
  });
  const plan = planIndicators([{ name: indicator }]);
  const computed = computePlan(plan, inputs);
  return bars.map(({ date }, i) => ({ date, columns: Object.fromEntries(plan.columns.map(({ name }, c) => [name, computed[c]![i]!])) }));
}

const flagged = (flag: string, firstYear: number, lastYear: number): number[] =>
  overYears("calendar_flags", firstYear, lastYear, "daily")
    .filter(({ columns }) => columns[`cal_${flag}`] === 1)
    .map(({ date }) => date);

const OPEX_2026 = [20260116, 20260220, 20260320, 20260417, 20260515, 20260618, 20260717, 20260821, 20260918, 20261016, 20261120, 20261218];

function expirations2026(): void {
  expect(flagged("opex_day", 2026, 2026)).toEqual(OPEX_2026);
}

function movedExpirations(): void {
  const moved = flagged("opex_day", 2014, 2030).filter((date) => new Date(NYSE.openOf(date)).getUTCDay() !== 5);
  expect(moved).toEqual([20140417, 20190418, 20220414, 20250417, 20260618, 20270617, 20300418]);
}

function tripleWitching(): void {
  expect(flagged("triple_witching", 2026, 2026)).toEqual([20260320, 20260618, 20260918, 20261218]);
}

function monthEnds2026(): void {
  const ends = [130, 227, 331, 430, 529, 630, 731, 831, 930, 1030, 1130, 1231].map((day) => 20260000 + day);
  expect(flagged("month_end", 2026, 2026)).toEqual(ends);
  expect(flagged("quarter_end", 2026, 2026)).toEqual([20260331, 20260630, 20260930, 20261231]);
}

function holidayEves2026(): void {
  // The sessions before 01-19, 02-16, 04-03, 05-25, 06-19, 07-03, 09-07, 11-26, 12-25 and 2027-01-01.
  const eves = [116, 213, 402, 522, 618, 702, 904, 1125, 1224, 1231].map((day) => 20260000 + day);
  expect(flagged("holiday_eve", 2026, 2026)).toEqual(eves);
}

function daysToOpex2026(): void {
  const rows = overYears("days_to_opex", 2026, 2026, "daily");
  const days = new Map(rows.map(({ date, columns }) => [date, columns["days_to_opex"]]));
  expect([...days].filter(([, left]) => left === 0).map(([date]) => date)).toEqual(OPEX_2026);
  // Monday to Thursday of the June week, then the 19 weekdays after 06-22 up to 07-17, of which 07-03 is closed.
  expect([20260615, 20260616, 20260617, 20260618, 20260622].map((date) => days.get(date))).toEqual([3, 2, 1, 0, 18]);
}

function earlyCloses(): void {
  const left = new Map<number, number[]>();
  for (const { date, columns } of overYears("minutes_to_close", 2024, 2027, "hourly"))
    left.set(date, [...(left.get(date) ?? []), columns["minutes_to_close"]!]);
  const early = [20240703, 20241129, 20241224, 20250703, 20251128, 20251224, 20261127, 20261224, 20271126];
  for (const [date, minutes] of left)
    expect(minutes, String(date)).toEqual(early.includes(date) ? [180, 120, 60, 0] : [360, 300, 240, 180, 120, 60, 0]);
  expect(early.every((date) => left.has(date))).toBe(true);
}
