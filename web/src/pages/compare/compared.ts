import type { RiskBudget } from "#lib/policies/risk-budget.schema.ts";
import { LIMITED, numberAt } from "../../words/gate.ts";
import { isTermKey, type TermKey } from "../../words/glossary.ts";

/** A, B, C ...: names that are short enough for every picture. */
export const lettersOf = (count: number): string[] => Array.from({ length: count }, (_, i) => String.fromCharCode(65 + i));

/** One line of a table side by side. */
export interface SideLine {
  readonly key: string;
  /** A text of each, in their order. */
  readonly values: readonly string[];
  readonly differs: boolean;
}

/** Keys that any of the objects has, with a text of each value; keys that none has a value for are left out. */
export function sideLines(objects: readonly Readonly<Record<string, unknown>>[]): SideLine[] {
  const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return keys.flatMap((key): SideLine[] => {
    const values = objects.map((object) => textOf(object[key]));
    if (values.every((value) => value === "")) return [];
    return [{ key, values, differs: values.some((value) => value !== values[0]) }];
  });
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

/** How much of a limit a result uses up: 1 is the limit itself, more breaks it. */
export interface BudgetUse {
  readonly key: string;
  readonly metric: TermKey;
  readonly bound: "min" | "max";
  readonly limit: number;
  readonly value: number | null;
  /** Of a ceiling what is used of it; of a floor what is reached of it, so that 1 is enough. Null = unknown. */
  readonly share: number | null;
  readonly holds: boolean | null;
}

/** Every limit of a budget that has a number, beside what a result has. */
export function budgetUses(
  metrics: Readonly<Record<string, unknown>>,
  significance: Readonly<Record<string, unknown>>,
  budget: RiskBudget,
): BudgetUse[] {
  return Object.entries(LIMITED).flatMap(([key, { metric, bound }]): BudgetUse[] => {
    const limit = budget[key as keyof typeof LIMITED];
    if (limit === undefined || !isTermKey(metric)) return [];
    const value = numberAt(metric in significance ? significance : metrics, metric);
    const holds = value === null ? null : bound === "min" ? value >= limit - 1e-12 : value <= limit + 1e-12;
    const share = value === null || limit === 0 ? null : Math.max(0, value / limit);
    return [{ key, metric, bound, limit, value, share, holds }];
  });
}
