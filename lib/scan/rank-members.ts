import { type Comparison, compares } from "../core/comparison.ts";
import type { IndicatorSet } from "../packs/indicator-set.schema.ts";

/** A scanner's rule. */
export type ScanRule = NonNullable<IndicatorSet["scan"]>;

/** A member's columns at its last closed bar; NaN = unknown. */
export interface MemberValues {
  readonly symbol: string;
  readonly values: ReadonlyMap<string, number>;
}

export interface CheckedCondition {
  readonly column: string;
  readonly op: Comparison;
  readonly value: number | string;
  readonly found: number;
  readonly holds: boolean;
}

export interface RankedMember<M extends MemberValues> {
  readonly member: M;
  /** 0 to 100. */
  readonly score: number;
  readonly fulfilled: boolean;
  readonly conditions: readonly CheckedCondition[];
}

/** Columns that rank and are unknown for a member: without them it has no place. */
export const unknownRanks = ({ values }: MemberValues, { rank }: ScanRule): string[] =>
  rank.map(({ column }) => column).filter((column) => Number.isNaN(values.get(column) ?? Number.NaN));

/**
 * Orders members by a scanner's rule: those that fulfil every condition first, then by score, then by symbol.
 *
 * The score is the weighted mean of a member's percentiles. A percentile is the share of the members below it, itself and its
 * equals counted half, in percent; where low is best, 100 less that. So the score compares the members of one scan with each
 * other, whatever units the columns have, and says nothing beyond that scan.
 *
 * @param members - with every column that ranks known
 */
export function rankMembers<M extends MemberValues>(members: readonly M[], rule: ScanRule): RankedMember<M>[] {
  const weighted = new Float64Array(members.length);
  const totalWeight = rule.rank.reduce((sum, { weight }) => sum + weight, 0);
  for (const { column, best, weight } of rule.rank) {
    const percentiles = percentilesOf(Float64Array.from(members, ({ values }) => values.get(column) ?? Number.NaN));
    for (let i = 0; i < weighted.length; i++) weighted[i]! += weight * (best === "high" ? percentiles[i]! : 100 - percentiles[i]!);
  }
  return members
    .map((member, i): RankedMember<M> => {
      const conditions = rule.where.map((condition) => check(condition, member.values));
      return { member, score: weighted[i]! / totalWeight, fulfilled: conditions.every(({ holds }) => holds), conditions };
    })
    .sort((a, b) => Number(b.fulfilled) - Number(a.fulfilled) || b.score - a.score || (a.member.symbol < b.member.symbol ? -1 : 1));
}

function check({ column, op, value }: ScanRule["where"][number], values: MemberValues["values"]): CheckedCondition {
  const found = values.get(column) ?? Number.NaN;
  const against = typeof value === "number" ? value : (values.get(value) ?? Number.NaN);
  return { column, op, value, found, holds: compares(found, op, against) };
}

/** For each value the share of values below it, in percent; itself and its equals count half. */
function percentilesOf(values: Float64Array): Float64Array {
  const sorted = values.toSorted();
  const out = new Float64Array(values.length);
  const placeOf = new Map<number, number>();
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    placeOf.set(sorted[start]!, (100 * (start + end)) / (2 * sorted.length));
    start = end;
  }
  for (let i = 0; i < values.length; i++) out[i] = placeOf.get(values[i]!)!;
  return out;
}
