import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { type RowOf, useAsk, useRows } from "../../data/ask.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { StatusChip } from "../../ui/chip.tsx";
import { DataMarks, stampNames } from "../../ui/data-mark.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Grid, PageHeader, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { ProgressLine } from "../../ui/run-progress.tsx";
import { EmptyState, Loaded, StaleMark } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { formatMoment } from "../../words/format.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { RUN_STATUS_NAMES } from "../../words/runs.ts";
import styles from "./sweeps.module.css";
import { VerdictCounts } from "./verdict-counts.tsx";

type Sweep = RowOf<"GET /sweeps">;

const COLUMNS: readonly Column<Sweep>[] = [
  {
    id: "model_id",
    header: "Model",
    value: ({ model_id }) => model_id,
    cell: ({ sweep_id, model_id }) => <PlaceLink to={PLACE_OF.sweep(sweep_id)}>{model_id}</PlaceLink>,
    width: 168,
  },
  {
    id: "created_at",
    header: "Finished",
    value: ({ created_at }) => formatMoment(created_at),
    cell: ({ created_at }) => <Moment at={created_at} />,
    width: 168,
  },
  { id: "risk_profile", header: "Profile", value: ({ risk_profile }) => risk_profile, width: 84, phone: "none" },
  {
    id: "pass",
    header: "Verdicts",
    value: ({ pass }) => pass,
    cell: (sweep) => <VerdictCounts counts={sweep} />,
    width: 132,
    phone: "beside",
  },
  {
    id: "stamps",
    header: "Marks",
    value: ({ stamps }) => stampNames(stamps).join(" "),
    cell: ({ stamps }) => <DataMarks stamps={stamps} most={1} />,
    width: 152,
    sortable: false,
    phone: "line",
  },
  { id: "dsr_best", of: "dsr", header: "Highest DSR", value: ({ dsr_best }) => dsr_best, width: 100, phone: "line" },
  { id: "luck_sharpe", of: "luck_sharpe", header: "Luck Sharpe", value: ({ luck_sharpe }) => luck_sharpe, width: 134, phone: "none" },
  { id: "pbo", of: "pbo", value: ({ pbo }) => pbo, width: 62, phone: "line" },
  { id: "variants", header: "Variants", value: ({ variants }) => variants, align: "right", width: 76 },
  { id: "distinct", header: "Distinct", value: ({ distinct }) => distinct, align: "right", width: 72, phone: "none" },
  { id: "trials", of: "trials", value: ({ trials }) => trials, width: 68, phone: "none" },
  { id: "tag", header: "Tag", value: ({ tag }) => tag, width: 72, phone: "none" },
];

const keyOf = ({ sweep_id }: Sweep): string => sweep_id;

/** Sweeps that run, and those that have finished. */
export function SweepsPage() {
  const { q, sort } = getRouteApi("/sweeps").useSearch();
  const navigate = useNavigate({ from: "/sweeps" });
  const finished = useRows("GET /sweeps", { query: { limit: 200 } }, { everyMs: 30_000 });
  return (
    <>
      <PageHeader
        title="Sweeps"
        lead="A sweep tries one model under many execution settings. Every setting counts as a trial, and the verdict takes all of them into account."
        actions={
          <PlaceLink to={PAGE.newSweep} className={buttonClass("primary")}>
            New sweep
          </PlaceLink>
        }
      />
      <Grid>
        <UnfinishedSweeps />
        <Panel title="Finished">
          <StaleMark query={finished} />
          <Loaded query={finished} title="The sweeps could not be read">
            {(rows) =>
              rows.length === 0 ? (
                <EmptyState
                  title="No sweep yet"
                  action={
                    <PlaceLink to={PAGE.newSweep} className={buttonClass("primary")}>
                      Start a sweep
                    </PlaceLink>
                  }
                >
                  Choose a model whose matrix is built. Before anything runs you see how long it takes, what it costs, and how good pure
                  luck would look.
                </EmptyState>
              ) : (
                <DataTable
                  caption="finished sweeps"
                  columns={COLUMNS}
                  rows={rows}
                  rowKey={keyOf}
                  sort={sort ?? "-created_at"}
                  onSort={(next) => void navigate({ search: (before) => ({ ...before, sort: next }), replace: true, resetScroll: false })}
                  search={q ?? ""}
                  onSearch={(next) =>
                    void navigate({
                      search: ({ q: _, ...before }) => (next === "" ? before : { ...before, q: next }),
                      replace: true,
                      resetScroll: false,
                    })
                  }
                  onOpen={({ sweep_id }) => void navigate({ to: PLACE_OF.sweep(sweep_id) })}
                  csvName="sweeps"
                />
              )
            }
          </Loaded>
          {finished.hasNextPage && (
            <div>
              <Button small busy={finished.isFetchingNextPage} onClick={() => void finished.fetchNextPage()}>
                Read older ones
              </Button>
            </div>
          )}
        </Panel>
      </Grid>
    </>
  );
}

const DAY_MS = 86_400_000;

/** What runs, and what lately ended without results. */
function UnfinishedSweeps() {
  const running = useAsk("GET /runs", { query: { machine: "sweep", limit: 50 } }, { everyMs: 4_000 });
  const rows = (running.data?.rows ?? []).filter(
    ({ status, created_at }) => status === "running" || (status !== "succeeded" && running.dataUpdatedAt - Date.parse(created_at) < DAY_MS),
  );
  if (rows.length === 0) return null;
  return (
    <Panel title="Running, and without results today">
      <ul className={styles.running}>
        {rows.map((run) => (
          <li key={run.run_id}>
            <div className={styles.runningHead}>
              <PlaceLink to={PLACE_OF.sweep(run.run_id)}>{run.model_id ?? run.run_id}</PlaceLink>
              <span className={styles.soft}>
                <StatusChip status={run.status} name={RUN_STATUS_NAMES[run.status] ?? run.status} /> begun{" "}
                <Moment at={run.created_at} ago />
              </span>
            </div>
            {run.status === "running" ? <ProgressLine run={run} /> : <p className={styles.soft}>{run.error?.detail ?? run.message}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
