import { hourThresholdsText, type VariantParams } from "../../sweeps/variant.schema.ts";
import type { BacktestReport } from "../report.schema.ts";
import type { Outcome } from "../robustness/robustness.schema.ts";
import { splitCount } from "../split-count.ts";
import { pathsOfSplits, type Splits } from "../splits.schema.ts";

/** A variant in words: what has to hold for a trade. */
export function variantText(params: VariantParams): string {
  const byHour = hourThresholdsText(params);
  const parts = [
    `${params.threshold_mode} threshold ${params.threshold ?? "none"}${byHour === null ? "" : ` (by hour ${byHour})`}`,
    ...(params.top_pct === null ? [] : [`top ${100 * params.top_pct} %`]),
    ...(params.hours === null ? [] : [`hours ${params.hours.join(", ")}`]),
    ...(params.hold_bars === null ? [] : [`hold ${params.hold_bars} bars`]),
  ];
  return parts.join(", ");
}

/** How the rows were split, in words. */
export function splitsWords(splits: Splits): string {
  switch (splits.kind) {
    case "walk_forward":
      return `${splits.splits} purged walk-forward test blocks`;
    case "purged_kfold":
      return `${splits.splits} purged k-fold test blocks, trained on later rows too`;
    case "cpcv": {
      const { n_groups, k_test } = splits;
      return `${splitCount(n_groups, k_test)} combinatorial splits (${k_test} of ${n_groups} groups), ${pathsOfSplits(splits)} paths, trained on later rows too`;
    }
  }
}

/** The splits of a report, and which of several paths it shows. */
export function splitsText({ splits, variants, headline, path }: BacktestReport): string {
  const { paths } = variants[headline]!;
  return `${splitsWords(splits)}${paths === null ? "" : `, path ${path + 1} of ${paths.paths}, the one with the median residual Sharpe ratio`}`;
}

/** The headline's own figures, as the robustness block states those of others. */
export function headlineOutcome({ variants, headline }: BacktestReport): Outcome {
  const { trades, total_return, annual_return, sharpe, residual, max_drawdown_pct } = variants[headline]!.metrics;
  return { trades, total_return, annual_return, sharpe, residual_sharpe: residual.sharpe, max_drawdown_pct };
}
