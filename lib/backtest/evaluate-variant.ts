import { type Sha256, sha256 } from "../core/digest.ts";
import { type Label, labelHorizonBars } from "../matrix/label.schema.ts";
import type { Matrix } from "../matrix/matrix.ts";
import { benchmarkMetrics } from "../metrics/benchmark.ts";
import type { BenchmarkMetrics, RunMetrics } from "../metrics/run-metrics.schema.ts";
import type { TradeColumns } from "../metrics/run-metrics.ts";
import { computeRunMetrics } from "../metrics/run-metrics.ts";
import type { Strategy } from "../packs/strategy.schema.ts";
import type { Policy } from "../policies/policy.schema.ts";
import type { VariantParams } from "../sweeps/variant.schema.ts";
import { candidateFilter, entryHours, MAY_BUY, MAY_CLOSE, MAY_SELL } from "./candidate-filter.ts";
import { type EvaluationScratch, FRESH } from "./evaluation-scratch.ts";
import { type ExecutionTerms, executionTerms } from "./execution.ts";
import type { FoldPrediction } from "./fold-prediction.ts";
import { decisionEndRow } from "./holdout.ts";
import {
  type OptionInput,
  type OptionResult,
  optionColumns,
  optionNotes,
  optionResult,
  optionTerms,
  variantOptions,
} from "./options/option-evaluation.ts";
import type { RowRange } from "./row-range.ts";
import { ruleMask } from "./rules.ts";
import { confidenceSize, type Sides, type SignalSheet, signalSheet, type ThresholdMode } from "./selection.ts";
import { type Orders, simulate } from "./simulate.ts";
import { buildTape, type Tape } from "./tape.ts";
import type { OrderCounts } from "./trade-kernel.ts";
import type { TradeLog } from "./trade-log.ts";

const SESSIONS_PER_YEAR = 252;

export interface EvaluationInput {
  /** The development view of the matrix; or, for the holdout look, the whole matrix with the holdout's one prediction. */
  readonly matrix: Matrix;
  readonly predictions: readonly FoldPrediction[];
  readonly policy: Policy;
  readonly strategy: Strategy | null;
  /** Sides left by direction tags and option_type; the strategy's side is taken off here. */
  readonly sides: Sides;
  /** Hours (New York) of entry bars, from the model; null = all. Daily bars have no hours. */
  readonly allowedHours: readonly number[] | null;
  /** True for the horizons 0dte and intraday: a trade ends in its session. */
  readonly sessionBound: boolean;
  /** Annual volatility target of the risk profile, a fraction; null = none. */
  readonly volatilityTarget: number | null;
  /** Longest hold of any variant that will be compared, in bars: none may decide later than that allows. */
  readonly longestHoldBars: number;
  /** False for market-neutral strategies. */
  readonly directional?: boolean;
  /** What sessions earn without risk, by their dates as 20240701, with the stamp of the series; absent = nothing is taken off. */
  readonly riskFree?: { readonly stamp: string; readonly returns: ReadonlyMap<number, number> };
  /** Present when the model trades options: what it buys where the underlying's shares would be bought or sold short. */
  readonly options?: OptionInput;
}

/** What all variants of a model share: prices, sides, cuts, filters and the benchmark. Built once. */
export interface EvaluationContext {
  readonly input: EvaluationInput;
  readonly tape: Tape;
  readonly label: Label;
  readonly sides: Sides;
  readonly range: RowRange;
  /** First row that may not decide. */
  readonly decisionEnd: number;
  readonly sessionDates: Float64Array;
  readonly instrumentReturns: Float64Array;
  /** What each of the sessions earns without risk; null = nothing is taken off. */
  readonly riskFree: Float64Array | null;
  /**
   * First session of each fold. Trades belong to the fold that opened them; a day's return to the fold of its date,
   * also when a position of the fold before is still open.
   */
  readonly foldStarts: Int32Array;
  readonly benchmark: BenchmarkMetrics;
  /** Hour (New York) of the bar in which each row's decision enters. */
  readonly hourOfEntry: Float64Array;
  sheet(mode: ThresholdMode): SignalSheet;
  /** Where one side only may trade: the sheet of the other one, whose signals close. Else null. */
  closingSheet(mode: ThresholdMode): SignalSheet | null;
  /** The same evaluation with one side left: what `option_type` of a variant asks for. */
  withOptionType(optionType: "call" | "put"): EvaluationContext;
  /** What each row's decision may do, as bits; see `candidateFilter`. */
  filter(params: Pick<VariantParams, "hours" | "momentum_min" | "filters">): Uint8Array;
}

