import { matrixOf } from "../build-matrix.ts";
import type { Matrix } from "../matrix.ts";
import type { MatrixData } from "../matrix-data.ts";
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
  const members = parts.map(({ spec, source }) => ({
    symbol: spec.symbol,
    verdicts: assessQuality(spec, matrixOf(spec, source), source.data).verdicts,
  }));
  return bringTogether(members, matrix, parts[0]!.source.data);
}

/** The verdicts on each member as those on the whole frame. @param data - of any member */
export function bringTogether(
  members: readonly { readonly symbol: string; readonly verdicts: readonly Verdict[] }[],
  matrix: Matrix,
  data: MatrixData,
): QualityReport {
  const verdicts = members[0]!.verdicts.map(({ check }, i) => {
    if (check === "label_balance") return labelBalanceCheck({ matrix, openBasedFeatures: new Set(), data });
    return together(
      check,
      members.map(({ symbol, verdicts: own }) => ({ symbol, own: own[i]! })),
    );
  });
  return reportOf(matrix, verdicts);
}

function together(check: string, each: readonly { readonly symbol: string; readonly own: Verdict }[]): Verdict {
  const status = each.reduce<Verdict["status"]>((worst, { own }) => worse(worst, own.status), "ok");
  const those = each.filter(({ own }) => own.status === status);
  const first = those[0]!;
  const numbers = { symbols: each.length, concerned: status === "ok" ? 0 : those.length };
  if (status === "ok")
    return verdict(check, "ok", `"${each.length}" symbols are sound, such as ${first.symbol}: ${first.own.summary}`, numbers);
  const summary = `"${those.length}" of "${each.length}" symbols, such as ${first.symbol}: ${first.own.summary}`;
  return verdict(
    check,
    status,
    summary,
    numbers,
    those.map(({ symbol }) => symbol),
  );
}
