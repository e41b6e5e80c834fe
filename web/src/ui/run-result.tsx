import type { Run } from "#client/sigma-client.ts";
import { useAsk } from "../data/ask.ts";
import { formatNumber, plural } from "../words/format.ts";
import { VERDICTS } from "../words/gate.ts";
import type { TermKey } from "../words/glossary.ts";
import {
  type BacktestOutcome,
  type MatrixOutcome,
  outcomeOf,
  type PublishedOutcome,
  type SweepOutcome,
  type TrainedOutcome,
} from "../words/outcome.ts";
import { PAGE, PLACE_OF } from "../words/places.ts";
import { LIFECYCLE_NAMES } from "../words/runs.ts";
import { CalibrationPart } from "./calibration-part.tsx";
import { Chip, Chips, StatusChip } from "./chip.tsx";
import { DataMarks } from "./data-mark.tsx";
import { Figure, Figures } from "./figure.tsx";
import { GateChip, GateReasons } from "./gate-chip.tsx";
import { PlaceLink } from "./place-link.tsx";
import styles from "./run-result.module.css";

/** What a run made: matrix, verdicts, trained models, with links to each. */
export function RunResult({ run }: { readonly run: Run }) {
  const { matrix, sweep, backtest, calibration, trained, published, due } = outcomeOf(run.outputs);
  return (
    <>
      {matrix !== undefined && <MatrixPart matrix={matrix} run={run} />}
      {sweep !== undefined && <SweepPart sweep={sweep} />}
      {backtest !== undefined && <BacktestPart backtest={backtest} run={run} />}
      {calibration !== undefined && <CalibrationPart calibration={calibration} />}
      {trained.map((model) => (
        <TrainedPart key={model.trained_model_id} model={model} />
      ))}
      {published !== undefined && <PublishedPart published={published} />}
      {due !== undefined && (
        <div className={styles.part}>
          <p className={styles.says}>
            {plural(due, "published model")} had a new closed bar. <PlaceLink to={PAGE.signals}>See the signals</PlaceLink>
          </p>
        </div>
      )}
    </>
  );
}

