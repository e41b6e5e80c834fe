import { matrixOf } from "../build-matrix.ts";
import type { Matrix } from "../matrix.ts";
import type { UniversePart } from "../universe/build-universe.ts";
import { assessQuality, reportOf } from "./assess-quality.ts";
import { labelBalanceCheck } from "./label-checks.ts";
import type { QualityReport, Verdict } from "./quality.schema.ts";
import { verdict, worse } from "./verdict.ts";

/**
 * The checks of every member, brought together: of each check the worst verdict, how many members have it and who they are.
 * The label's balance is that of the whole frame: a member that only rose is no fault.
 */
export function assessUniverse(parts: readonly UniversePart[], matrix: Matrix): QualityReport {
  const reports = parts.map(({ spec, source }) => ({
    symbol: spec.symbol,
    verdicts: assessQuality(spec, matrixOf(spec, source), source.data).verdicts,
  }));
  const verdicts = reports[0]!.verdicts.map(({ check }, i) => {
    if (check === "label_balance") return labelBalanceCheck({ matrix, openBasedFeatures: new Set(), data: parts[0]!.source.data });
    return together(
      check,
      reports.map(({ symbol, verdicts: own }) => ({ symbol, own: own[i]! })),
    );
  });
  return reportOf(matrix, verdicts);
}

function together(check: string, each: readonly { readonly symbol: string; readonly own: Verdict }[]): Verdict {
  const status = each.reduce<Verdict["status"]>((worst, { own }) => worse(worst, own.status), "ok");
  const those = each.filter(({ own }) => own.status === status);
  const first = those[0]!;
  const numbers = { symbols: each.length, concerned: status === "ok" ? 0 : those.length };
  if (status === "ok") return verdict(check, "ok", first.own.summary, numbers);
  const summary = `"${those.length}" of "${each.length}" symbols, such as ${first.symbol}: ${first.own.summary}`;
  return verdict(
    check,
    status,
    summary,
    numbers,
    those.map(({ symbol }) => symbol),
  );
}
