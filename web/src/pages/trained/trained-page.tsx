import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { type RowOf, useRows } from "../../data/ask.ts";
import { Button } from "../../ui/button.tsx";
import { StatusChip } from "../../ui/chip.tsx";
import { DataMarks, stampNames } from "../../ui/data-mark.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { GateChip } from "../../ui/gate-chip.tsx";
import { PageHeader } from "../../ui/panel.tsx";
import { Pick } from "../../ui/pick.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { formatDate, formatMoment } from "../../words/format.ts";
import { VERDICTS } from "../../words/gate.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { LIFECYCLE_NAMES } from "../../words/runs.ts";
import { backtestOf } from "./backtest-of.ts";

type Row = RowOf<"GET /trained_models">;

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "model_id",
    header: "Model",
    value: ({ model_id }) => model_id,
    cell: ({ trained_model_id, model_id }) => <PlaceLink to={PLACE_OF.trained(trained_model_id)}>{model_id}</PlaceLink>,
    width: 160,
  },
  {
    id: "status",
    header: "Status",
    value: ({ status }) => status,
    cell: ({ status }) => <StatusChip status={status} name={LIFECYCLE_NAMES[status] ?? status} />,
    width: 92,
    phone: "beside",
  },
  {
    id: "gate",
    header: "Gate",
    value: ({ gate_status }) => gate_status,
    cell: ({ gate_status, gate_reasons }) => <GateChip status={gate_status} reasons={gate_reasons} />,
    width: 110,
  },
  {
    id: "stamps",
    header: "Marks",
    value: ({ stamps }) => stampNames(stamps).join(" "),
    cell: ({ stamps }) => <DataMarks stamps={stamps} most={1} />,
    width: 140,
    sortable: false,
  },
  {
    id: "backtest_sharpe",
    header: "Backtest SR",
    of: "holdout.backtest_sharpe",
    value: (row) => backtestOf(row, "residual_sharpe"),
    width: 120,
    phone: "line",
  },
  { id: "holdout_sharpe", header: "Holdout SR", of: "holdout.sharpe", value: ({ holdout }) => holdout?.sharpe, width: 116, phone: "line" },
  {
    id: "probability_this_low",
    header: "P(this low)",
    of: "holdout.probability_this_low",
    value: ({ holdout }) => holdout?.probability_this_low,
    width: 84,
    phone: "none",
  },
  { id: "looks", of: "holdout.looks", value: ({ holdout }) => holdout?.looks, width: 58, phone: "none" },
  { id: "dsr", of: "dsr", value: (row) => backtestOf(row, "dsr"), width: 72, phone: "none" },
  {
    id: "created_at",
    header: "Trained",
    value: ({ created_at }) => created_at,
    cell: ({ created_at }) => <time title={formatMoment(created_at)}>{formatDate(created_at)}</time>,
    width: 106,
  },
  { id: "pack_id", header: "Pack", value: ({ pack_id }) => pack_id, width: 110, phone: "none" },
];

const route = getRouteApi("/trained");

const optionsOf = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }));
const STATUSES = optionsOf(LIFECYCLE_NAMES);
const GATES = Object.entries(VERDICTS).map(([value, { name }]) => ({ value, label: name }));

/** Every trained model with where it stands, how it was judged, and how the untouched holdout compares with its backtest. */
export function TrainedPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/trained" });
  const query = useRows("GET /trained_models", { query: { limit: 200 } });
  const set = (change: Partial<Record<keyof typeof search, string | undefined>>): void =>
    void navigate({ search: (before) => ({ ...before, ...change }) as never, replace: true });
  const { status, gate, pack } = search;
  const rows = query.data;
  const shown = useMemo(
    () =>
      (rows ?? []).filter(
        (row) =>
          (status === undefined || row.status === status) &&
          (gate === undefined || row.gate_status === gate) &&
          (pack === undefined || row.pack_id === pack),
      ),
    [rows, status, gate, pack],
  );
  const packs = useMemo(() => [...new Set((rows ?? []).map(({ pack_id }) => pack_id))].sort(), [rows]);

  return (
    <>
      <PageHeader
        title="Trained models"
        lead="A result of the leaderboard, fitted again to be used: judged once on the untouched end of its history, then published to paper trading, paused or thrown away. Nothing here trades real money."
        actions={<PlaceLink to={PAGE.leaderboard}>Train another result</PlaceLink>}
      />
      <Loaded query={query} title="Trained models could not be read">
        {(all) =>
          all.length === 0 ? (
            <EmptyState title="No trained model yet" action={<PlaceLink to={PAGE.leaderboard}>Open the leaderboard</PlaceLink>}>
              Choose results that passed the gate on the leaderboard and train them. Each becomes a model of its own here.
            </EmptyState>
          ) : (
            <>
              <DataTable
                caption="trained models"
                columns={COLUMNS}
                rows={shown}
                rowKey={({ trained_model_id }) => trained_model_id}
                sort={search.sort ?? "-created_at"}
                onSort={(sort) => set({ sort })}
                search={search.q}
                onSearch={(q) => set({ q: q === "" ? undefined : q })}
                onOpen={({ trained_model_id }) => void navigate({ to: PLACE_OF.trained(trained_model_id) as never, search: {} as never })}
                csvName="trained-models"
                tools={
                  <>
                    <Pick label="Status" any="Any status" value={status} options={STATUSES} onPick={(value) => set({ status: value })} />
                    <Pick label="Gate" any="Any verdict" value={gate} options={GATES} onPick={(value) => set({ gate: value })} />
                    {packs.length > 1 && (
                      <Pick
                        label="Pack"
                        any="Any pack"
                        value={pack}
                        options={packs.map((each) => ({ value: each, label: each }))}
                        onPick={(value) => set({ pack: value })}
                      />
                    )}
                  </>
                }
                empty={
                  <EmptyState
                    title="No trained model fits these filters"
                    action={
                      <Button small onClick={() => set({ status: undefined, gate: undefined, pack: undefined, q: undefined })}>
                        Clear filters
                      </Button>
                    }
                  >
                    Take a filter away to see the others.
                  </EmptyState>
                }
              />
              {query.hasNextPage && (
                <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  Read more
                </Button>
              )}
            </>
          )
        }
      </Loaded>
    </>
  );
}
