import { timeAxis } from "#lib/backtest/time-axis.ts";
import { labelHorizonBars } from "#lib/matrix/label.schema.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import type { FeasibilityContext } from "#lib/sweeps/feasibility.ts";

/**
 * What bounds the bets of a model's variants: the sessions that are evaluated, and how often and for how many symbols at a time
 * the label puts its question in them.
 *
 * @param firstTest - first row that is tested
 */
export function feasibilityContext(development: Matrix, firstTest: number): FeasibilityContext {
  const { sessionDate, labelUnit, info, rows } = development;
  const { start } = timeAxis(development.ts.subarray(firstTest));
  const bars = start.length - 1;
  const sessions = new Set(sessionDate.subarray(firstTest)).size;
  let decisions = 0;
  let asked = 0;
  for (let time = 0; time < bars; time++) {
    let asks = 0;
    for (let row = firstTest + start[time]!; row < firstTest + start[time + 1]!; row++) if (!Number.isNaN(labelUnit[row]!)) asks++;
    asked += asks;
    if (asks > 0) decisions++;
  }
  const perSession = (count: number): number => Math.max(1, Math.round(count / Math.max(1, sessions)));
  return {
    sessions,
    sessionsPerYear: 252,
    barsPerSession: perSession(bars),
    decisionsPerSession: perSession(decisions),
    candidatesPerDecision: rows > firstTest && decisions > 0 ? asked / decisions : 1,
    labelHorizonBars: labelHorizonBars(info.label, info.cadence),
  };
}
