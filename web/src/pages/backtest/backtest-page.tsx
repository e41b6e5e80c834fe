import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { type AnswerOf, useAsk } from "../../data/ask.ts";
import { buttonClass } from "../../ui/button.tsx";
import { StatusChip } from "../../ui/chip.tsx";
import { DataMarks } from "../../ui/data-mark.tsx";
import { GateChip } from "../../ui/gate-chip.tsx";
import { PageHeader, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { CartBar } from "../../ui/results/cart-bar.tsx";
import { nameOfResult } from "../../ui/results/result-row.ts";
import { RunProgress } from "../../ui/run-progress.tsx";
import { EmptyState, ErrorState, Loaded } from "../../ui/states.tsx";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { RUN_STATUS_NAMES } from "../../words/runs.ts";
import { variantInWords } from "../../words/variant.ts";
import { type ReportSearch, withChange } from "./report.ts";
import { ReportView } from "./report-view.tsx";

type Found = AnswerOf<"GET /backtest_runs/{run_id}">;

/** The row that a run recommends, whichever machine the backtest was part of. */
function bestRowOf({ run }: Found): string | undefined {
  const outputs = (run.outputs ?? {}) as Readonly<Record<string, { readonly best_rows?: unknown } | undefined>>;
  const rows = (outputs["backtest"] ?? outputs["result"])?.best_rows;
  const first = Array.isArray(rows) ? rows[0] : undefined;
  return typeof first === "string" ? first : undefined;
}

/** A backtest as its run wrote it, with the trades and prices of its headline. */
export function BacktestPage() {
  const { runId } = getRouteApi("/backtests/$runId").useParams();
  const search: ReportSearch = getRouteApi("/backtests/$runId").useSearch();
  const navigate = useNavigate({ from: "/backtests/$runId" });
  const query = useAsk("GET /backtest_runs/{run_id}", { params: { run_id: runId } });
  const rowId = query.data === undefined ? undefined : bestRowOf(query.data);
  const row = useAsk("GET /leaderboard/{row_id}", { params: { row_id: rowId ?? "" } }, { enabled: rowId !== undefined });
  const judged = row.data;
  const run = query.data?.run;
  const report = query.data?.report ?? undefined;
  const params = report?.variants[report.headline]?.params;
  const sheet = run?.links["tear_sheet"];
  return (
    <>
      <PageHeader
        title={run?.model_id ? `Backtest of ${run.model_id}` : "Backtest"}
        trail={<PlaceLink to={PAGE.runs}>Runs</PlaceLink>}
        marks={
          <>
            {run !== undefined && run.status !== "succeeded" && (
              <StatusChip status={run.status} name={RUN_STATUS_NAMES[run.status] ?? run.status} />
            )}
            {judged !== undefined && <GateChip status={judged.gate.status} reasons={judged.gate.reasons} />}
            {report !== undefined && <DataMarks stamps={judged?.stamps ?? report.data.stamps} />}
          </>
        }
        lead={
          report !== undefined && (
            <>
              {judged === undefined ? params !== undefined && variantInWords(params) : nameOfResult(judged)}, on {report.symbol},{" "}
              {report.cadence}
              {report.variants.length > 1 && `; the best of ${report.variants.length} thresholds`}
            </>
          )
        }
        actions={
          <>
            {sheet !== undefined && (
              <a className={buttonClass()} href={sheet} target="_blank" rel="noreferrer">
                Tear sheet
              </a>
            )}
            {run !== undefined && (
              <PlaceLink to={PLACE_OF.run(runId)} className={buttonClass()}>
                Run
              </PlaceLink>
            )}
          </>
        }
      />
      <Loaded query={query} title="The backtest could not be read">
        {(found) =>
          found.report === null ? (
            <Panel title="Progress">
              {found.run.status === "running" ? (
                <RunProgress runId={runId} />
              ) : (
                <EmptyState
                  title={`No report: ${RUN_STATUS_NAMES[found.run.status] ?? found.run.status}`}
                  action={<PlaceLink to={PLACE_OF.run(runId)}>Open the run</PlaceLink>}
                >
                  {found.run.error?.detail ?? "A backtest has a report when its run has succeeded."}
                </EmptyState>
              )}
            </Panel>
          ) : (
            <ReportView
              report={found.report}
              row={rowId === undefined ? null : judged}
              search={search}
              onChange={(change, replace = false) =>
                void navigate({ search: (before: object) => withChange(before, change) as never, replace, resetScroll: false })
              }
            >
              {row.error !== null && (
                <ErrorState error={row.error} title="The judged result could not be read" onRetry={() => void row.refetch()} />
              )}
            </ReportView>
          )
        }
      </Loaded>
      <CartBar />
    </>
  );
}
