import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { type RowOf, useRows } from "../../data/ask.ts";
import { Button } from "../../ui/button.tsx";
import { DataMarks } from "../../ui/data-mark.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { GateChip } from "../../ui/gate-chip.tsx";
import { Moment } from "../../ui/moment.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { contractInWords } from "../../words/contract.ts";
import { PLACE_OF } from "../../words/places.ts";
import { marksOfSignal, ORDER_STATUS_NAMES, sideInWords } from "../../words/signals.ts";
import { SideChip } from "./signal-cells.tsx";
import { fits, type SignalFilter } from "./signal-filter.ts";
import styles from "./signals.module.css";

type Row = RowOf<"GET /signals">;

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "timestamp",
    header: "Decision",
    value: ({ timestamp }) => timestamp,
    cell: ({ signal_id, timestamp }) => (
      <PlaceLink to={PLACE_OF.signal(signal_id)}>
        <Moment at={timestamp} />
      </PlaceLink>
    ),
    width: 172,
    phone: "line",
  },
  { id: "signal", header: "Signal", value: sideInWords, cell: (row) => <SideChip {...row} />, width: 88, phone: "head" },
  { id: "ticker", header: "Ticker", value: ({ ticker }) => ticker, width: 82, phone: "head" },
  {
    id: "marks",
    header: "Marks",
    value: (row) => marksOfSignal(row).join(" "),
    cell: (row) => <DataMarks stamps={marksOfSignal(row)} most={1} />,
    width: 142,
    phone: "beside",
    sortable: false,
  },
  { id: "confidence", of: "signal.confidence", value: ({ confidence }) => confidence, width: 94 },
  { id: "quantity", of: "signal.quantity", value: ({ quantity }) => quantity, width: 76 },
  { id: "entry_price", of: "signal.entry_price", value: ({ entry_price }) => entry_price, width: 86 },
  { id: "stop_loss", of: "signal.stop_loss", value: ({ stop_loss }) => stop_loss, width: 72, phone: "none" },
  { id: "take_profit", of: "signal.take_profit", value: ({ take_profit }) => take_profit, width: 80, phone: "none" },
  {
    id: "model_id",
    header: "Model",
    value: ({ model_id }) => model_id,
    cell: ({ trained_model_id, model_id }) => <PlaceLink to={PLACE_OF.trained(trained_model_id)}>{model_id}</PlaceLink>,
    width: 164,
  },
  {
    id: "gate",
    header: "Gate",
    value: ({ gate_status }) => gate_status,
    cell: ({ gate_status }) => <GateChip status={gate_status} reasons={[]} />,
    width: 128,
    phone: "none",
  },
  {
    id: "status",
    header: "Order",
    value: ({ status }) => ORDER_STATUS_NAMES[status],
    width: 92,
    phone: "none",
  },
];

/** Of options the contract is bought: its limit is said, and the underlying's price stands with the signal. */
const WITH_CONTRACTS: readonly Column<Row>[] = COLUMNS.flatMap((column) =>
  column.id === "ticker"
    ? [
        column,
        {
          id: "contract",
          header: "Contract",
          value: ({ option }: Row) => option?.contract,
          cell: ({ option }: Row) => (option === null ? "–" : <span title={option.contract}>{contractInWords(option.contract)}</span>),
          width: 224,
          phone: "line" as const,
        },
      ]
    : column.id === "entry_price"
      ? [column, { id: "price", of: "signal.price" as const, value: ({ price }: Row) => price, width: 92, phone: "none" as const }]
      : [column],
);

export interface LogTabProps {
  readonly filter: SignalFilter;
  readonly filters: React.ReactNode;
  readonly action: React.ReactNode;
  readonly sort: string | undefined;
  readonly search: string | undefined;
  readonly onChange: (change: { readonly sort?: string; readonly q?: string | undefined }) => void;
  readonly onClear: () => void;
}

/** Every decision that was written, HOLD included, newest first. */
export function LogTab({ filter, filters, action, sort, search, onChange, onClear }: LogTabProps) {
  const navigate = useNavigate();
  const { model } = filter;
  const query = useRows("GET /signals", { query: { limit: 200, ...(model === undefined ? {} : { model_id: model }) } });
  const rows = query.data;
  const shown = useMemo(() => (rows ?? []).filter((row) => fits(row, filter)), [rows, filter]);
  return (
    <Loaded query={query} title="The log could not be read">
      {(all) =>
        all.length === 0 && model === undefined ? (
          <EmptyState title="No signal yet" action={action}>
            Published models are scored after each close; each decision is kept here with its reasons. Score a published model to write the
            first one.
          </EmptyState>
        ) : (
          <div className={styles.log}>
            <DataTable
              caption="signals"
              columns={shown.some(({ option }) => option !== null) ? WITH_CONTRACTS : COLUMNS}
              rows={shown}
              rowKey={({ signal_id }) => signal_id}
              sort={sort ?? "-timestamp"}
              onSort={(next) => onChange({ sort: next })}
              search={search}
              onSearch={(q) => onChange({ q: q === "" ? undefined : q })}
              onOpen={({ signal_id }) => void navigate({ to: PLACE_OF.signal(signal_id) as never, search: {} as never })}
              csvName="signals"
              tools={filters}
              empty={
                <EmptyState
                  title="No signal fits these filters"
                  action={
                    <Button small onClick={onClear}>
                      Clear filters
                    </Button>
                  }
                >
                  {query.hasNextPage ? "Older ones may: read more of the log." : "Take a filter away to see the others."}
                </EmptyState>
              }
            />
            {query.hasNextPage && (
              <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Read older signals
              </Button>
            )}
          </div>
        )
      }
    </Loaded>
  );
}
