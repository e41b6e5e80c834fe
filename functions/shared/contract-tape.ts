import { type ContractRule, modelRule, sameRule, variantRule } from "#lib/backtest/options/contract-rule.ts";
import type { ContractSource, ContractTape, UnderlyingMinutes } from "#lib/backtest/options/contract-tape.ts";
import { type ContractTapePlan, createContractTapeBuilder } from "#lib/backtest/options/contract-tape-builder.ts";
import type { Cadence, SeriesFacts } from "#lib/core/bars.ts";
import { sha256OfJson } from "#lib/core/digest.ts";
import type { OptionBars, OptionChain } from "#lib/core/option-data.ts";
import { type DateNumber, dateOfDayNumber, dayNumberOf, formatDate } from "#lib/core/time.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { fingerprintOfColumns } from "#lib/market-data/parts/data-part.ts";
import type { Label } from "#lib/matrix/label.schema.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import type { Policy } from "#lib/policies/policy.schema.ts";
import type { DataRequest, MarketData } from "#lib/ports/market-data.ts";
import type { VariantParams } from "#lib/sweeps/variant.schema.ts";

/** Months of chains that are read at a time: a session of finer bars has more snapshots. */
const MONTHS_AT_ONCE: Readonly<Partial<Record<Cadence, number>>> = { daily: 12, hourly: 3 };

const MONTHS_OF_MINUTES = 3;

/** The rules by which a plan's variants pick contracts, each once. */
export function contractRules(policy: Policy, config: ModelConfig, params: readonly VariantParams[]): ContractRule[] {
  const base = modelRule(policy, config);
  const rules: ContractRule[] = [];
  for (const own of params) {
    const rule = variantRule(base, own);
    if (!rules.some((known) => sameRule(known, rule))) rules.push(rule);
  }
  return rules;
}

/** Whether some variant enters or leaves inside a bar, so that the prices of every minute matter. */
export function needsMinutes({ execution }: Policy, label: Label, params: readonly VariantParams[]): boolean {
  if (label.kind === "triple_barrier") return true;
  return params.some(
    ({ stop_loss, take_profit, entry_type }) =>
      execution.brackets.enabled || stop_loss !== null || take_profit !== null || (entry_type ?? execution.order_type) !== "market",
  );
}

/**
 * The contract tape of a matrix, read from the model's own provider some months at a time, so that no more chains are held.
 *
 * @throws DATA_UNAVAILABLE naming who has option chains
 */
export async function makeContractTape(marketData: MarketData, source: DataRequest, plan: ContractTapePlan): Promise<ContractTape> {
  const { cadence } = plan.matrix.info;
  const builder = createContractTapeBuilder(plan);
  // A trade that ends in its session buys what expires in it, when the rules aim at today.
  const sameDayOnly = plan.sessionBound && plan.rules.every(({ dteTarget }) => dteTarget === 0);
  const chains: SeriesFacts[] = [];
  const barPrints: string[] = [];
  const read = { bars: true };
  for (const [first, last] of monthSpans(builder.sessions, MONTHS_AT_ONCE[cadence] ?? 1)) {
    const window = { start: formatDate(first), end: dayAfter(last) };
    const { snapshots, facts } = await marketData.optionChains({ ...source, window, cadence, sameDayOnly });
    chains.push(facts);
    const bySession = Map.groupBy(snapshots, ({ sessionDate }) => sessionDate);
    for (const date of builder.sessions) {
      if (date < first || date > last) continue;
      for (const expiry of builder.session(date, (bySession.get(date) ?? []) as OptionChain[])) {
        const bars = await offered(read, "bars", () => marketData.optionBars({ ...source, session: date, expiry }));
        if (bars === null || bars.length === 0) continue;
        builder.traded(bars);
        barPrints.push(fingerprintOfOptionBars(bars));
      }
    }
  }
  const minutes = plan.everyMinute ? await readMinutes(marketData, source, builder.sessions) : null;
  const sources: ContractSource[] = [
    { role: "chains", facts: summed(chains) },
    ...(barPrints.length === 0
      ? []
      : [{ role: "option_bars" as const, facts: { ...summed(chains), fingerprint: sha256OfJson(barPrints) } }]),
    ...(minutes === null ? [] : [{ role: "minutes" as const, facts: minutes.facts }]),
  ];
  return builder.finish(minutes?.minutes ?? null, sources);
}

/** Several parts of one series, under one name. */
function summed(parts: readonly SeriesFacts[]): ContractSource["facts"] {
  const { provider } = parts[0]!;
  return {
    provider,
    fingerprint: sha256OfJson(parts.map(({ fingerprint }) => fingerprint)),
    stamps: [...new Set(parts.flatMap(({ stamps }) => stamps))].sort(),
  };
}

async function readMinutes(
  marketData: MarketData,
  source: DataRequest,
  sessions: readonly DateNumber[],
): Promise<{ readonly minutes: UnderlyingMinutes; readonly facts: ContractSource["facts"] } | null> {
  const end: number[] = [];
  const high: number[] = [];
  const low: number[] = [];
  const facts: SeriesFacts[] = [];
  const read = { minutes: true };
  for (const [first, last] of monthSpans(sessions, MONTHS_OF_MINUTES)) {
    const window = { start: formatDate(first), end: dayAfter(last) };
    const series = await offered(read, "minutes", () => marketData.bars({ ...source, cadence: "1m", window }));
    if (series === null) return null;
    facts.push(series.facts);
    for (let i = 0; i < series.bars.length; i++) {
      end.push(series.bars.end[i]!);
      high.push(series.bars.high[i]!);
      low.push(series.bars.low[i]!);
    }
  }
  if (facts.length === 0) return null;
  return { minutes: { endMs: Float64Array.from(end), high: Float64Array.from(high), low: Float64Array.from(low) }, facts: summed(facts) };
}

/** What a provider has; null when it has no data of that kind, which is asked for once only. */
async function offered<Kind extends string, T>(read: Record<Kind, boolean>, kind: Kind, ask: () => Promise<T>): Promise<T | null> {
  if (!read[kind]) return null;
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof SigmaError) || error.code !== "DATA_UNAVAILABLE") throw error;
    read[kind] = false;
    return null;
  }
}

/** First and last session of each span of whole months. */
function monthSpans(sessions: readonly DateNumber[], months: number): [DateNumber, DateNumber][] {
  const monthOf = (date: DateNumber): number => Math.floor(date / 10_000) * 12 + (Math.floor(date / 100) % 100);
  const spans: [DateNumber, DateNumber][] = [];
  for (const date of sessions) {
    const open = spans.at(-1);
    if (open && Math.floor(monthOf(open[0]) / months) === Math.floor(monthOf(date) / months)) open[1] = date;
    else spans.push([date, date]);
  }
  return spans;
}

/** The end of a half-open window. */
const dayAfter = (date: DateNumber): string => formatDate(dateOfDayNumber(dayNumberOf(date) + 1));

function fingerprintOfOptionBars({ length, start, strike, vwap, volume, expiry }: OptionBars): string {
  const columns = Object.entries({ start, strike, vwap, volume }).map(([name, values]) => ({ name, type: "double" as const, values }));
  return fingerprintOfColumns(`option_bars/${expiry}`, length, columns);
}
