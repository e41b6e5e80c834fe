import { useEffect } from "react";
import { useRows } from "../../data/ask.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import type { ResultRow } from "../../ui/results/result-row.ts";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { formatMoment, formatNumber } from "../../words/format.ts";
import { EXIT_NAMES, type Trade } from "./report.ts";

const price = (value: number | null): string => formatNumber(value, "price");

const COLUMNS: readonly Column<Trade>[] = [
  { id: "trade", header: "Trade", value: ({ trade }) => trade, width: 64 },
  { id: "side", header: "Side", value: ({ side }) => side, width: 64, phone: "head" },
  { id: "symbol", header: "Symbol", value: ({ symbol, contract }) => contract ?? symbol, width: 96, phone: "none" },
  {
    id: "entered_at",
    header: "Entered",
    value: ({ entered_at }) => formatMoment(entered_at),
    cell: ({ entered_at }) => <Moment at={entered_at} />,
    width: 160,
  },
  {
    id: "entry_price",
    header: "Entry $",
    value: ({ entry_price }) => entry_price,
    cell: ({ entry_price }) => price(entry_price),
    align: "right",
    width: 92,
    phone: "none",
  },
  {
    id: "left_at",
    header: "Left",
    value: ({ left_at }) => formatMoment(left_at),
    cell: ({ left_at }) => <Moment at={left_at} />,
    width: 160,
    phone: "none",
  },
  {
    id: "exit_price",
    header: "Exit $",
    value: ({ exit_price }) => exit_price,
    cell: ({ exit_price }) => price(exit_price),
    align: "right",
    width: 92,
    phone: "none",
  },
  { id: "net_return", of: "expectancy", header: "Net return", value: ({ net_return }) => net_return, width: 126, phone: "beside" },
  {
    id: "exit",
    header: "Exit by",
    value: ({ exit, ambiguous }) => `${EXIT_NAMES[exit] ?? exit}${ambiguous ? " (ambiguous bar)" : ""}`,
    width: 150,
  },
  { id: "stop", header: "Stop $", value: ({ stop }) => stop, cell: ({ stop }) => price(stop), align: "right", width: 84, phone: "none" },
  {
    id: "target",
    header: "Target $",
    value: ({ target }) => target,
    cell: ({ target }) => price(target),
    align: "right",
    width: 84,
    phone: "none",
  },
  { id: "size", header: "Size", value: ({ size }) => size, align: "right", width: 64, phone: "none" },
  { id: "fold", header: "Fold", value: ({ fold }) => fold + 1, align: "right", width: 60, phone: "none" },
];

export interface ReportTradesProps {
  readonly row: ResultRow | undefined;
  readonly sort: string | undefined;
  readonly onSort: (sort: string) => void;
  readonly onOpen: (trade: string) => void;
}

/** Every trade; one opens on the prices. */
export function ReportTrades({ row, sort, onSort, onOpen }: ReportTradesProps) {
  const query = useRows(
    "GET /leaderboard/{row_id}/trades",
    { params: { row_id: row?.row_id ?? "" }, query: { limit: 200 } },
    { enabled: row !== undefined },
  );
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  if (row === undefined) return <NotSaved />;
  return (
    <Panel title="Trades" note="press one to see it on the prices">
      <Loaded query={query} title="The trades could not be read">
        {(trades) =>
          trades.length === 0 ? (
            <EmptyState title="No trade">Nothing passed the threshold, the hours and the filters of this variant.</EmptyState>
          ) : (
            <DataTable
              caption="trades"
              columns={COLUMNS}
              rows={trades}
              rowKey={({ trade }) => String(trade)}
              sort={sort ?? "trade"}
              onSort={onSort}
              onOpen={({ trade }) => onOpen(String(trade))}
              csvName={`trades-${row.row_id}`}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

/** Trades and prices hang on the row of the leaderboard. */
export function NotSaved() {
  return (
    <Panel>
      <EmptyState title="Not on the leaderboard">
        This backtest was run without saving its result, so its trades and prices are not kept. Run it again with saving on.
      </EmptyState>
    </Panel>
  );
}
