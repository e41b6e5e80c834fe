import { useNavigate } from "@tanstack/react-router";
import { type RowOf, useRows } from "../../data/ask.ts";
import { useRunFeed } from "../../data/run-events.ts";
import { Button } from "../../ui/button.tsx";
import { StatusChip } from "../../ui/chip.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { ProgressLine } from "../../ui/run-progress.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { formatNumber } from "../../words/format.ts";
import { PLACE_OF } from "../../words/places.ts";
import { MACHINE_NAMES, RUN_STATUS_NAMES } from "../../words/runs.ts";
import { FilterSelect } from "./filter-select.tsx";
import type { TaggedModel } from "./model-query.ts";
import { useModelSearch } from "./model-search.ts";

type Run = RowOf<"GET /runs">;

const secondsOf = ({ created_at, ended_at }: Run): number | null =>
  ended_at === null ? null : (Date.parse(ended_at) - Date.parse(created_at)) / 1000;

const COLUMNS: readonly Column<Run>[] = [
  {
    id: "machine",
    header: "Run",
    value: ({ machine }) => MACHINE_NAMES[machine] ?? machine,
    cell: ({ run_id, machine }) => <PlaceLink to={PLACE_OF.run(run_id)}>{MACHINE_NAMES[machine] ?? machine}</PlaceLink>,
    width: 120,
  },
  {
    id: "status",
    header: "Status",
    value: ({ status }) => status,
    cell: (run) =>
      run.status === "running" ? <Live run={run} /> : <StatusChip status={run.status} name={RUN_STATUS_NAMES[run.status] ?? run.status} />,
    width: 132,
    phone: "beside",
  },
  {
    id: "message",
    header: "What it says",
    value: ({ error, message }) => error?.detail ?? message,
    cell: ({ error, message }) => <span title={error?.detail ?? message ?? undefined}>{error?.detail ?? message ?? "–"}</span>,
    width: 416,
    sortable: false,
  },
  { id: "tag", header: "Tag", value: ({ tag }) => tag, width: 80 },
  {
    id: "created_at",
    header: "Started",
    value: ({ created_at }) => created_at,
    cell: ({ created_at }) => <Moment at={created_at} />,
    width: 172,
  },
  {
    id: "seconds",
    header: "Took",
    value: secondsOf,
    cell: (run) => formatNumber(secondsOf(run), "seconds"),
    align: "right",
    width: 84,
  },
];

function Live({ run }: { readonly run: Run }) {
  return <ProgressLine run={run} feed={useRunFeed(run.run_id)} />;
}

/** Every run that worked on the model, newest first. */
export function RunsTab({ tagged: { detail } }: { readonly tagged: TaggedModel }) {
  const {
    search: { q, sort, machine },
    set,
  } = useModelSearch();
  const navigate = useNavigate({ from: "/models/$packId/$modelId" });
  const { pack_id, model_id } = detail;
  const query = useRows("GET /runs", { query: { pack_id, model_id, limit: 100 } }, { everyMs: 15_000 });
  return (
    <Panel title="Runs" note="of this model, newest first">
      <Loaded query={query} title="Runs could not be read">
        {(rows) => (
          <>
            <DataTable
              caption="runs of the model"
              columns={COLUMNS}
              rows={machine === undefined ? rows : rows.filter((run) => run.machine === machine)}
              rowKey={({ run_id }) => run_id}
              sort={sort ?? "-created_at"}
              onSort={(next) => set({ sort: next })}
              search={q}
              onSearch={(next) => set({ q: next === "" ? undefined : next })}
              onOpen={({ run_id }) => void navigate({ to: PLACE_OF.run(run_id) as string })}
              csvName={`runs-${model_id}`}
              tools={
                <FilterSelect
                  label="Kind of run"
                  all="All kinds"
                  value={machine}
                  options={[...new Set(rows.map((run) => run.machine))].map((value) => ({ value, label: MACHINE_NAMES[value] ?? value }))}
                  onChange={(value) => set({ machine: value })}
                />
              }
              empty={
                rows.length === 0 ? (
                  <EmptyState
                    title="No run yet"
                    action={<Button onClick={() => set({ tab: "composer" }, false)}>Open the Composer</Button>}
                  >
                    Build the matrix in the Composer; a backtest, a sweep and a training follow from there.
                  </EmptyState>
                ) : undefined
              }
            />
            {query.hasNextPage && (
              <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Read older runs
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  );
}
