import { NYSE } from "#lib/core/calendar.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import { createIndicatorInputs, type IndicatorInputs } from "#lib/indicators/inputs.ts";
import { computePlan, planIndicators } from "#lib/indicators/plan.ts";
import type { IndicatorEntry } from "#lib/indicators/resolve.ts";
import { chainOf, type TestContract } from "../../options/chain/build-chain.ts";

/** Columns of one indicator on daily bars of given sessions with other data beside them; the close is 100 where none is given. */
export function columnsOnDays(
  entry: IndicatorEntry,
  sessions: readonly number[],
  { close = sessions.map(() => 100), ...data }: Partial<Omit<IndicatorInputs, "close">> & { readonly close?: readonly number[] },
): Record<string, number[]> {
  const closes = Float64Array.from(close);
  const plan = planIndicators([entry]);
  const inputs = createIndicatorInputs({
    length: sessions.length,
    open: closes,
    high: closes,
    low: closes,
    close: closes,
    volume: closes.map(() => 1),
    sessionDate: Float64Array.from(sessions),
    barStart: Float64Array.from(sessions, (date) => NYSE.openOf(date)),
    barEnd: Float64Array.from(sessions, (date) => NYSE.closeOf(date)),
    scale: closes.map(() => 1),
    barsPerYear: 252,
    ...data,
  });
  return Object.fromEntries(computePlan(plan, inputs).map((series, c) => [plan.columns[c]!.name, [...series]]));
}

/** A chain that was known at a session's close. */
export const closingChain = (session: number, contracts: readonly TestContract[], underlyingPrice = 100): OptionChain =>
  chainOf(contracts, { sessionDate: session, knownAt: NYSE.closeOf(session), underlyingPrice });
