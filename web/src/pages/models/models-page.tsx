import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useAsk, useRows } from "../../data/ask.ts";
import { given } from "../../data/search.ts";
import { Button, buttonClass, IconButton } from "../../ui/button.tsx";
import { StatusChip } from "../../ui/chip.tsx";
import { SimulatedMark } from "../../ui/data-mark.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { GateChip } from "../../ui/gate-chip.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PageHeader, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { PAGE, PLACE_OF } from "../../words/places.ts";
import { MACHINE_NAMES, RUN_STATUS_NAMES } from "../../words/runs.ts";
import { DeleteModel } from "./delete-model.tsx";
import { FilterSelect } from "./filter-select.tsx";
import { MatrixChip } from "./matrix-chip.tsx";
import { MATRIX_STATES, type ModelFilter, type ModelLine, modelLines, passes } from "./model-line.ts";

const route = getRouteApi("/models");

const columnsOf = (onDelete: (line: ModelLine) => void): readonly Column<ModelLine>[] => [
  {
    id: "model_id",
    header: "Model",
    value: ({ model_id }) => model_id,
    cell: ({ pack_id, model_id }) => <PlaceLink to={PLACE_OF.model(pack_id, model_id)}>{model_id}</PlaceLink>,
    width: 208,
  },
  {
    id: "pack_id",
    header: "Pack",
    value: ({ pack_id }) => pack_id,
    cell: ({ pack_id }) => <PlaceLink to={PLACE_OF.pack(pack_id)}>{pack_id}</PlaceLink>,
    width: 104,
  },
  { id: "ticker", header: "Symbol", value: ({ ticker }) => ticker, width: 80, phone: "none" },
  { id: "cadence", header: "Cadence", value: ({ cadence }) => cadence, width: 68, phone: "none" },
  {
    id: "matrix",
    header: "Matrix",
    value: ({ matrix }) => matrix,
    cell: ({ matrix }) => <MatrixChip status={matrix} />,
    width: 92,
    phone: "beside",
  },
  {
    id: "gate",
    header: "Best result",
    value: ({ best }) => best?.gate.status,
    cell: ({ best }) =>
      best === undefined ? (
        "–"
      ) : (
        <>
          <GateChip status={best.gate.status} reasons={best.gate.reasons} /> {best.stamps.simulated && <SimulatedMark />}
        </>
      ),
    width: 164,
  },
  { id: "residual_sharpe", of: "residual.sharpe", value: ({ best }) => best?.metrics.residual.sharpe, width: 120 },
  { id: "dsr", of: "dsr", value: ({ best }) => best?.significance.dsr, width: 72 },
  {
    id: "active",
    header: "Last run",
    value: ({ activeAt }) => activeAt,
    cell: ({ run, isOwn, created_at }) =>
      run === undefined ? (
        isOwn ? (
          <span>
            created <Moment at={created_at} ago />
          </span>
        ) : (
          "–"
        )
      ) : (
        <span>
          <PlaceLink to={PLACE_OF.run(run.run_id)}>{MACHINE_NAMES[run.machine] ?? run.machine}</PlaceLink>{" "}
          {run.status === "succeeded" ? (
            <Moment at={run.ended_at ?? run.created_at} ago />
          ) : (
            <StatusChip status={run.status} name={RUN_STATUS_NAMES[run.status] ?? run.status} />
          )}
        </span>
      ),
    width: 164,
  },
  {
    id: "actions",
    header: "Delete",
    value: () => undefined,
    cell: (line) => (line.isOwn ? <IconButton label={`Delete ${line.model_id}`} icon={Trash2} small onClick={() => onDelete(line)} /> : ""),
    width: 64,
    sortable: false,
    phone: "beside",
  },
];