export interface VariantEvaluation {
  readonly params: VariantParams;
  readonly terms: ExecutionTerms;
  readonly metrics: RunMetrics;
  /** Net returns on allocated capital, one a session of the evaluated range. */
  readonly daily: Float64Array;
  /** SHA-256 of the daily returns' bytes: equal vectors are one trial. */
  readonly digest: Sha256;
  readonly trades: TradeLog;
  readonly counts: OrderCounts;
  /** Null for stocks. */
  readonly options: OptionResult | null;
  /** Share of the rows with a question that threshold and top % let through. */
  readonly realisedShare: number;
  readonly netExposure: number;
  /** Codes, sorted. */
  readonly notes: readonly string[];
}

/**
 * Prepares the evaluation of a model's variants on one path. Nothing here depends on a variant.
 *
 * @param tape - the matrix's bars, when several paths share them
 * @throws UNPROCESSABLE when predictions do not fit the matrix or a rule names an unknown column
 */
export function prepareEvaluation(input: EvaluationInput, tape: Tape = buildTape(input.matrix)): EvaluationContext {
  const { matrix, strategy } = input;
  const label = matrix.info.label;
  const predictions = input.predictions.toSorted((a, b) => a.testStart - b.testStart);
  const sides = {
    long: input.sides.long && strategy?.side !== "short",
    short: input.sides.short && strategy?.side !== "long",
  };
  const range = { start: predictions[0]?.testStart ?? matrix.rows, end: matrix.rows };
  const firstSession = tape.session[range.start] ?? 0;
  const lastTestRow = predictions.at(-1)?.testEnd ?? 0;
  const decisionEnd = Math.min(lastTestRow, decisionEndRow(tape.axis, input.longestHoldBars));
  const instrumentReturns = tape.sessionReturn.slice(firstSession).map((value) => (Number.isNaN(value) ? 0 : value));
  const sessionDates = tape.sessionDate.slice(firstSession);
  const { riskFree: rates } = input;
  const riskFree = rates === undefined ? null : sessionDates.map((date) => rates.returns.get(date) ?? Number.NaN);
  const rule = strategy === null ? null : ruleMask(strategy.entry, tape);
  const hourOfEntry = entryHours(tape, label);
  const onlySide = sides.long !== sides.short;
  const sheets = new Map<ThresholdMode, SignalSheet>();
  const closingSheets = new Map<ThresholdMode, SignalSheet>();
  const filters = new Map<string, Uint8Array>();
  const narrowed = new Map<string, EvaluationContext>();
  return {
    input,
    tape,
    label,
    sides,
    range,
    decisionEnd,
    hourOfEntry,
    sessionDates,
    instrumentReturns,
    riskFree,
    foldStarts: Int32Array.from(predictions, ({ testStart }) => tape.session[testStart]! - firstSession),
    benchmark: benchmarkMetrics(instrumentReturns, SESSIONS_PER_YEAR, riskFree),
    sheet(mode) {
      const known = sheets.get(mode) ?? signalSheet(predictions, matrix, mode, sides);
      sheets.set(mode, known);
      return known;
    },
    closingSheet(mode) {
      if (!onlySide) return null;
      const known = closingSheets.get(mode) ?? signalSheet(predictions, matrix, mode, { long: !sides.long, short: !sides.short });
      closingSheets.set(mode, known);
      return known;
    },
    withOptionType(optionType) {
      const left = { long: input.sides.long && optionType === "call", short: input.sides.short && optionType === "put" };
      const known = narrowed.get(optionType) ?? prepareEvaluation({ ...input, sides: left }, tape);
      narrowed.set(optionType, known);
      return known;
    },
    filter({ hours, momentum_min, filters: conditions }) {
      const momentumMin = momentumMinOf(input.policy, momentum_min);
      const key = `${hours === null ? "all" : hours.join(",")}/${momentumMin}/${conditions === null ? "" : JSON.stringify(conditions)}`;
      const known =
        filters.get(key) ??
        candidateFilter(tape, hourOfEntry, {
          hours,
          allowedHours: input.allowedHours,
          daily: matrix.info.cadence === "daily",
          rules: [...(rule === null ? [] : [rule]), ...(conditions === null ? [] : [ruleMask({ all: conditions }, tape)])],
          momentum: momentumMin === null ? null : { column: input.policy.execution.momentum_column, min: momentumMin },
        });
      filters.set(key, known);
      return known;
    },
  };
}

