import * as z from "zod";
import type { IndicatorDefinition, IndicatorParams, IndicatorUnit } from "#lib/indicators/define-indicator.ts";
import { type Columns, changed, constantSeries, type Grid, inputsOf, randomWalk } from "./series.ts";

/**
 * What every indicator must obey. Each law returns the violations it finds, in words, so that a test can also show
 * that a bad definition is caught.
 */
export type Case = { readonly definition: IndicatorDefinition; readonly params: IndicatorParams; readonly grid: Grid };

/** Parameter sets derived from the schema alone: the defaults, smaller ones, and every minimum. */
export function paramSets(definition: IndicatorDefinition): IndicatorParams[] {
  const { properties = {} } = z.toJSONSchema(definition.params, { io: "input" }) as {
    properties?: Record<string, { type?: string; default?: unknown; minimum?: number; exclusiveMinimum?: number }>;
  };
  const variant = (whole: (start: number, least: number) => number) =>
    Object.fromEntries(
      Object.entries(properties).map(([name, { type, default: start, minimum = 0 }]) => {
        if (type === "integer") return [name, whole(start as number, minimum)];
        if (type === "boolean") return [name, !start];
        return [name, start];
      }),
    );
  const sets = [
    {},
    variant((start, least) => Math.max(least, Math.ceil(start / 3))),
    variant((_, least) => least),
    variant((start) => start + 4),
  ];
  const parsed = sets.map((set) => definition.params.parse(set) as IndicatorParams);
  return [...new Map(parsed.map((params) => [JSON.stringify(params), params])).values()];
}

/** Truncation: the value at t from the bars up to t is, to the bit, the one that the whole series gives (batch = live). */
export function truncationViolations({ definition, params }: Case, columns: Columns): string[] {
  const whole = definition.compute(inputsOf(columns), params);
  const found: string[] = [];
  for (let end = 1; end <= columns.close.length; end++) {
    const prefix = definition.compute(inputsOf(columns, 0, end), params);
    prefix.forEach((series, c) => {
      const [live, batch] = [series[end - 1]!, whole[c]![end - 1]!];
      if (series.length !== end) found.push(`column ${c} of ${end} bars has ${series.length} values`);
      if (!Object.is(live, batch)) found.push(`column ${c} at ${end - 1}: ${live} from the bars so far, ${batch} from all bars`);
    });
  }
  return found;
}

const YEAR_MS = 365 * 86_400_000;

/** Perturbation: whatever comes after t, the values up to t stay as they are, to the bit. */
export function perturbationViolations({ definition, params }: Case, columns: Columns, t: number, factor: number): string[] {
  const before = definition.compute(inputsOf(columns), params);
  const other = changed(columns, (copy) => {
    for (let i = t + 1; i < copy.close.length; i++) {
      for (const name of ["open", "high", "low", "close", "volume"] as const) copy[name][i]! *= i % 7 === 3 ? Number.NaN : factor;
      copy.sessionDate[i]! += 10_000;
      copy.barStart[i]! += YEAR_MS;
      copy.barEnd[i]! += YEAR_MS;
    }
  });
  const after = definition.compute(inputsOf(other), params);
  const found: string[] = [];
  before.forEach((series, c) => {
    for (let i = 0; i <= t; i++)
      if (!Object.is(series[i], after[c]![i])) found.push(`column ${c} at ${i} changed with the bars after ${t}`);
  });
  return found;
}

/** Whether an indicator reads dates and times alone: it then neither knows a gap nor a flat series. */
const readsTimeOnly = ({ inputs }: IndicatorDefinition): boolean =>
  inputs.every((name) => name === "sessionDate" || name === "barStart" || name === "barEnd");

/**
 * On a series without gaps a column is NaN for exactly its declared warm-up, and known ever after; one that is known in
 * a part of each session only is known somewhere in every session's length of bars.
 */
export function warmupViolations({ definition, params, grid }: Case): string[] {
  const longest = definition.warmupBars(params, grid.barsPerSession);
  const length = longest + 300;
  const computed = definition.compute(inputsOf(randomWalk(length, "warm-up", grid)), params);
  const found: string[] = [];
  const declared = definition.columns(params);
  if (declared.length !== computed.length) found.push(`${declared.length} columns declared, ${computed.length} computed`);
  declared.forEach(({ name, warmupBars = longest, partOfSession = false }, c) => {
    if (warmupBars > longest) found.push(`${name} declares ${warmupBars} warm-up bars, more than the indicator's ${longest}`);
    const series = computed[c]!;
    for (let i = 0; i < length; i++)
      if (Number.isNaN(series[i]) !== i < warmupBars && !(partOfSession && i >= warmupBars))
        found.push(`${name} at ${i} is ${series[i]}, warm-up is ${warmupBars}`);
    for (let i = warmupBars; partOfSession && i + grid.barsPerSession <= length; i++)
      if (series.subarray(i, i + grid.barsPerSession).every(Number.isNaN)) found.push(`${name} is unknown for a session from ${i} on`);
  });
  return found;
}

/** A finite memory is no longer than the warm-up: the last warm-up + 1 bars alone give the same value. */
export function memoryViolations({ definition, params, grid }: Case, columns: Columns): string[] {
  if (definition.memory !== "finite") return [];
  const memory = definition.warmupBars(params, grid.barsPerSession) + 1;
  const whole = definition.compute(inputsOf(columns), params);
  const found: string[] = [];
  for (let end = memory; end <= columns.close.length; end += 3) {
    const window = definition.compute(inputsOf(columns, end - memory, end), params);
    window.forEach((series, c) => {
      const [short, long] = [series[memory - 1]!, whole[c]![end - 1]!];
      if (!close(short, long, 1e-9)) found.push(`column ${c} at ${end - 1}: ${short} from its window, ${long} from all bars`);
    });
  }
  return found;
}