/** Every model: what it is of, how its matrix stands, what ran last, and the best that it showed. */
export function ModelsPage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/models" });
  const models = useRows("GET /models", { query: { limit: 200 } });
  const runs = useAsk("GET /runs", { query: { limit: 200 } }, { everyMs: 15_000 });
  const best = useAsk("GET /leaderboard", { query: { by: "model", limit: 200 } });
  const [deleting, setDeleting] = useState<ModelLine>();
  const columns = useMemo(() => columnsOf(setDeleting), []);
  const lines = useMemo(
    () => modelLines(models.data ?? [], runs.data?.rows ?? [], best.data?.rows ?? []),
    [models.data, runs.data, best.data],
  );
  const { q, sort, ...filter } = search;
  const shown = lines.filter((line) => passes(filter, line));
  const set = (change: ModelFilter & { q?: string | undefined; sort?: string | undefined }): void =>
    void navigate({ search: (before) => given({ ...before, ...change }), replace: true });
  const packs = [...new Set(lines.map(({ pack_id }) => pack_id))];
  const cadences = [...new Set(lines.flatMap(({ cadence }) => (cadence === null ? [] : [cadence])))];
  const isFiltered = Object.values(filter).some((value) => value !== undefined);

  return (
    <>
      <PageHeader
        title="Models"
        lead="A model is one instrument under one pack: its indicators, label, learner and policy. Yours can be changed; those of the packs are examples to start from."
        actions={
          <PlaceLink to={PAGE.createModel} className={buttonClass("primary")}>
            Create a model
          </PlaceLink>
        }
      />
      <Panel>
        <Loaded query={models} title="The models could not be read">
          {() => (
            <>
              <DataTable
                caption="models"
                columns={columns}
                rows={shown}
                rowKey={({ key }) => key}
                sort={sort ?? "-active"}
                onSort={(next) => set({ sort: next })}
                search={q}
                onSearch={(next) => set({ q: next === "" ? undefined : next })}
                csvName="models"
                onOpen={({ pack_id, model_id }) => void navigate({ to: PLACE_OF.model(pack_id, model_id) as string })}
                tools={
                  <>
                    <FilterSelect
                      label="Pack"
                      all="All packs"
                      value={filter.pack}
                      options={packs.map((id) => ({ value: id, label: id }))}
                      onChange={(pack) => set({ pack })}
                    />
                    <FilterSelect
                      label="Whose"
                      all="Yours and packs'"
                      value={filter.from}
                      options={[
                        { value: "own", label: "Yours" },
                        { value: "pack", label: "Of packs" },
                      ]}
                      onChange={(from) => set({ from: from as ModelFilter["from"] })}
                    />
                    <FilterSelect
                      label="Cadence"
                      all="Any cadence"
                      value={filter.cadence}
                      options={cadences.map((word) => ({ value: word, label: word }))}
                      onChange={(cadence) => set({ cadence })}
                    />
                    <FilterSelect
                      label="Matrix"
                      all="Any matrix"
                      value={filter.matrix}
                      options={Object.entries(MATRIX_STATES).map(([value, { name }]) => ({ value, label: name }))}
                      onChange={(matrix) => set({ matrix: matrix as ModelFilter["matrix"] })}
                    />
                  </>
                }
                empty={
                  isFiltered || (q ?? "") !== "" ? (
                    <EmptyState
                      title="No model matches"
                      action={
                        <Button
                          onClick={() => set({ pack: undefined, from: undefined, cadence: undefined, matrix: undefined, q: undefined })}
                        >
                          Clear filters
                        </Button>
                      }
                    >
                      Nothing has all that the filters and the search ask for.
                    </EmptyState>
                  ) : (
                    <EmptyState
                      title="No model yet"
                      action={
                        <PlaceLink to={PAGE.createModel} className={buttonClass("primary")}>
                          Create a model
                        </PlaceLink>
                      }
                    >
                      Start from a template of a pack: the wizard fills in everything that you do not want to decide.
                    </EmptyState>
                  )
                }
              />
              {models.hasNextPage && (
                <Button busy={models.isFetchingNextPage} onClick={() => void models.fetchNextPage()}>
                  Read more models
                </Button>
              )}
            </>
          )}
        </Loaded>
      </Panel>
      <DeleteModel model={deleting} onClose={() => setDeleting(undefined)} />
    </>
  );
}
