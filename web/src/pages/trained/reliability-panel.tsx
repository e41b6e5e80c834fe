import { useQueries } from "@tanstack/react-query";
import { ReliabilityChart } from "../../charts/reliability-chart.tsx";
import { type AnswerOf, asking, useAsk } from "../../data/ask.ts";
import { Figure, Figures } from "../../ui/figure.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { ErrorState } from "../../ui/states.tsx";
import { PLACE_OF } from "../../words/places.ts";
import { stepInWords } from "../../words/runs.ts";
import styles from "./trained.module.css";

type Model = AnswerOf<"GET /trained_models/{trained_model_id}">;
type Card = AnswerOf<"GET /model_card">;

/** Newest backtests of the model that are looked through for the one that fits. */
const MOST_BACKTESTS = 4;

/**
 * The backtest whose forecasts are those of the trained model's recipe: of the same configuration on the same matrix. Executions
 * differ in what they do with forecasts, not in the forecasts.
 */
function useBacktestOf({ pack_id, model_id, lineage }: Model) {
  const runs = useAsk("GET /backtest_runs", { query: { pack_id, model_id, status: "succeeded", limit: MOST_BACKTESTS } });
  const reports = useQueries({
    queries: (runs.data?.rows ?? []).map(({ run_id }) => asking("GET /backtest_runs/{run_id}", { params: { run_id } })),
  });
  const found = reports
    .map(({ data }) => data)
    .find((data) => data?.report?.lineage.config_sha === lineage.config_sha && data.report.lineage.matrix_sha === lineage.matrix_sha);
  const error = runs.error ?? reports.find((report) => report.error !== null)?.error ?? null;
  const isPending = runs.isPending || (found === undefined && reports.some((report) => report.isPending));
  return { found, error, isPending, refetch: () => void runs.refetch() };
}

/** Whether its probabilities can be believed: how often what it called p came true, out of sample. */
export function ReliabilityPanel({ model, card }: { readonly model: Model; readonly card: Card }) {
  const { found, error, isPending, refetch } = useBacktestOf(model);
  const { kind, notes } = card.calibration;
  const report = found?.report;
  return (
    <Panel
      title="Reliability and calibration"
      note={kind === "none" ? "Not calibrated" : `${stepInWords(kind)} calibration`}
      {...(found === undefined ? {} : { actions: <PlaceLink to={PLACE_OF.run(found.run.run_id)}>Backtest</PlaceLink> })}
    >
      {report !== undefined && report !== null ? (
        <>
          <ReliabilityChart label={`Reliability of ${model.model_id}`} bins={report.reliability} />
          <Figures>
            <Figure of="ece" value={report.scores.model.ece} />
            <Figure of="mce" value={report.scores.calibration?.mce ?? null} />
            <Figure of="brier" value={report.scores.model.brier} />
            <Figure of="log_loss" value={report.scores.model.log_loss} />
            <Figure of="log_loss" label="of base rates" value={report.scores.prior.log_loss} />
          </Figures>
          <p className={styles.soft}>
            Of the out-of-sample forecasts of a backtest of the same configuration on the same matrix, all folds together.{" "}
            {report.scores.has_skill
              ? "Their log loss is below that of the base rates: there is skill."
              : "Their log loss is not below that of the base rates: there is no skill to calibrate."}
          </p>
        </>
      ) : isPending ? (
        <SkeletonBlock />
      ) : error !== null ? (
        <ErrorState error={error} title="The backtest could not be read" onRetry={refetch} />
      ) : (
        <p className={styles.soft}>
          No backtest of this very configuration and matrix is kept, so how often its probabilities came true is not known here. Backtest{" "}
          <PlaceLink to={PLACE_OF.model(model.pack_id, model.model_id)}>the model</PlaceLink> to see it.
        </p>
      )}
      {notes.length > 0 && (
        <ul className={styles.list}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
