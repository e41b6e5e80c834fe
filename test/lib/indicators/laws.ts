import * as z from "zod";
import type { OptionChain } from "#lib/core/option-data.ts";
import type { IndicatorDefinition, IndicatorParams, IndicatorUnit } from "#lib/indicators/define-indicator.ts";
import type { IndicatorInputs } from "#lib/indicators/inputs.ts";
import { historyOf, supplied } from "./market.ts";
import { type Columns, changed, constantSeries, type Extras, type Grid, inputsOf, keeping, randomWalk } from "./series.ts";

/**
 * What every indicator must obey. Each law returns the violations it finds, in words, so that a test can also show
 * that a bad definition is caught.
 */
export type Case = { readonly definition: IndicatorDefinition; readonly params: IndicatorParams; readonly grid: Grid };

/** Parameter sets derived from the schema alone: the defaults, smaller ones, and every minimum; other choices and examples too. */
export function paramSets(definition: IndicatorDefinition): IndicatorParams[] {
  const { properties = {} } = z.toJSONSchema(definition.params, { io: "input" }) as { properties?: Record<string, ParamSchema> };
  const variant = (choice: number, whole: (start: number, least: number, example?: number) => number) =>
    Object.fromEntries(
      Object.entries(properties).map(([name, { type, default: start, minimum = 0, enum: choices, examples }]) => {
        if (type === "integer") return [name, whole(start as number, minimum, examples?.[0] as number | undefined)];
        if (type === "boolean") return [name, !start];
        return [name, choices?.at(choice) ?? examples?.[0] ?? start];
      }),
    );
  const sets = [
    {},
    variant(1, (start, least) => Math.max(least, Math.ceil(start / 3))),
    variant(-1, (_, least) => least),
    variant(1, (start, _, example) => example ?? start + 4),
  ];
  const parsed = sets.map((set) => definition.params.parse(set) as IndicatorParams);
  return [...new Map(parsed.map((params) => [JSON.stringify(params), params])).values()];
}

interface ParamSchema {
  readonly type?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
}

