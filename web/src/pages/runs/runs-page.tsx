import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type RowOf, useRows } from "../../data/ask.ts";
import { useNow } from "../../data/now.ts";
import { given } from "../../data/search.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { StatusChip } from "../../ui/chip.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PageHeader, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { formatNumber } from "../../words/format.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { MACHINE_NAMES, RUN_STATUS_NAMES, secondsBetween, stepInWords } from "../../words/runs.ts";
import { RunActions } from "./run-actions.tsx";
import styles from "./runs.module.css";

type RunRow = RowOf<"GET /runs">;

const route = getRouteApi("/runs");

const BUSY_MS = 2_000;
const IDLE_MS = 15_000;

/** How long a run took, or takes so far. */
function Duration({ run }: { readonly run: RunRow }) {
  const now = useNow();
  return <>{run.status === "interrupted" ? "–" : formatNumber(secondsBetween(run.created_at, run.ended_at, now), "seconds")}</>;
}

const COLUMNS: readonly Column<RunRow>[] = [
  {
    id: "kind",
    header: "Kind",
    width: 112,
    phone: "head",
    value: ({ machine }) => MACHINE_NAMES[machine] ?? machine,
    cell: (run) => (
      <PlaceLink to={PLACE_OF.run(run.run_id)} title={run.run_id}>
        {MACHINE_NAMES[run.machine] ?? run.machine}
      </PlaceLink>
    ),
  },
  {
    id: "status",
    header: "Status",
    width: 148,
    phone: "beside",
    value: ({ status }) => RUN_STATUS_NAMES[status] ?? status,
    cell: ({ status, progress, step }) => (
      <span className={styles.status}>
        <StatusChip status={status} name={RUN_STATUS_NAMES[status] ?? status} />
        {status === "running" && (
          <progress className={styles.bar} max={1} value={progress.share} aria-label={stepInWords(step ?? "starting")} />
        )}
      </span>
    ),
  },
  {
    id: "model",
    header: "Model",
    width: 176,
    phone: "line",
    value: ({ model_id }) => model_id,
    cell: ({ pack_id, model_id }) =>
      pack_id === null || model_id === null ? "–" : <PlaceLink to={PLACE_OF.model(pack_id, model_id)}>{model_id}</PlaceLink>,
  },
  {
    id: "message",
    header: "Last step",
    width: 316,
    phone: "none",
    sortable: false,
    value: ({ message, error }) => error?.detail ?? message,
  },
  {
    id: "started",
    header: "Started",
    width: 96,
    phone: "line",
    value: ({ created_at }) => created_at,
    cell: ({ created_at }) => <Moment at={created_at} ago />,
  },
  {
    id: "duration",
    header: "Duration",
    width: 84,
    align: "right",
    phone: "line",
    value: ({ created_at, ended_at }) => (ended_at === null ? null : secondsBetween(created_at, ended_at, 0)),
    cell: (run) => <Duration run={run} />,
  },
  {
    id: "actions",
    header: "Actions",
    width: 100,
    phone: "none",
    sortable: false,
    value: () => null,
    cell: (run) => (
      <span className={styles.cellActions}>
        <RunActions run={run} small />
      </span>
    ),
  },
];

/** Every run of the workspace, newest first. */
export function RunsPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/runs" });
  const { machine, status, model, q, sort } = search;
  const isFiltered = machine !== undefined || status !== undefined || model !== undefined;
  const query = given({ machine, status, model_id: model, limit: 100 as number | undefined });
  const [busy, setBusy] = useState(false);
  const runs = useRows("GET /runs", { query }, { everyMs: busy ? BUSY_MS : IDLE_MS });
  const goesOn = runs.data?.some((run) => run.status === "running") ?? false;
  if (goesOn !== busy) setBusy(goesOn);
  const change = (next: { [K in keyof typeof search]?: (typeof search)[K] | undefined }): void =>
    void navigate({ search: (before) => given({ ...before, ...next }), replace: true });

  return (
    <>
      <PageHeader
        title="Runs"
        lead="Every build, backtest, sweep and training with its progress. Work goes on when you leave; what is finished is kept when a run stops early."
        actions={
          <PlaceLink to={PAGE.createModel} className={buttonClass("primary")}>
            Create model
          </PlaceLink>
        }
      />
      <Panel>
        <Loaded query={runs} title="The runs could not be read">
          {(rows) => (
            <>
              <DataTable
                caption="runs"
                columns={COLUMNS}
                rows={rows}
                rowKey={({ run_id }) => run_id}
                sort={sort}
                onSort={(next) => change({ sort: next })}
                search={q}
                onSearch={(next) => change({ q: next === "" ? undefined : next })}
                onOpen={({ run_id }) => void navigate({ to: PLACE_OF.run(run_id) })}
                csvName="runs"
                tools={
                  <div className={styles.filters}>
                    <Filter
                      label="Kind"
                      names={MACHINE_NAMES}
                      value={machine}
                      onChange={(next) => change({ machine: next as typeof machine })}
                    />
                    <Filter
                      label="Status"
                      names={RUN_STATUS_NAMES}
                      value={status}
                      onChange={(next) => change({ status: next as typeof status })}
                    />
                    {model !== undefined && (
                      <Button small onClick={() => change({ model: undefined })}>
                        {model} ×
                      </Button>
                    )}
                  </div>
                }
                {...(rows.length > 0
                  ? {}
                  : {
                      empty: isFiltered ? (
                        <EmptyState
                          title="No such run"
                          action={
                            <Button onClick={() => change({ machine: undefined, status: undefined, model: undefined })}>
                              Show all runs
                            </Button>
                          }
                        >
                          No run fits these filters.
                        </EmptyState>
                      ) : (
                        <EmptyState
                          title="Nothing has run yet"
                          action={
                            <PlaceLink to={PAGE.createModel} className={buttonClass("primary")}>
                              Create model
                            </PlaceLink>
                          }
                        >
                          A run begins when you build, evaluate or train a model. Create one from a template: its pipeline takes seconds on
                          the sample data.
                        </EmptyState>
                      ),
                    })}
              />
              {runs.hasNextPage && (
                <div className={styles.more}>
                  <Button busy={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
                    Show older runs
                  </Button>
                </div>
              )}
            </>
          )}
        </Loaded>
      </Panel>
    </>
  );
}

interface FilterProps {
  readonly label: string;
  readonly names: Readonly<Record<string, string>>;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function Filter({ label, names, value, onChange }: FilterProps) {
  return (
    <select
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
    >
      <option value="">{label}: all</option>
      {Object.entries(names).map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}