/**
 * Evaluates one way of executing the stored predictions: which rows become orders, what the account does with
 * them, and what that is worth.
 *
 * @param scratch - memory to work in; the trades lie in it. New memory by default
 * @throws LABEL_ENTRY_MISMATCH when the policy enters at another price than the label's reference
 */
export function evaluateVariant(context: EvaluationContext, params: VariantParams, scratch: EvaluationScratch = FRESH): VariantEvaluation {
  return evaluateOrders(context, params, selectOrders(context, params, scratch), scratch);
}

/** Which rows become orders, and how many rows threshold and top % let through. */
export interface SelectedOrders {
  readonly orders: Orders;
  readonly selected: number;
}

/**
 * Evaluates given orders under a variant's terms: the variant's own, or others that a test of its robustness puts in their
 * place.
 *
 * @param scratch - memory to work in; the trades lie in it. New memory by default
 * @throws LABEL_ENTRY_MISMATCH when the policy enters at another price than the label's reference
 */
export function evaluateOrders(
  context: EvaluationContext,
  params: VariantParams,
  { orders, selected }: SelectedOrders,
  scratch: EvaluationScratch = FRESH,
): VariantEvaluation {
  const { input, tape, range } = context;
  const { policy, strategy } = input;
  const { terms: shareTerms, notes } = executionTerms(
    {
      policy,
      label: context.label,
      cadence: input.matrix.info.cadence,
      sessionBound: input.sessionBound,
      volatilityTarget: input.volatilityTarget,
      exitKind: strategy === null ? "brackets" : strategy.exit.kind,
    },
    params,
  );
  const terms = input.options ? optionTerms(shareTerms, input.options, params) : shareTerms;
  const bought = input.options && variantOptions(input.options, { tape, matrix: input.matrix, policy, terms }, params);
  const result = simulate(tape, terms, orders, range, bought, scratch.trades());
  const options = input.options && bought ? optionResult(input.options.contracts, bought) : null;
  const { trades, counts } = result;
  const { hour, entrySession, symbol, advBps } = scratch.facts(trades.count);
  const dollarVolume = tape.dollarVolume();
  for (let i = 0; i < trades.count; i++) {
    hour[i] = tape.hourEt[trades.entryRow[i]!]!;
    entrySession[i] = tape.session[trades.entryRow[i]!]!;
    symbol[i] = tape.symbol[trades.entryRow[i]!]!;
    const order = (trades.notional[i]! / trades.equity[i]!) * policy.risk.max_exposure;
    advBps[i] = (10_000 * order) / dollarVolume[trades.decisionRow[i]!]!;
    if (!Number.isFinite(advBps[i]!)) advBps[i] = Number.NaN;
  }
  const columns: TradeColumns = {
    count: trades.count,
    entryMs: trades.entryMs,
    exitMs: trades.exitMs,
    netReturn: trades.netReturn,
    side: trades.side,
    entryHour: hour,
    tradedNotional: trades.tradedNotional,
    cost: trades.cost,
    slippageCost: trades.slippageCost,
    risk: trades.risk,
    // The market in a contract is judged by its spread, its open interest and its volume.
    ...(options === null ? { advBps } : optionColumns(options.trades)),
    entrySession,
    ...(tape.symbols > 1 ? { symbol } : {}),
  };
  const metrics = computeRunMetrics({
    dailyReturns: result.dailyReturns,
    instrumentReturns: context.instrumentReturns,
    trades: columns,
    foldStarts: context.foldStarts,
    sessionsPerYear: SESSIONS_PER_YEAR,
    directional: input.directional ?? true,
    candidates: counts.candidates,
    exposure: result.exposure,
    benchmark: context.benchmark,
    ...(context.riskFree === null ? {} : { riskFree: { stamp: input.riskFree!.stamp, returns: context.riskFree } }),
    ...(result.barReturns === null
      ? {}
      : { barReturns: result.barReturns, barsPerSession: result.barReturns.length / result.dailyReturns.length }),
  });
  let decisions = 0;
  for (let row = range.start; row < context.decisionEnd; row++) if (!Number.isNaN(tape.labelUnit[row]!)) decisions++;
  return {
    params,
    terms,
    metrics,
    daily: result.dailyReturns,
    digest: sha256(new Uint8Array(result.dailyReturns.buffer)),
    trades,
    counts,
    options,
    realisedShare: decisions > 0 ? selected / decisions : Number.NaN,
    netExposure: result.netExposure,
    notes: [
      ...new Set([
        ...notes,
        ...runNotes(context, params, counts),
        ...(options === null ? [] : optionNotes(options, input.volatilityTarget)),
      ]),
    ].sort(),
  };
}

