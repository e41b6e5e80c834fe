import { useEffect } from "react";
import { useRows } from "../../data/ask.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import type { ResultRow } from "../../ui/results/result-row.ts";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { EmptyState, Loaded } from "../../ui/states.tsx";
import type { Column } from "../../ui/table-model.ts";
import { contractInWords } from "../../words/contract.ts";
import { formatMoment, formatNumber } from "../../words/format.ts";
import { EXIT_NAMES, type Trade } from "./report.ts";

const price = (value: number | null): string => formatNumber(value, "price");

const dollars = (id: "entry_price" | "exit_price" | "entry_fill" | "exit_fill" | "stop" | "target", header: string): Column<Trade> => ({
  id,
  header,
  value: (trade) => trade[id],
  cell: (trade) => price(trade[id]),
  align: "right",
  width: 92,
  phone: "none",
});

const TRADE: Column<Trade> = { id: "trade", header: "Trade", value: ({ trade }) => trade, width: 64 };
const ENTERED: Column<Trade> = {
  id: "entered_at",
  header: "Entered",
  value: ({ entered_at }) => formatMoment(entered_at),
  cell: ({ entered_at }) => <Moment at={entered_at} />,
  width: 172,
};
const LEFT: Column<Trade> = {
  id: "left_at",
  header: "Left",
  value: ({ left_at }) => formatMoment(left_at),
  cell: ({ left_at }) => <Moment at={left_at} />,
  width: 172,
  phone: "none",
};
const NET_RETURN: Column<Trade> = {
  id: "net_return",
  of: "expectancy",
  header: "Net return",
  value: ({ net_return }) => net_return,
  width: 126,
  phone: "beside",
};
const EXIT: Column<Trade> = {
  id: "exit",
  header: "Exit by",
  value: ({ exit, ambiguous }) => `${EXIT_NAMES[exit] ?? exit}${ambiguous ? " (ambiguous bar)" : ""}`,
  width: 140,
};
const LAST: readonly Column<Trade>[] = [
  { id: "size", header: "Size", value: ({ size }) => size, align: "right", width: 64, phone: "none" },
  { id: "fold", header: "Fold", value: ({ fold }) => fold + 1, align: "right", width: 60, phone: "none" },
];

const SHARES: readonly Column<Trade>[] = [
  TRADE,
  { id: "side", header: "Side", value: ({ side }) => side, width: 64, phone: "head" },
  { id: "symbol", header: "Symbol", value: ({ symbol }) => symbol, width: 96, phone: "none" },
  ENTERED,
  dollars("entry_price", "Entry $"),
  LEFT,
  dollars("exit_price", "Exit $"),
  NET_RETURN,
  EXIT,
  dollars("stop", "Stop $"),
  dollars("target", "Target $"),
  ...LAST,
];

/** Contracts are bought, whichever way the model looks: what was paid and got for a share of each, and the underlying's prices. */
const CONTRACTS: readonly Column<Trade>[] = [
  TRADE,
  {
    id: "contract",
    header: "Bought",
    value: ({ contract }) => contract,
    cell: ({ contract }) => <span title={contract ?? undefined}>{contractInWords(contract ?? "")}</span>,
    width: 238,
    phone: "head",
  },
  ENTERED,
  { ...dollars("entry_fill", "Paid $"), width: 72 },
  LEFT,
  { ...dollars("exit_fill", "Got $"), width: 72 },
  NET_RETURN,
  EXIT,
  { ...dollars("entry_price", "Underlying in $"), width: 116 },
  { ...dollars("exit_price", "Underlying out $"), width: 122 },
  ...LAST,
];

export interface ReportTradesProps {
  /** Null where the backtest was not saved; undefined while it is read. */
  readonly row: ResultRow | null | undefined;
  readonly sort: string | undefined;
  readonly onSort: (sort: string) => void;
  readonly onOpen: (trade: string) => void;
}

/** Every trade; one opens on the prices. */
export function ReportTrades({ row, sort, onSort, onOpen }: ReportTradesProps) {
  const query = useRows(
    "GET /leaderboard/{row_id}/trades",
    { params: { row_id: row?.row_id ?? "" }, query: { limit: 200 } },
    { enabled: row != null },
  );
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  if (row === null) return <NotSaved />;
  if (row === undefined)
    return (
      <Panel title="Trades">
        <SkeletonBlock />
      </Panel>
    );
  return (
    <Panel title="Trades" note="press one to see it on the prices">
      <Loaded query={query} title="The trades could not be read">
        {(trades) =>
          trades.length === 0 ? (
            <EmptyState title="No trade">Nothing passed the threshold, the hours and the filters of this variant.</EmptyState>
          ) : (
            <DataTable
              caption="trades"
              columns={trades[0]!.contract === null ? SHARES : CONTRACTS}
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
