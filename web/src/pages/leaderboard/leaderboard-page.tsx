import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { useRows } from "../../data/ask.ts";
import { useCart } from "../../data/cart.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { PageHeader, Panel } from "../../ui/panel.tsx";
import { PlaceLink } from "../../ui/place-link.tsx";
import { CartBar } from "../../ui/results/cart-bar.tsx";
import { chosenFrom } from "../../ui/results/chosen.ts";
import { resultColumns } from "../../ui/results/result-columns.tsx";
import { ResultDrawer } from "../../ui/results/result-drawer.tsx";
import type { ResultRow } from "../../ui/results/result-row.ts";
import { ResultScatter } from "../../ui/results/result-scatter.tsx";
import { EmptyState, Loaded, StaleMark } from "../../ui/states.tsx";
import { plural } from "../../words/format.ts";
import { PAGE } from "../../words/places.ts";
import { bestInWords } from "../../words/verdict.ts";
import { Filters } from "./filters.tsx";
import styles from "./leaderboard.module.css";
import { isFiltered, type LeaderboardSearch, leaderboardQuery } from "./leaderboard-search.ts";

const COLUMNS = resultColumns({ ofModels: true });
const keyOf = ({ row_id }: ResultRow): string => row_id;

type Change = { readonly [K in keyof LeaderboardSearch]?: LeaderboardSearch[K] | undefined };

/** Judged results of all models, best first, with a selection that is kept across pages. */
export function LeaderboardPage() {
  const search = getRouteApi("/leaderboard").useSearch() as LeaderboardSearch;
  const navigate = useNavigate({ from: "/leaderboard" });
  const change = useCallback(
    (next: Change, replace = false): void =>
      void navigate({ search: (before: LeaderboardSearch) => ({ ...before, ...next }) as LeaderboardSearch, replace, resetScroll: false }),
    [navigate],
  );
  const query = useRows("GET /leaderboard", { query: leaderboardQuery(search) });
  const rows = query.data ?? [];
  const open = rows.find(({ row_id }) => row_id === search.row);

  return (
    <>
      <PageHeader
        title="Leaderboard"
        lead="Every judged result, best score first. The score counts only after the gate: it is lowered for few bets, drawdown, uneven folds and turnover."
        actions={
          <PlaceLink to={PAGE.newSweep} className={buttonClass("primary")}>
            New sweep
          </PlaceLink>
        }
      />
      <Panel>
        <Filters search={search} onChange={change} />
        <StaleMark query={query} />
        <Loaded query={query} title="The leaderboard could not be read">
          {(all) =>
            all.length === 0 ? (
              isFiltered(search) ? (
                <EmptyState title="No result fits these filters">
                  {search.gate === "PASS"
                    ? "Nothing has passed the gate here. That is the usual answer: take the filter off to see how far the best ones are from it."
                    : "Take a filter off, or look in the other workspace."}
                </EmptyState>
              ) : (
                <EmptyState
                  title="No result yet"
                  action={
                    <PlaceLink to={PAGE.newSweep} className={buttonClass("primary")}>
                      Start a sweep
                    </PlaceLink>
                  }
                >
                  A backtest or a sweep of a model puts its results here, judged by the gate and ranked.
                </EmptyState>
              )
            ) : (
              <Results
                rows={all}
                search={search}
                onChange={change}
                more={query.hasNextPage ? { read: () => query.fetchNextPage(), isReading: query.isFetchingNextPage } : undefined}
              />
            )
          }
        </Loaded>
      </Panel>
      <CartBar />
      <ResultDrawer row={open} onClose={() => change({ row: undefined })} />
    </>
  );
}

interface ResultsProps {
  readonly rows: readonly ResultRow[];
  readonly search: LeaderboardSearch;
  readonly onChange: (change: Change, replace?: boolean) => void;
  /** Reads the next page; undefined when everything was read. */
  readonly more: { readonly read: () => Promise<{ readonly hasNextPage: boolean }>; readonly isReading: boolean } | undefined;
}

function Results({ rows, search, onChange, more }: ResultsProps) {
  const [cart, choose] = useCart();
  const [readingAll, setReadingAll] = useState(false);
  const keys = useMemo(() => new Set(cart.map(({ row_id }) => row_id)), [cart]);
  const verdict = useMemo(() => bestInWords(rows), [rows]);
  const pick = useCallback((row: string) => onChange({ row }), [onChange]);
  const sortBy = useCallback((sort: string) => onChange({ sort }, true), [onChange]);
  const open = useCallback(({ row_id }: ResultRow) => onChange({ row: row_id }), [onChange]);
  const readAll = async (): Promise<void> => {
    setReadingAll(true);
    try {
      for (let left = more !== undefined; left; ) left = (await more!.read()).hasNextPage;
    } finally {
      setReadingAll(false);
    }
  };
  return (
    <>
      {verdict !== undefined && <p>{verdict}</p>}
      <ResultScatter rows={rows} chosen={keys} onPick={pick} />
      <DataTable
        caption="leaderboard"
        columns={COLUMNS}
        rows={rows}
        rowKey={keyOf}
        sort={search.sort ?? "-score"}
        onSort={sortBy}
        search={search.q ?? ""}
        onSearch={(q) => onChange({ q: q === "" ? undefined : q }, true)}
        selection={{ keys, onChange: (next) => choose(chosenFrom(cart, rows, next)) }}
        onOpen={open}
        currentKey={search.row}
        csvName="leaderboard"
      />
      {more !== undefined && (
        <div className={styles.more}>
          <span>{plural(rows.length, "row")} read, the best ones first. Search, order and CSV are of these.</span>
          <Button small busy={more.isReading && !readingAll} disabled={readingAll} onClick={() => void more.read()}>
            Read 200 more
          </Button>
          <Button small busy={readingAll} onClick={() => void readAll()}>
            Read all
          </Button>
        </div>
      )}
    </>
  );
}