/** Truncation: the value at t from the bars up to t is, to the bit, the one that the whole series gives (batch = live). */
export function truncationViolations({ definition, params }: Case, bars: Columns): string[] {
  const columns = supplied(definition, params, bars);
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

/** Perturbation: whatever comes after t, in bars or in other data, the values up to t stay as they are, to the bit. */
export function perturbationViolations({ definition, params }: Case, bars: Columns, t: number, factor: number): string[] {
  const columns = supplied(definition, params, bars);
  const before = definition.compute(everythingOf(columns), params);
  const other = changed(columns, (copy) => {
    for (let i = t + 1; i < copy.close.length; i++) {
      for (const name of ["open", "high", "low", "close", "volume"] as const) copy[name][i]! *= i % 7 === 3 ? Number.NaN : factor;
      copy.sessionDate[i]! += 10_000;
      copy.barStart[i]! += YEAR_MS;
      copy.barEnd[i]! += YEAR_MS;
    }
    if (copy.extras) copy.extras = { ...copy.extras, ...perturbed(copy.extras, columns, t, factor) };
  });
  const after = definition.compute(everythingOf(other), params);
  const found: string[] = [];
  before.forEach((series, c) => {
    for (let i = 0; i <= t; i++)
      if (!Object.is(series[i], after[c]![i])) found.push(`column ${c} at ${i} changed with what came after ${t}`);
  });
  return found;
}

/** Inputs with all other data there are, also what becomes known after the last row. */
function everythingOf(columns: Columns): IndicatorInputs {
  const { extras, ...bars } = columns;
  return { ...inputsOf(bars), ...extras };
}

const CHANGED_SNAPSHOTS = 24;

/** The other data with everything changed that was not known at the end of row t. */
function perturbed(extras: Extras, { barStart, barEnd }: Columns, t: number, factor: number): Extras {
  const now = barEnd[t]!;
  const late = (column: Float64Array, isLate: (i: number) => boolean): Float64Array =>
    column.map((value, i) => (isLate(i) ? value * (i % 5 === 2 ? Number.NaN : factor) : value));
  const { flowCells, tape } = extras;
  return {
    others: new Map(
      [...extras.others].map(([symbol, series]) => {
        const isLate = (i: number): boolean => series.availableAt[i]! > now;
        return [
          symbol,
          { ...series, open: late(series.open, isLate), close: late(series.close, isLate), volume: late(series.volume, isLate) },
        ];
      }),
    ),
    // Of what comes later the next snapshots are changed and the others are gone.
    chains: extras.chains.slice(0, extras.chains.findLastIndex(({ knownAt }) => knownAt <= now) + 1 + CHANGED_SNAPSHOTS).map((chain, k) => {
      if (chain.knownAt <= now) return chain;
      const all = (column: Float64Array): Float64Array => column.map((value) => value * (k % 5 === 2 ? Number.NaN : factor));
      const { strike, bid, ask, iv, gamma, openInterest, volume } = chain;
      const changes = { strike: all(strike), bid: all(bid), ask: all(ask), iv: all(iv), gamma: all(gamma) };
      return {
        ...chain,
        ...changes,
        openInterest: all(openInterest),
        volume: all(volume),
        underlyingPrice: chain.underlyingPrice * factor,
      };
    }),
    ivHistory: new Map(
      [...extras.ivHistory].map(([tenor, history]) => [
        tenor,
        { ...history, value: history.value.map((value, i) => (history.knownAt[i]! > now ? value * factor : value)) },
      ]),
    ),
    flow: extras.flow && new Map([...extras.flow].map(([name, column]) => [name, late(column, (i) => i > t)])),
    flowCells: flowCells && {
      ...flowCells,
      callBought: late(flowCells.callBought, (i) => flowCells.barStart[i]! > barStart[t]!),
      putSold: late(flowCells.putSold, (i) => flowCells.barStart[i]! > barStart[t]!),
    },
    tape: tape && {
      ...tape,
      trades: { ...tape.trades, price: late(tape.trades.price, (i) => tape.trades.ts[i]! >= now) },
      quotes: {
        ...tape.quotes,
        bid: late(tape.quotes.bid, (i) => tape.quotes.ts[i]! >= now),
        bidSize: late(tape.quotes.bidSize, (i) => tape.quotes.ts[i]! >= now),
      },
    },
    universe: extras.universe && { ...extras.universe, closes: extras.universe.closes.map((column) => late(column, (i) => i > t)) },
  };
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
  const bars = supplied(definition, params, randomWalk(length, definition.needs ? "1" : "warm-up", grid));
  const computed = definition.compute(inputsOf(bars), params);
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

/**
 * A finite memory is no longer than the warm-up: the last warm-up + 1 bars alone give the same value, with other data from no more
 * sessions before them than the definition says.
 */
export function memoryViolations({ definition, params, grid }: Case, bars: Columns): string[] {
  if (definition.memory !== "finite") return [];
  const columns = supplied(definition, params, bars);
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

/** Price, dollar and volume columns scale with their input; all others do not see the scale. Powers of two: to the bit. */
export function scalingViolations({ definition, params }: Case, bars: Columns, price: number, volume: number, tolerance: number): string[] {
  const columns = supplied(definition, params, bars);
  const scaled = changed(columns, (copy) => {
    for (const name of ["open", "high", "low", "close"] as const) for (let i = 0; i < copy.close.length; i++) copy[name][i]! *= price;
    for (let i = 0; i < copy.close.length; i++) copy.volume[i]! *= volume;
    if (copy.extras) copy.extras = { ...copy.extras, ...repriced(copy.extras, price) };
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
    const factor = unit === "price" || unit === "usd" ? price : unit === "volume" ? volume : (factors[unit] ?? 1);
    for (let i = 0; i < columns.close.length; i++) {
      const [expected, actual] = [before[c]![i]! * factor, after[c]![i]!];
      if (!close(actual, expected, tolerance)) found.push(`${name} at ${i}: expected ${expected}, found ${actual}`);
    }
  });
  return found;
}

/** Options and trades of a share whose price is another multiple; indices and other symbols stay. */
function repriced(extras: Extras, price: number): Extras {
  const { flowCells, tape } = extras;
  return {
    ...extras,
    chains: repricedChains(extras.chains, price),
    flowCells: flowCells && { ...flowCells, strike: times(flowCells.strike, price) },
    tape: tape && {
      ...tape,
      trades: { ...tape.trades, price: times(tape.trades.price, price) },
      quotes: { ...tape.quotes, bid: times(tape.quotes.bid, price), ask: times(tape.quotes.ask, price) },
    },
  };
}

const times = (column: Float64Array, factor: number): Float64Array => column.map((value) => value * factor);

/** Kept, because every definition asks for the same ones and measures of a chain are remembered with it. */
function repricedChains(chains: readonly OptionChain[], price: number): readonly OptionChain[] {
  const kept = REPRICED.get(chains) ?? new Map<number, readonly OptionChain[]>();
  REPRICED.set(chains, kept);
  const known = kept.get(price);
  if (known) return known;
  const made = chains.map((chain) => {
    const { strike, bid, ask, last, gamma, theta, vega } = chain;
    const quotes = { strike: times(strike, price), bid: times(bid, price), ask: times(ask, price), last: times(last, price) };
    const greeks = { gamma: times(gamma, 1 / price), theta: times(theta, price), vega: times(vega, price) };
    return { ...chain, ...quotes, ...greeks, underlyingPrice: chain.underlyingPrice * price };
  });
  kept.set(price, made);
  return made;
}

const REPRICED = new WeakMap<readonly OptionChain[], Map<number, readonly OptionChain[]>>();

/** On a series that never changes every column has, after its warm-up, exactly the value it declares. */
export function flatViolations({ definition, params, grid }: Case, price: number, volume: number): string[] {
  const longest = definition.warmupBars(params, grid.barsPerSession);
  const length = longest + 100;
  const computed = definition.compute(inputsOf(supplied(definition, params, constantSeries(length, price, volume, grid))), params);
  const found: string[] = [];
  definition.columns(params).forEach(({ name, flat, warmupBars = longest, partOfSession = false }, c) => {
    if (flat === undefined) {
      if (!readsTimeOnly(definition) && !definition.needs) found.push(`${name} does not say what it is on a flat series`);
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
  if (readsTimeOnly(definition) || definition.needs) return [];
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

/**
 * The same for what reads other data, when for some sessions there are neither bars nor anything else: no row of such a session but
 * the first has a value (that may be the session's before), the values are known again after warm-up and history, and a finite
 * memory then holds nothing of the gap.
 */
export function missingDataViolations({ definition, params, grid }: Case, gapSession: number, gapSessions: number): string[] {
  const needs = definition.needs?.(params);
  if (!needs) return [];
  const warmup = definition.warmupBars(params, grid.barsPerSession);
  const [gapStart, gapEnd] = [gapSession * grid.barsPerSession, (gapSession + gapSessions) * grid.barsPerSession];
  const remembered = warmup + (historyOf(needs) + 1) * grid.barsPerSession;
  const length = gapEnd + remembered + 60;
  const gapless = supplied(definition, params, randomWalk(length, "1", grid));
  const gapped = changed(gapless, (copy) => {
    for (const name of ["open", "high", "low", "close", "volume"] as const) copy[name].fill(Number.NaN, gapStart, gapEnd);
    copy.extras = { ...copy.extras!, ...without(copy.extras!, copy, gapStart, gapEnd) };
  });
  const reference = definition.compute(inputsOf(gapless), params);
  const computed = definition.compute(inputsOf(gapped), params);
  const found: string[] = [];
  definition.columns(params).forEach(({ name }, c) => {
    const series = computed[c]!;
    for (let i = gapStart + grid.barsPerSession; i < gapEnd; i++)
      if (!Number.isNaN(series[i]!)) found.push(`${name} at ${i} is ${series[i]} inside the gap`);
    for (let i = gapEnd + remembered; i < length; i++) {
      if (Number.isNaN(series[i]!)) found.push(`${name} at ${i} is still NaN after the gap`);
      if (definition.memory === "finite" && !Object.is(series[i], reference[c]![i])) found.push(`${name} at ${i} remembers the gap`);
    }
  });
  return found;
}

/** The other data without what belongs to the sessions of the rows [start, end). */
function without(extras: Extras, { sessionDate, barStart, barEnd }: Columns, start: number, end: number): Extras {
  const gone = (date: number): boolean => date >= sessionDate[start]! && date <= sessionDate[end - 1]!;
  const lost = (at: number): boolean => at >= barStart[start]! && at < barEnd[end - 1]!;
  const blank = (column: Float64Array): Float64Array => column.slice().fill(Number.NaN, start, end);
  const { flowCells, tape } = extras;
  return {
    others: new Map([...extras.others].map(([symbol, series]) => [symbol, keeping(series, (i) => !gone(series.sessionDate[i]!))])),
    chains: extras.chains.filter((chain) => !gone(chain.sessionDate)),
    ivHistory: new Map([...extras.ivHistory].map(([tenor, history]) => [tenor, keeping(history, (i) => !gone(history.session[i]!))])),
    flow: extras.flow && new Map([...extras.flow].map(([name, column]) => [name, blank(column)])),
    flowCells: flowCells && keeping(flowCells, (i) => !lost(flowCells.barStart[i]!)),
    tape: tape && {
      ...tape,
      trades: keeping(tape.trades, (i) => !lost(tape.trades.ts[i]!)),
      quotes: keeping(tape.quotes, (i) => !lost(tape.quotes.ts[i]!)),
    },
    universe: extras.universe && { ...extras.universe, closes: extras.universe.closes.map(blank) },
  };
}

/** A column with bounds never leaves them. */
export function boundViolations({ definition, params }: Case, bars: Columns): string[] {
  const columns = supplied(definition, params, bars);
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