/**
 * Rows that become orders: side, threshold, causal cut, hours, momentum gate and the strategy's rule all hold. Where one
 * side only may trade, rows whose other side passes threshold, cut and hours close what is open.
 *
 * @param scratch - memory that the orders lie in; new memory by default
 */
export function selectOrders(shared: EvaluationContext, params: VariantParams, scratch: EvaluationScratch = FRESH): SelectedOrders {
  const { option_type } = params;
  const context = option_type === null || option_type === "both" ? shared : shared.withOptionType(option_type);
  const { input, tape, range, decisionEnd } = context;
  const { execution } = input.policy;
  const sheet = context.sheet(params.threshold_mode);
  const filter = context.filter(params);
  const passes = levelTest(context, params, sheet);
  const side = scratch.side(tape.rows);
  const size = execution.size_by_conf ? scratch.size(tape.rows) : null;
  const hold = params.hold_bars ?? labelHorizonBars(context.label, context.input.matrix.info.cadence);
  let selected = 0;
  for (let row = range.start; row < decisionEnd; row++) {
    const wanted = sheet.side[row]!;
    if (wanted === 0 || !passes(row)) continue;
    selected++;
    if ((filter[row]! & (wanted > 0 ? MAY_BUY : MAY_SELL)) === 0) continue;
    // Nothing was quoted in a hole of the data, so no trade can be followed across it.
    if (tape.nextHole[row]! < tape.bar[row]! + hold) continue;
    side[row] = wanted;
    if (size !== null) size[row] = confidenceSize(sheet.probability[row]!, execution.conf_cap);
  }
  const close = closingRows(context, params, filter, scratch);
  const rank = tape.symbols > 1 ? { rank: sheet.confidence } : {};
  return { orders: { side, size, fold: sheet.fold, ...rank, ...(close === null ? {} : { close }) }, selected };
}

/** The momentum score that a buy needs, and a sell below 0; null = no gate. */
function momentumMinOf({ execution }: Policy, momentum_min: number | null): number | null {
  return momentum_min ?? (execution.momentum_gate ? execution.momentum_min : null);
}

/** The threshold in force at a row: of the hour of its entry bar, else of all hours; null = none. */
export function thresholdAt({ hourOfEntry }: EvaluationContext, { threshold, hour_thresholds }: VariantParams, row: number): number | null {
  return hour_thresholds?.[String(hourOfEntry[row]!)] ?? threshold;
}

/** Whether a row's confidence reaches its threshold and its cut. */
function levelTest(context: EvaluationContext, params: VariantParams, sheet: SignalSheet): (row: number) => boolean {
  const { confidence } = sheet;
  const { hourOfEntry } = context;
  const cuts = params.top_pct === null || params.top_pct === 1 ? null : sheet.cuts(params.top_pct);
  const overall = params.threshold ?? Number.NEGATIVE_INFINITY;
  const byHour = params.hour_thresholds === null ? null : new Float64Array(24).fill(overall);
  for (const [hour, threshold] of Object.entries(params.hour_thresholds ?? {})) byHour![Number(hour)] = threshold;
  return (row) => {
    const value = confidence[row]!;
    const threshold = byHour === null ? overall : byHour[hourOfEntry[row]!]!;
    return value >= threshold && (cuts === null || value >= cuts[row]!);
  };
}

/** 1 at rows whose signal of the side that may not trade closes what is open; null where both sides trade, or none. */
function closingRows(context: EvaluationContext, params: VariantParams, filter: Uint8Array, scratch: EvaluationScratch): Uint8Array | null {
  const sheet = context.closingSheet(params.threshold_mode);
  if (sheet === null) return null;
  const passes = levelTest(context, params, sheet);
  const close = scratch.close(context.tape.rows);
  for (let row = context.range.start; row < context.range.end; row++)
    if (sheet.side[row] !== 0 && (filter[row]! & MAY_CLOSE) !== 0 && passes(row)) close[row] = 1;
  return close;
}

function runNotes(context: EvaluationContext, params: VariantParams, counts: OrderCounts): string[] {
  const notes: string[] = [];
  if (params.hours !== null && context.input.matrix.info.cadence === "daily") notes.push("hours_do_not_apply_to_daily_bars");
  if (counts.ambiguousBars > 0) notes.push("ambiguous_bars_taken_as_stop");
  return notes;
}
