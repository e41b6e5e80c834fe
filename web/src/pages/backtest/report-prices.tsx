import { useEffect, useId, useMemo } from "react";
import { PriceChart } from "../../charts/price-chart.tsx";
import { useAsk, useRows } from "../../data/ask.ts";
import { Button } from "../../ui/button.tsx";
import { Panel } from "../../ui/panel.tsx";
import type { ResultRow } from "../../ui/results/result-row.ts";
import { SkeletonBlock } from "../../ui/skeleton.tsx";
import { Loaded } from "../../ui/states.tsx";
import { rightOf } from "../../words/contract.ts";
import { formatDate, plural } from "../../words/format.ts";
import styles from "./backtest.module.css";
import { type Span, spanOfTrade } from "./price-span.ts";
import type { Report, Trade } from "./report.ts";
import { NotSaved } from "./report-trades.tsx";
import { tradeInWords } from "./trade-words.ts";

export interface ReportPricesProps {
  readonly report: Report;
  /** Null where the backtest was not saved; undefined while it is read. */
  readonly row: ResultRow | null | undefined;
  /** Number of the trade in view; without one a whole test block is. */
  readonly trade: string | undefined;
  /** Number of the test block in view; the last one when absent. */
  readonly fold: string | undefined;
  readonly onView: (view: { readonly trade: string | undefined; readonly fold: string | undefined }) => void;
}

/** Bars of one request; a fold of hourly bars has fewer. */
const MOST_BARS = 5000;
/** Trades of one request of a fold. */
const TRADES = 200;

/** The prices of a test block with the trades made there, or those around one trade. */
export function ReportPrices({ report, row, trade, fold: block, onView }: ReportPricesProps) {
  const id = useId();
  const trades = useRows(
    "GET /leaderboard/{row_id}/trades",
    { params: { row_id: row?.row_id ?? "" }, query: { limit: TRADES } },
    { enabled: row != null },
  );
  const all = trades.data ?? [];
  const chosen = all.find((each) => String(each.trade) === trade);
  const fold = report.folds.find((each) => String(each.fold + 1) === block) ?? report.folds.at(-1)!;
  const span: Span = chosen === undefined ? { from: fold.test.first, to: fold.test.last } : spanOfTrade(chosen, report.cadence);
  const symbol = chosen?.symbol ?? row?.symbol;
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = trades;
  // A trade of a later page, and the trades of a later test block, are read until they are there.
  const isShort = trade === undefined ? formatDate(all.at(-1)?.entered_at) <= span.to : chosen === undefined;
  useEffect(() => {
    if (isShort && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [isShort, hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  if (row === null) return <NotSaved />;
  if (row === undefined || (trades.data === undefined && !isError) || (trade !== undefined && isShort && hasNextPage && !isError))
    return (
      <Panel title={trade === undefined ? "Prices of a test block" : `Trade ${trade}`}>
        <SkeletonBlock />
      </Panel>
    );
  if (trades.data === undefined)
    return (
      <Panel title="Prices">
        <Loaded query={trades} title="The trades could not be read">
          {() => null}
        </Loaded>
      </Panel>
    );
  return (
    <Panel
      title={chosen === undefined ? "Prices of a test block" : `Trade ${chosen.trade}`}
      note={`${span.from} to ${span.to}`}
      actions={
        <div className={styles.choose}>
          {chosen !== undefined && (
            <>
              <Button small disabled={chosen.trade <= 1} onClick={() => onView({ trade: String(chosen.trade - 1), fold: undefined })}>
                Trade before
              </Button>
              <Button
                small
                disabled={chosen.trade >= row.metrics.trades}
                onClick={() => onView({ trade: String(chosen.trade + 1), fold: undefined })}
              >
                Next trade
              </Button>
            </>
          )}
          <label htmlFor={id}>Test block</label>
          <select
            id={id}
            className={styles.select}
            value={chosen === undefined ? String(fold.fold + 1) : ""}
            onChange={(event) => onView({ trade: undefined, fold: event.target.value })}
          >
            {chosen !== undefined && <option value="">one trade</option>}
            {report.folds.map(({ fold: place, test }) => (
              <option key={place} value={place + 1}>
                {place + 1}: {test.first} to {test.last}
              </option>
            ))}
          </select>
        </div>
      }
    >
      {chosen !== undefined && <p>{tradeInWords(chosen, report.cadence)}</p>}
      <Prices
        rowId={row.row_id}
        span={span}
        symbol={symbol === row.symbol ? undefined : symbol}
        cadence={report.cadence}
        trades={all}
        chosen={chosen}
      />
    </Panel>
  );
}

interface PricesProps {
  readonly rowId: string;
  readonly span: Span;
  readonly symbol: string | undefined;
  readonly cadence: string;
  readonly trades: readonly Trade[];
  readonly chosen: Trade | undefined;
}

function Prices({ rowId, span, symbol, cadence, trades, chosen }: PricesProps) {
  const bars = useAsk("GET /leaderboard/{row_id}/bars", {
    params: { row_id: rowId },
    query: { ...span, limit: MOST_BARS, ...(symbol === undefined ? {} : { symbol }) },
  });
  const isDaily = cadence === "daily";
  const shown = useMemo(() => {
    const rows = bars.data?.rows ?? [];
    // A day's bar is its session; bars within a day are moments.
    const nameOf = new Map(rows.map(({ time, session }) => [time, isDaily ? session : Date.parse(time)]));
    const drawn = trades.flatMap((trade) => {
      const [entryTime, exitTime] = [nameOf.get(trade.entry_bar), nameOf.get(trade.exit_bar)];
      if (entryTime === undefined || exitTime === undefined || (symbol !== undefined && trade.symbol !== symbol)) return [];
      const { side, entry_price, exit_price, stop, target, net_return, contract } = trade;
      const bought = contract === null ? undefined : rightOf(contract);
      const of = { side, bought, entryTime, entryPrice: entry_price, exitTime, exitPrice: exit_price, stop, target, return: net_return };
      return [{ of, isChosen: trade === chosen }];
    });
    return {
      bars: rows.flatMap(({ time, open, high, low, close }) =>
        open === null || high === null || low === null || close === null ? [] : [{ time: nameOf.get(time)!, open, high, low, close }],
      ),
      trades: drawn.map(({ of }) => of),
      focus: drawn.find(({ isChosen }) => isChosen)?.of,
    };
  }, [bars.data, trades, chosen, isDaily, symbol]);
  return (
    <Loaded query={bars} title="The prices could not be read" skeleton={<SkeletonBlock />}>
      {({ next_cursor }) => (
        <PriceChart
          label={`Prices with ${plural(shown.trades.length, "trade")}`}
          bars={shown.bars}
          trades={shown.trades}
          focus={shown.focus}
          note={`${trades[0]?.contract == null ? "Prices" : "Prices are those of the underlying, the returns those of the contracts. They"} are adjusted for splits and dividends, as the trades met them.${next_cursor === null ? "" : ` Only the first ${MOST_BARS} bars are drawn.`}`}
        />
      )}
    </Loaded>
  );
}