/** Price and volume columns scale with their input; all others do not see the scale. Powers of two: to the bit. */
export function scalingViolations(
  { definition, params }: Case,
  columns: Columns,
  price: number,
  volume: number,
  tolerance: number,
): string[] {
  const scaled = changed(columns, (copy) => {
    for (const name of ["open", "high", "low", "close"] as const) for (let i = 0; i < copy.close.length; i++) copy[name][i]! *= price;
    for (let i = 0; i < copy.close.length; i++) copy.volume[i]! *= volume;
  });
  const factors: Partial<Record<IndicatorUnit, number>> = {
    turnover: price * volume,
    per_turnover: 1 / (price * volume),
    price2_per_volume: (price * price) / volume,
  };
  const before = definition.compute(inputsOf(columns), params);
  const after = definition.compute(inputsOf(scaled), params);
  const found: string[] = [];
  definition.columns(params).forEach(({ name, unit }, c) => {
    const factor = unit === "price" ? price : unit === "volume" ? volume : (factors[unit] ?? 1);
    for (let i = 0; i < columns.close.length; i++) {
      const [expected, actual] = [before[c]![i]! * factor, after[c]![i]!];
      if (!close(actual, expected, tolerance)) found.push(`${name} at ${i}: expected ${expected}, found ${actual}`);
    }
  });
  return found;
}

/** On a series that never changes every column has, after its warm-up, exactly the value it declares. */
export function flatViolations({ definition, params, grid }: Case, price: number, volume: number): string[] {
  const longest = definition.warmupBars(params, grid.barsPerSession);
  const length = longest + 100;
  const computed = definition.compute(inputsOf(constantSeries(length, price, volume, grid)), params);
  const found: string[] = [];
  definition.columns(params).forEach(({ name, flat, warmupBars = longest, partOfSession = false }, c) => {
    if (flat === undefined) {
      if (!readsTimeOnly(definition)) found.push(`${name} does not say what it is on a flat series`);
      return;
    }
    const expected = flat === "price" ? price : flat === "volume" ? volume : flat === "turnover" ? price * volume : flat;
    for (let i = warmupBars; i < length; i++)
      if (partOfSession && Number.isNaN(computed[c]![i])) continue;
      else if (computed[c]![i] !== expected && !(Number.isNaN(expected) && Number.isNaN(computed[c]![i])))
        found.push(`${name} at ${i}: expected ${expected}, found ${computed[c]![i]}`);
  });
  return found;
}

/**
 * A gap shows as NaN, and the column is known again once the warm-up has passed since the gap's end (and, for what counts
 * in sessions, the session that held the gap). A finite
 * memory then holds nothing of it: the values are, to the bit, those of the series without the gap.
 */
export function gapViolations({ definition, params, grid }: Case, gapStart: number, gapBars: number): string[] {
  if (readsTimeOnly(definition)) return [];
  const warmup = definition.warmupBars(params, grid.barsPerSession);
  const gapEnd = gapStart + gapBars;
  const length = gapEnd + 2 * warmup + 60 + grid.barsPerSession;
  const settled = gapEnd + warmup + (definition.inputs.includes("sessionDate") ? grid.barsPerSession : 1);
  const gapless = randomWalk(length, "gap", grid);
  const gapped = changed(gapless, (copy) => {
    for (const name of ["open", "high", "low", "close", "volume"] as const) copy[name].fill(Number.NaN, gapStart, gapEnd);
  });
  const reference = definition.compute(inputsOf(gapless), params);
  const computed = definition.compute(inputsOf(gapped), params);
  const found: string[] = [];
  definition.columns(params).forEach(({ name, partOfSession = false }, c) => {
    const series = computed[c]!;
    for (let i = 0; i < length; i++) {
      const value = series[i]!;
      if (i > gapStart && i < gapEnd && !Number.isNaN(value)) found.push(`${name} at ${i} is ${value} inside the gap`);
      if (!partOfSession && gapStart > warmup && i >= settled && Number.isNaN(value))
        found.push(`${name} at ${i} is still NaN after the gap`);
      if (definition.memory === "finite" && i > gapEnd + warmup && !Object.is(value, reference[c]![i]))
        found.push(`${name} at ${i} remembers the gap`);
    }
    if (series.subarray(partOfSession ? length - grid.barsPerSession : length - 1).every(Number.isNaN))
      found.push(`${name} never recovers`);
  });
  return found;
}

/** A column with bounds never leaves them. */
export function boundViolations({ definition, params }: Case, columns: Columns): string[] {
  const computed = definition.compute(inputsOf(columns), params);
  const found: string[] = [];
  definition.columns(params).forEach(({ name, bounds }, c) => {
    computed[c]!.forEach((value, i) => {
      if (!Number.isNaN(value) && !Number.isFinite(value)) found.push(`${name} at ${i} is ${value}`);
      if (bounds && (value < bounds[0] || value > bounds[1])) found.push(`${name} at ${i} is ${value}, outside ${bounds.join(" to ")}`);
    });
  });
  return found;
}

/** Equal, both NaN, or within a relative tolerance; values near zero are compared as if they were 0.01. */
export function close(actual: number, expected: number, tolerance: number): boolean {
  if (actual === expected || (Number.isNaN(actual) && Number.isNaN(expected))) return true;
  return Math.abs(actual - expected) <= tolerance * Math.max(0.01, Math.abs(expected));
}