function MatrixPart({ matrix, run }: { readonly matrix: MatrixOutcome; readonly run: Run }) {
  const { rows, columns, features, quality, leakage, reused, stamps, warnings, forced } = matrix;
  return (
    <div className={styles.part}>
      <div className={styles.head}>
        <h3>Matrix</h3>
        <Chips>
          <Chip tone={quality === "ok" ? "plain" : quality === "warn" ? "warn" : "danger"}>Quality {quality}</Chip>
          <Chip tone={leakage === "ok" ? "plain" : "danger"}>Leak check {leakage}</Chip>
          {reused && <Chip>Reused</Chip>}
          <DataMarks stamps={stamps} />
        </Chips>
      </div>
      <p className={styles.says}>
        {plural(rows, "row")}, {plural(columns, "column")}, {formatNumber(features, "count")} of them features.
        {reused && " The same data and settings were built before, so nothing was computed again."}
        {forced.length > 0 && ` Built in spite of: ${forced.join(", ")}.`}
      </p>
      {warnings.length > 0 && (
        <ul className={styles.warnings}>
          {warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
      {run.pack_id !== null && run.model_id !== null && (
        <div className={styles.links}>
          <PlaceLink to={PLACE_OF.model(run.pack_id, run.model_id)} search={{ tab: "matrix" }}>
            Open the matrix profile
          </PlaceLink>
        </div>
      )}
    </div>
  );
}

const SWEEP_FIGURES = ["dsr_best", "luck_sharpe", "pbo", "p_oos_loss", "trials"] as const;
const TERM_OF: Readonly<Record<(typeof SWEEP_FIGURES)[number], TermKey>> = {
  dsr_best: "dsr",
  luck_sharpe: "luck_sharpe",
  pbo: "pbo",
  p_oos_loss: "p_oos_loss",
  trials: "trials",
};

function SweepPart({ sweep }: { readonly sweep: SweepOutcome }) {
  const { variants, distinct, pass, marginal, marginal_sig, fail, failed_variants, sweep_id, model_id, has_skill } = sweep;
  const best = useAsk("GET /leaderboard", { query: { sweep_id, limit: 1 } }).data?.rows[0];
  return (
    <div className={styles.part}>
      <div className={styles.head}>
        <h3>Sweep</h3>
        <Chips>
          {(
            [
              ["PASS", pass],
              ["MARGINAL", marginal],
              ["MARGINAL_SIG", marginal_sig],
              ["FAIL", fail],
            ] as const
          ).map(([status, amount]) => (
            <Chip key={status} tone={status === "PASS" && amount > 0 ? "accent" : "plain"}>
              {VERDICTS[status].name} {formatNumber(amount, "count")}
            </Chip>
          ))}
        </Chips>
      </div>
      <p className={styles.says}>
        {plural(variants, "variant")}, {formatNumber(distinct, "count")} of them distinct
        {failed_variants > 0 && `, ${formatNumber(failed_variants, "count")} could not be evaluated`}.{" "}
        {has_skill ? "The forecasts are better than base rates." : "The forecasts are no better than base rates, so no variant can pass."}
      </p>
      <Figures>
        {SWEEP_FIGURES.map((key) => (
          <Figure key={key} of={TERM_OF[key]} value={sweep[key]} {...(key === "dsr_best" ? { label: "Best DSR" } : {})} />
        ))}
      </Figures>
      <p className={styles.says}>
        The deflated Sharpe ratio is the probability that the best variant has skill after so many trials; PBO is the chance that choosing
        among them picked a below-average one; the trial count is every variant ever tried on these data.
      </p>
      {best !== undefined && (
        <>
          <div className={styles.head}>
            <h3>Best variant</h3>
            <GateChip status={best.gate.status} reasons={best.gate.reasons} />
          </div>
          <Figures>
            <Figure of="residual.sharpe" value={best.metrics.residual?.sharpe} />
            <Figure of="annual_return" value={best.metrics.annual_return} />
            <Figure of="max_drawdown_pct" value={best.metrics.max_drawdown_pct} />
            <Figure of="bets" value={best.metrics.bets} />
          </Figures>
          {best.metrics.bets === 0 && (
            <p className={styles.says}>
              No variant made a trade: calibrated forecasts that know no more than base rates never reach a threshold. Other indicators,
              another label or another symbol may have more to find.
            </p>
          )}
          {best.gate.status !== "PASS" && <GateReasons reasons={best.gate.reasons} />}
        </>
      )}
      <div className={styles.links}>
        <PlaceLink to={PLACE_OF.sweep(sweep_id)}>Open the sweep</PlaceLink>
        <PlaceLink to={PAGE.leaderboard} search={{ model: model_id }}>
          The model's rows on the leaderboard
        </PlaceLink>
      </div>
    </div>
  );
}

function BacktestPart({ backtest: { gate }, run }: { readonly backtest: BacktestOutcome; readonly run: Run }) {
  return (
    <div className={styles.part}>
      <div className={styles.head}>
        <h3>Backtest</h3>
        <GateChip status={gate.status} reasons={gate.reasons} />
      </div>
      {gate.status !== "PASS" && <GateReasons reasons={gate.reasons} />}
      {run.machine === "backtest" && (
        <p className={styles.says}>
          <PlaceLink to={PLACE_OF.backtest(run.run_id)}>See the report: equity, folds, trades</PlaceLink>
        </p>
      )}
    </div>
  );
}

const HOLDOUT_FIGURES = ["sharpe", "backtest_sharpe", "probability_this_low", "total_return", "looks"] as const;

function TrainedPart({ model: { trained_model_id, gate_status, proven, holdout, stamps } }: { readonly model: TrainedOutcome }) {
  return (
    <div className={styles.part}>
      <div className={styles.head}>
        <h3>Trained model</h3>
        <Chips>
          <GateChip status={gate_status} reasons={[]} />
          <DataMarks stamps={stamps} />
        </Chips>
      </div>
      {holdout !== null && (
        <>
          <Figures>
            {HOLDOUT_FIGURES.map((key) => (
              <Figure key={key} of={`holdout.${key}`} value={holdout[key] as number | null} />
            ))}
          </Figures>
          <p className={styles.says}>{holdoutInWords(holdout)}</p>
        </>
      )}
      {!proven && <p className={styles.says}>Unproven: it may be watched on paper, and can never trade live or be listed.</p>}
      <div className={styles.links}>
        <PlaceLink to={PLACE_OF.trained(trained_model_id)}>Open the trained model</PlaceLink>
      </div>
    </div>
  );
}

function holdoutInWords(holdout: NonNullable<TrainedOutcome["holdout"]>): string {
  if (holdout["vetoed"] === true) return "The holdout says no: were the backtest true, a result as low as this would be very unlikely.";
  if (typeof holdout["sharpe"] !== "number") return "It did not trade enough in the holdout for the holdout to say anything.";
  return "The holdout does not object to what the backtest promised.";
}

function PublishedPart({ published: { trained_model_id, status, stage } }: { readonly published: PublishedOutcome }) {
  return (
    <div className={styles.part}>
      <div className={styles.head}>
        <h3>Trained model</h3>
        <StatusChip status={status} name={`${LIFECYCLE_NAMES[status] ?? status}${status === "published" ? ` (${stage})` : ""}`} />
      </div>
      <div className={styles.links}>
        <PlaceLink to={PLACE_OF.trained(trained_model_id)}>Open the trained model</PlaceLink>
        {status === "published" && <PlaceLink to={PAGE.signals}>See its signals</PlaceLink>}
      </div>
    </div>
  );
}
