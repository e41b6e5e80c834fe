import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import { parseDate } from "#lib/core/time.ts";
import type { OtherSeries } from "#lib/indicators/inputs.ts";
import { sharedPath } from "../../../support/shared-data.ts";
import { columnsOnDays } from "./day-bars.ts";
import { columnsOf, type Golden, quotes, reference, skender } from "./golden.ts";

const VIX = "data/daily_index/VIX_1d.csv";
const VIX3M = "data/daily_index/VIX3M_1d.csv";

export const regimeGolden: readonly Golden[] = [
  skender("trend_regime", "sma", skenderTrend, "the sign of close less their SMA 20 is compared"),
  { indicator: "vix_level", against: "Cboe's closes of January 2021", files: [VIX], check: cboeLevel },
  { indicator: "vix_delta", against: "Cboe's closes of January 2021", files: [VIX], check: cboeDelta },
  { indicator: "vix_term_slope", against: "Cboe's closes of January 2021", files: [VIX, VIX3M], check: cboeSlope },
];

function skenderTrend(): void {
  const { close } = quotes();
  const expected = reference("sma")["sma"]!.map((sma, i) => Math.sign(close[i]! - sma));
  expect(columnsOf({ name: "trend_regime", window: 20 }, quotes())["trend_regime_20"]).toEqual(expected);
  expect(new Set(expected.filter((value) => !Number.isNaN(value)))).toEqual(new Set([1, -1]));
}

/** Closes of an index, each published a quarter of an hour after the session's close. */
function indexOf(symbol: string, file: string): OtherSeries {
  const rows = readFileSync(sharedPath(file), "utf8").trim().split(/\r?\n/).slice(1);
  const dated = rows.map((row) => row.split(",")).filter(([date]) => date!.startsWith("2021-01") || date!.startsWith("2020-12"));
  const sessionDate = Float64Array.from(dated, ([date]) => parseDate(date!));
  const close = Float64Array.from(dated, (cells) => Number(cells[4]));
  const availableAt = sessionDate.map((date) => NYSE.closeOf(date) + 900_000);
  return { symbol, length: close.length, availableAt, sessionDate, open: close, high: close, low: close, close, volume: close };
}

const SESSIONS = [20210105, 20210106, 20210107, 20210108];
const vix = () => new Map([["VIX", indexOf("VIX", VIX)]]);

/** A row that ends at 16:00 has the close of the session before: 26.97, 25.34, 25.07, 22.37 from 01-04 on. */
function cboeLevel(): void {
  expect(columnsOnDays({ name: "vix_level" }, SESSIONS, { others: vix() })["vix_level"]).toEqual([26.97, 25.34, 25.07, 22.37]);
}

function cboeDelta(): void {
  const [, second, third, fourth] = columnsOnDays({ name: "vix_delta" }, SESSIONS, { others: vix() })["vix_delta_1"]!;
  expect(second).toBeCloseTo(25.34 - 26.97, 10);
  expect(third).toBeCloseTo(25.07 - 25.34, 10);
  expect(fourth).toBeCloseTo(22.37 - 25.07, 10);
}

function cboeSlope(): void {
  const vix3m = indexOf("VIX3M", VIX3M);
  const others = new Map([...vix(), ["VIX3M", vix3m]]);
  const slope = columnsOnDays({ name: "vix_term_slope" }, SESSIONS, { others })["vix_term_slope_vix_vix3m"]!;
  expect(slope[3]).toBeCloseTo(vix3m.close[vix3m.sessionDate.indexOf(20210107)]! / 22.37 - 1, 12);
}
