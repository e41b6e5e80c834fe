import type { BacktestReport } from "../backtest/report.schema.ts";
import { type Finding, ruleFinding } from "./finding.ts";
import { PERFORMANCE_RULES, type PerformanceCode } from "./performance-rules.ts";

/** What the check reads of a backtest's report. */
export type CheckedReport = Pick<BacktestReport, "headline" | "simulated"> & {
  readonly data: Pick<BacktestReport["data"], "first_session" | "last_session">;
  readonly scores: Pick<BacktestReport["scores"], "rows">;
  readonly folds: readonly Pick<BacktestReport["folds"][number], "notes">[];
  readonly variants: readonly { readonly metrics: Pick<BacktestReport["variants"][number]["metrics"], "sharpe" | "trades"> }[];
};

/** How the one-year backtest of a pack ended: with a report, or with the failure of its run. */
export type PerformanceOutcome =
  | { readonly report: CheckedReport }
  | { readonly failure: { readonly code: string; readonly message: string } };

export interface PerformanceVerdict {
  /** Whether the pack may be saved: no finding is an error. */
  readonly accepted: boolean;
  readonly findings: readonly Finding[];
}

/** A pack may lose, but not this much: the annual Sharpe ratio, net of costs, must be above it. */
const LEAST_SHARPE = -0.5;
const LEAST_TRADES = 10;

/** Days between the first and the last decision: what warm-up, label and holdout must leave of a year. */
const LEAST_DAYS = 180;

const DAY_MS = 86_400_000;

/**
 * Judges a pack by one backtest on a year of data, before it is saved: the Sharpe ratio (annual, net of costs, of the headline
 * variant) must be above -0.5, there must be at least 10 trades, and nothing may have gone critically wrong. Every objection is
 * named, and each code is a rule of the coherence table.
 *
 * @param gateSharpe - the Sharpe ratio that the pack's gates ask for; below it the verdict warns. Absent = no such word
 */
export function performanceCheck(outcome: PerformanceOutcome, gateSharpe?: number): PerformanceVerdict {
  const findings = "failure" in outcome ? [runFailed(outcome.failure)] : reportFindings(outcome.report, gateSharpe);
  return { accepted: findings.every(({ severity }) => severity !== "error"), findings };
}

function reportFindings({ data, folds, headline, scores, simulated, variants }: CheckedReport, gateSharpe: number | undefined): Finding[] {
  const { sharpe, trades } = variants[headline]!.metrics;
  const findings: Finding[] = [];
  const days = (Date.parse(data.last_session) - Date.parse(data.first_session)) / DAY_MS;
  if (days < LEAST_DAYS)
    findings.push(
      objection(
        "performance_year_too_short",
        `The backtest decides from ${data.first_session} to ${data.last_session}, "${days}" days; at least ${LEAST_DAYS} of a year are needed.`,
      ),
    );
  if (scores.rows === 0 || (folds.length > 0 && folds.every(({ notes }) => notes.includes("single_class"))))
    findings.push(objection("performance_nothing_learned", "No fold of the backtest had two classes to learn and rows to be judged on."));
  if (trades < LEAST_TRADES)
    findings.push(objection("performance_trades_too_few", `The backtest has "${trades}" trades; at least ${LEAST_TRADES} are needed.`));
  else if (sharpe === null)
    findings.push(objection("performance_sharpe_undefined", "The backtest's Sharpe ratio is undefined although there were trades."));
  if (sharpe !== null && sharpe <= LEAST_SHARPE)
    findings.push(
      objection("performance_sharpe_too_low", `The backtest's Sharpe ratio is "${shown(sharpe)}"; it must be above ${LEAST_SHARPE}.`),
    );
  else if (sharpe !== null && gateSharpe !== undefined && sharpe < gateSharpe)
    findings.push(
      objection("performance_below_gate", `The backtest's Sharpe ratio is "${shown(sharpe)}"; the pack's gates ask for ${gateSharpe}.`),
    );
  if (simulated) findings.push(objection("performance_simulated", "The backtest ran on simulated data."));
  return findings;
}

const runFailed = ({ code, message }: { readonly code: string; readonly message: string }): Finding =>
  objection("performance_run_failed", `The backtest failed with ${code}: ${message}`);

/** Three decimals, never rounded onto the limit that it is held against. */
function shown(sharpe: number): string {
  const short = sharpe.toFixed(3);
  return Number(short) === LEAST_SHARPE && sharpe !== LEAST_SHARPE ? String(sharpe) : short;
}

const objection = (code: PerformanceCode, reason: string): Finding =>
  ruleFinding(code, PERFORMANCE_RULES[code], { path: "performance", reason });
