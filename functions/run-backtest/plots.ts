import type { BacktestReport } from "#lib/backtest/report.schema.ts";
import { equitySvg } from "#lib/backtest/svg/equity-svg.ts";
import { foldBarsSvg } from "#lib/backtest/svg/fold-bars-svg.ts";
import { pathBarsSvg } from "#lib/backtest/svg/path-bars-svg.ts";
import { splitsWords } from "#lib/backtest/tear-sheet/report-text.ts";
import { hourThresholdsText } from "#lib/sweeps/variant.schema.ts";

/** A picture of a report, with the name of its file. */
export interface ReportPlot {
  readonly name: string;
  readonly svg: string;
}

/** The report's pictures, as SVG documents: equity, folds and, of several paths, their spread. Equal reports give equal bytes. */
export function reportPlots(report: BacktestReport): readonly ReportPlot[] {
  const { symbol, cadence, model_id, simulated, assumptions, splits, path } = report;
  const headline = report.variants[report.headline]!;
  const { metrics, params, paths } = headline;
  const costs =
    headline.options === null
      ? `${assumptions.slippage_bps} bp slippage and ${assumptions.commission_bps} bp commission a side`
      : "half the spread, slippage and fees of its options";
  const byHour = hourThresholdsText(params);
  const threshold = `${params.threshold_mode} threshold ${params.threshold ?? "none"}${byHour === null ? "" : ` (by hour ${byHour})`}, hold ${assumptions.hold_bars} bars`;
  const { dates } = report.equity;
  const way = paths === null ? "" : `median path ${path + 1} of ${paths.paths}, `;
  const plots = [
    {
      name: "equity.svg",
      svg: equitySvg({
        title: `${model_id}: out-of-sample equity`,
        subtitle: `${symbol} ${cadence}, ${way}${threshold}, ${metrics.trades} trades, net of ${costs}`,
        dates,
        strategy: report.equity.strategy,
        buyAndHold: report.equity.buy_and_hold,
        foldStarts: report.folds.map(({ test }) => dates.indexOf(test.first)).filter((at) => at >= 0),
        simulated,
      }),
    },
    {
      name: "folds.svg",
      svg: foldBarsSvg({
        title: `${model_id}: residual Sharpe ratio by fold`,
        subtitle: `${way}${splitsWords(splits)}, ${threshold}`,
        folds: report.folds.map(({ test, sharpe, trades, win_rate }) => ({
          first: test.first,
          last: test.last,
          sharpe,
          trades,
          winRate: win_rate,
        })),
        overall: metrics.residual.sharpe,
        simulated,
      }),
    },
  ];
  if (paths === null) return plots;
  const svg = pathBarsSvg({
    title: `${model_id}: residual Sharpe ratio by path`,
    subtitle: `${splitsWords(splits)}, ${threshold}`,
    sharpes: paths.each.map(({ residual_sharpe }) => residual_sharpe),
    shown: paths.shown,
    simulated,
  });
  return [...plots, { name: "paths.svg", svg }];
}
