import { EquityChart } from "../../charts/equity-chart.tsx";
import { FoldBars } from "../../charts/fold-bars.tsx";
import { MonthlyReturns } from "../../charts/monthly-returns.tsx";
import { Figure, Figures, TermName } from "../../ui/figure.tsx";
import { GateReasons } from "../../ui/gate-chip.tsx";
import { Grid, Panel } from "../../ui/panel.tsx";
import type { ResultRow } from "../../ui/results/result-row.ts";
import { formatNumber, plural } from "../../words/format.ts";
import { VERDICTS } from "../../words/gate.ts";
import styles from "./backtest.module.css";
import { Benchmarks } from "./benchmarks.tsx";
import { EXIT_NAMES, type Report } from "./report.ts";
import { Robustness } from "./robustness.tsx";
import { TradeHeat } from "./trade-heat.tsx";

/** What it earned, how sure that is, and what it rests on. */
export function ReportSummary({ report, row }: { readonly report: Report; readonly row: ResultRow | undefined }) {
  const variant = report.variants[report.headline]!;
  const { metrics } = variant;
  const { residual } = metrics;
  const significance = row?.significance;
  const why = metrics.undefined_reasons;
  const { dates, strategy, buy_and_hold } = report.equity;
  const error = residual.sharpe_se;
  return (
    <Grid>
      <Panel title="Headline" note="after costs, out of sample">
        <Figures>
          <Figure
            of="residual.sharpe"
            value={residual.sharpe}
            why={why["residual.sharpe"]}
            note={error === null ? undefined : `± ${formatNumber(1.96 * error, "ratio")} at 95%`}
            large
          />
          {significance !== undefined && (
            <Figure
              of="dsr"
              value={significance.dsr}
              why={significance.undefined_reasons["dsr"]}
              note={`${plural(significance.trials, "trial")} count`}
              large
            />
          )}
          <Figure of="bootstrap_p" value={report.bootstrap_p} large />
          <Figure
            of="total_return"
            value={metrics.total_return}
            note={`buy and hold ${formatNumber(metrics.benchmark.total_return, "signed_share")}`}
            large
          />
          <Figure of="annual_return" value={metrics.annual_return} large />
          <Figure
            of="max_drawdown_pct"
            value={metrics.max_drawdown_pct}
            note={plural(metrics.max_drawdown_sessions ?? 0, "session")}
            large
          />
          <Figure of="bets" value={metrics.bets} note={`${plural(metrics.trades, "trade")}`} large />
          <Figure of="win_rate" value={metrics.win_rate} large />
        </Figures>
        {significance !== undefined && (
          <dl className={styles.sentences}>
            <div>
              <dt>
                <TermName of="dsr" short />
              </dt>
              <dd>
                Probability that the true Sharpe ratio is above {formatNumber(significance.reference_sharpe, "ratio")}, which the best of{" "}
                {plural(significance.trials, "trial")} would show by luck.
              </dd>
            </div>
            <div>
              <dt>
                <TermName of="pbo" short />
              </dt>
              <dd>
                {significance.pbo === null
                  ? "Only a sweep can tell: it takes variants to choose among."
                  : `${formatNumber(significance.pbo, "share")} of the splits rank the winner of one half in the lower half of the other.`}
              </dd>
            </div>
            <div>
              <dt>
                <TermName of="trials" short />
              </dt>
              <dd>Everything that was ever tried on this model and history counts, this result included.</dd>
            </div>
          </dl>
        )}
      </Panel>
      <Panel title="Equity and drawdown" note={`${dates[0] ?? ""} to ${dates.at(-1) ?? ""}`}>
        <EquityChart
          label="Equity of the strategy and of buy and hold"
          series={[
            { name: "Strategy", dates, values: strategy },
            { name: "Buy and hold", dates, values: buy_and_hold },
          ]}
          note="1 is the start. Net of costs, on allocated capital; idle sessions count."
        />
      </Panel>
      <Panel title="Folds" note="residual Sharpe ratio of each test block" span={7}>
        <FoldBars
          label="Residual Sharpe ratio by fold"
          of="residual.sharpe"
          bars={report.folds.map(({ fold, test, trades, sharpe }) => ({
            name: `${fold + 1}`,
            value: sharpe,
            note: `${test.first} to ${test.last}, ${plural(trades, "trade")}`,
          }))}
          {...(residual.sharpe === null ? {} : { reference: { name: "All", value: residual.sharpe } })}
        />
      </Panel>
      <Panel title="Verdict" span={5}>
        {row === undefined ? (
          <p className={styles.soft}>The backtest was not saved to the leaderboard, so its verdict is in the tear sheet only.</p>
        ) : (
          <>
            <p className={styles.soft}>{VERDICTS[row.gate.status].means}</p>
            <GateReasons reasons={row.gate.reasons} />
          </>
        )}
      </Panel>
      <Panel title="Months">
        <MonthlyReturns label="Return of each month" dates={dates} values={strategy} />
      </Panel>
      <Panel title="When it trades">
        <TradeHeat profile={report.trade_profile} />
      </Panel>
      <Panel title="Against what anybody gets" span={7}>
        <Benchmarks report={report} />
      </Panel>
      <Panel title="How trades end" span={5}>
        <dl className={styles.pairs}>
          {Object.entries(variant.exits)
            .toSorted(([, a], [, b]) => b - a)
            .map(([kind, count]) => (
              <div key={kind}>
                <dt>{EXIT_NAMES[kind] ?? kind}</dt>
                <dd>{formatNumber(count, "count")}</dd>
              </div>
            ))}
        </dl>
      </Panel>
      <Panel title="More numbers">
        <Figures>
          <Figure of="sharpe" value={metrics.sharpe} why={why["sharpe"]} />
          <Figure of="sortino" value={metrics.sortino} why={why["sortino"]} />
          <Figure of="calmar" value={metrics.calmar} why={why["calmar"]} />
          <Figure of="psr" value={metrics.psr} />
          <Figure of="profit_factor" value={metrics.profit_factor} why={why["profit_factor"]} />
          <Figure of="expectancy" value={metrics.expectancy} />
          <Figure of="volatility" value={metrics.volatility} />
          <Figure of="es95" value={metrics.es95} why={why["es95"]} />
          <Figure of="turnover" value={metrics.turnover} />
          <Figure of="exposure" value={metrics.exposure} />
          <Figure of="fill_rate" value={metrics.fill_rate} />
          <Figure of="costs" value={metrics.costs} />
          <Figure of="realised_share" value={variant.realised_share} />
          <Figure of="ambiguous_share" value={variant.orders.ambiguous_share} />
        </Figures>
      </Panel>
      {report.robustness !== null && (
        <Panel title="Robustness" note="of the headline, under changed assumptions">
          <Robustness robustness={report.robustness} />
        </Panel>
      )}
      <Panel title="What is assumed">
        <ul className={styles.statements}>
          {report.assumptions.statements.map((statement) => (
            <li key={statement}>{statement}</li>
          ))}
        </ul>
        {report.warnings.length > 0 && (
          <p className={styles.soft}>Warnings: {report.warnings.map((code) => code.replaceAll("_", " ")).join("; ")}.</p>
        )}
      </Panel>
    </Grid>
  );
}
