import type { GateReason, GateStatus } from "#lib/leaderboard/gate.schema.ts";
import { chanceInWords, formatNumber } from "./format.ts";
import { LIMITED, reasonInWords } from "./gate.ts";
import { GLOSSARY, isTermKey } from "./glossary.ts";

type Quantity = number | readonly number[] | null;
type Reason = Readonly<{ code: string; metric: string; value: Quantity; limit: Quantity }>;

/** What a sentence about the best of many needs to know of a row. */
export interface JudgedRow {
  readonly gate: { readonly status: GateStatus; readonly reasons: readonly Reason[] };
  readonly score: number | null;
  readonly metrics: { readonly residual: { readonly sharpe: number | null } };
  readonly significance: { readonly dsr: number | null };
}

const PASSING = ["PASS", "MARGINAL", "MARGINAL_SIG", "FAIL", "ungated"];

/** The row nearest to a pass: by verdict, then by score. */
function bestOf(rows: readonly JudgedRow[]): JudgedRow | undefined {
  return rows.toSorted(
    (a, b) =>
      PASSING.indexOf(a.gate.status) - PASSING.indexOf(b.gate.status) ||
      (b.score ?? Number.NEGATIVE_INFINITY) - (a.score ?? Number.NEGATIVE_INFINITY),
  )[0];
}

/**
 * In a sentence how good the best of a list is: "No variant passed: the best one's deflated Sharpe ratio is 0.52, the gate asks for
 * 0.90." Undefined without rows.
 *
 * @param word - what a row is called, such as `variant`
 * @param total - rows in all, where the list is only the best part
 */
export function bestInWords(rows: readonly JudgedRow[], word = "result", total = rows.length): string | undefined {
  const best = bestOf(rows);
  if (best === undefined) return undefined;
  if (best.gate.status === "PASS") {
    const passed = rows.filter(({ gate }) => gate.status === "PASS").length;
    const are =
      passed === 1
        ? `1 of ${formatNumber(total, "count")} ${word}s passed`
        : `${passed} of ${formatNumber(total, "count")} ${word}s passed`;
    return `${are}: the best one's residual Sharpe ratio is ${formatNumber(best.metrics.residual.sharpe, "ratio")}, its deflated Sharpe ratio ${chanceInWords(best.significance.dsr)}.`;
  }
  return `No ${word} passed: ${whyInWords(best.gate.reasons)}`;
}

/** The reason that says most stands first: significance, then skill, then whatever limit is missed. */
const WEIGHT = ["dsr_below_min", "min_sharpe_not_met", "net_sharpe_not_positive", "no_skill", "max_dd_exceeded", "min_bets_not_met"];

function whyInWords(reasons: readonly Reason[]): string {
  const place = ({ code }: Reason): number => (WEIGHT.indexOf(code) + WEIGHT.length + 1) % (WEIGHT.length + 1);
  const ordered = reasons.toSorted((a, b) => place(a) - place(b));
  const first = ordered[0];
  if (first === undefined) return "the gate gives no reason.";
  const rest = reasons.length - 1;
  const more = rest === 0 ? "" : ` ${rest === 1 ? "One more limit is" : `${formatNumber(rest, "count")} more limits are`} missed.`;
  return `${reasonSentence(first)}.${more}`;
}

const sentenceCase = (name: string): string => (/^[A-Z][a-z]/.test(name) ? `${name[0]!.toLowerCase()}${name.slice(1)}` : name);

function reasonSentence(reason: Reason): string {
  const limited = Object.values(LIMITED).find(({ code }) => code === reason.code);
  const term = isTermKey(reason.metric) ? GLOSSARY[reason.metric] : undefined;
  if (limited !== undefined && term !== undefined && typeof reason.value === "number" && typeof reason.limit === "number") {
    // A probability of three digits says more than anybody can know here.
    const format = term.format === "probability" ? "ratio" : term.format;
    const asks = limited.bound === "min" ? "asks for" : "allows";
    const name = sentenceCase(term.name).replace("sharpe", "Sharpe").replace("calmar", "Calmar");
    return `the best one's ${name} is ${formatNumber(reason.value, format)}, the gate ${asks} ${formatNumber(reason.limit, format)}`;
  }
  const { title, says } = reasonInWords(reason as GateReason);
  return says === "" ? title : `${sentenceCase(title)} (${says.replace(/\.$/, "")})`;
}
