import type { BacktestReport } from "#lib/backtest/report.schema.ts";
import { equitySvg } from "#lib/backtest/svg/equity-svg.ts";
import { foldBarsSvg } from "#lib/backtest/svg/fold-bars-svg.ts";

/** The report's two pictures, as SVG documents. Equal reports give equal bytes. */
export function reportPlots(report: BacktestReport): { readonly equity: string; readonly folds: string } {
  const { symbol, cadence, model_id, simulated, assumptions, splits } = report;
  const headline = report.variants[report.headline]!;
  const { metrics, params } = headline;
  const costs = `${assumptions.slippage_bps} bp slippage and ${assumptions.commission_bps} bp commission a side`;
  const threshold = `${params.threshold_mode} threshold ${params.threshold ?? "none"}, hold ${assumptions.hold_bars} bars`;
  const { dates } = report.equity;
  return {
    equity: equitySvg({
      title: `${model_id}: out-of-sample equity`,
      subtitle: `${symbol} ${cadence}, ${threshold}, ${metrics.trades} trades, net of ${costs}`,
      dates,
      strategy: report.equity.strategy,
      buyAndHold: report.equity.buy_and_hold,
      foldStarts: report.folds.map(({ test }) => dates.indexOf(test.first)).filter((at) => at >= 0),
      simulated,
    }),
    folds: foldBarsSvg({
      title: `${model_id}: residual Sharpe ratio by fold`,
      subtitle: `${splits.splits} purged walk-forward test blocks, ${threshold}`,
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
  };
}
