import { ReliabilityChart } from "../../charts/reliability-chart.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Figure, Figures } from "../../ui/figure.tsx";
import { Grid, Panel } from "../../ui/panel.tsx";
import type { ResultRow } from "../../ui/results/result-row.ts";
import type { Column } from "../../ui/table-model.ts";
import { formatNumber, plural } from "../../words/format.ts";
import styles from "./backtest.module.css";
import type { Report } from "./report.ts";
import { ReportImportance } from "./report-importance.tsx";

type Fold = Report["folds"][number];

const COLUMNS: readonly Column<Fold>[] = [
  { id: "fold", header: "Fold", value: ({ fold }) => fold + 1, width: 56 },
  { id: "train", header: "Trained on", value: ({ train }) => `${train.first ?? "?"} to ${train.last ?? "?"}`, width: 210 },
  { id: "test", header: "Tested on", value: ({ test }) => `${test.first} to ${test.last}`, width: 210 },
  { id: "rows", header: "Rows", value: ({ train }) => train.rows, align: "right", width: 60, phone: "none" },
  { id: "effective_rows", of: "effective_rows", value: ({ train }) => train.effective_rows, width: 124, phone: "none" },
  { id: "log_loss", of: "log_loss", value: ({ model }) => model.log_loss, width: 110 },
  { id: "prior", of: "log_loss", header: "Base rates' log loss", value: ({ prior }) => prior.log_loss, width: 168 },
  { id: "auc", of: "auc", value: ({ model }) => model.auc, width: 72 },
  { id: "ece", of: "ece", value: ({ model }) => model.ece, width: 72, phone: "none" },
  {
    id: "calibration",
    header: "Calibration",
    value: ({ calibration }) => [calibration.method, calibration.reason].filter(Boolean).join(", "),
    width: 140,
  },
];

/** How good the forecasts were, whatever was traded on them. */
export function ReportModel({ report, row }: { readonly report: Report; readonly row: ResultRow | null | undefined }) {
  const { scores, learner } = report;
  const { model, prior, calibration } = scores;
  return (
    <Grid>
      <Panel title="Forecasts" note={`${plural(scores.rows, "forecast")} out of sample`} span={5}>
        <p>
          {scores.has_skill
            ? `The forecasts know something: their log loss is ${formatNumber(model.log_loss, "score4")}, that of base rates alone ${formatNumber(prior.log_loss, "score4")}.`
            : `The forecasts know nothing that base rates do not: their log loss is ${formatNumber(model.log_loss, "score4")}, that of base rates alone ${formatNumber(prior.log_loss, "score4")}. Such a model cannot pass.`}
        </p>
        <Figures>
          <Figure of="log_loss" value={model.log_loss} note={`base rates ${formatNumber(prior.log_loss, "score4")}`} />
          <Figure of="brier" value={model.brier} note={`base rates ${formatNumber(prior.brier, "score4")}`} />
          <Figure of="auc" value={model.auc} />
          <Figure of="ece" value={model.ece} />
          {calibration !== null && (
            <>
              <Figure of="mce" value={calibration.mce} />
              <Figure of="brier_reliability" value={calibration.brier_reliability} />
              <Figure of="brier_resolution" value={calibration.brier_resolution} />
              <Figure of="brier_uncertainty" value={calibration.brier_uncertainty} />
            </>
          )}
          {scores.regression !== null && (
            <>
              <Figure of="r2" value={scores.regression.r2} />
              <Figure of="mae" value={scores.regression.mae} />
            </>
          )}
        </Figures>
        <p className={styles.soft}>
          Learner {String(learner.algo)}, calibration {String(learner.calibration)}, seed {String(learner.seed)}.
        </p>
      </Panel>
      <Panel title="Reliability" note="how often a forecast came true" span={7}>
        <ReliabilityChart label="Forecast probability against how often it came true" bins={report.reliability} />
      </Panel>
      <ReportImportance row={row} />
      <Panel title="Folds" note="each model is trained on what lies before its test block, with purge and embargo">
        <DataTable caption="folds" columns={COLUMNS} rows={report.folds} rowKey={({ fold, split }) => `${fold} ${split}`} csvName="folds" />
      </Panel>
    </Grid>
  );
}
