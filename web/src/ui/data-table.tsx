import {
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { Download, Search } from "lucide-react";
import { memo, type ReactNode, useCallback, useDeferredValue, useMemo, useState } from "react";
import { formatNumber, plural } from "../words/format.ts";
import { Button } from "./button.tsx";
import styles from "./data-table.module.css";
import { useIsPhone } from "./media.ts";
import { fileName, saveText } from "./save-file.ts";
import { TableCards } from "./table-cards.tsx";
import { TableGrid } from "./table-grid.tsx";
import { type Column, headerOf, readSort, rowSearch, type Sorting, toCsv, writeSort } from "./table-model.ts";

/** Rows that are chosen, by their keys; kept by the page. */
export interface Selection<R> {
  readonly keys: ReadonlySet<string>;
  readonly onChange: (keys: ReadonlySet<string>) => void;
  /** Why a row cannot be chosen, for rows that cannot. */
  readonly refuses?: (row: R) => string | undefined;
}

export interface DataTableProps<R extends object> {
  /** What the table holds, for those who do not see it. */
  readonly caption: string;
  /** Stable between renders: at module level or in a memo. The first column stays in view. */
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string;
  /** `-sharpe`; with `onSort` the page keeps it (in its address), without it is where the table begins. */
  readonly sort?: string | undefined;
  readonly onSort?: (sort: string) => void;
  readonly search?: string | undefined;
  readonly onSearch?: (search: string) => void;
  readonly selection?: Selection<R>;
  /** A row was pressed, or Enter on it: opens its details. */
  readonly onOpen?: (row: R) => void;
  /** The row whose details are open. */
  readonly currentKey?: string | undefined;
  /** Name of the CSV file without its ending; made of the caption when absent. */
  readonly csvName?: string;
  /** Further controls beside search and export. */
  readonly tools?: ReactNode;
  /** What stands there when no row matches. */
  readonly empty?: ReactNode;
}

const features = tableFeatures({
  rowSortingFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
});

/** What is typed or pressed shows at once; the rows follow when they have been found and ordered. */
const Grid = memo(TableGrid) as typeof TableGrid;
const Cards = memo(TableCards) as typeof TableCards;

/** Rows that need no search: all are in view. */
const SEEN_AT_ONCE = 8;

const anyColumn = (): boolean => true;

const collator = new Intl.Collator("en-US", { numeric: true });

function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return collator.compare(String(a), String(b));
}

/**
 * A table that sorts, searches and exports, with sticky header and first column; thousands of rows are drawn as they come into view.
 * Arrow keys walk the rows, Enter opens one, Space chooses it. On a phone each row is two lines.
 */
export function DataTable<R extends object>(props: DataTableProps<R>) {
  const { caption, columns, rows, rowKey, selection, onOpen, currentKey, csvName = fileName(caption), tools, empty } = props;
  const [ownSort, setOwnSort] = useState(props.sort);
  const [ownSearch, setOwnSearch] = useState(props.search ?? "");
  const sortText = props.onSort === undefined ? ownSort : props.sort;
  const search = props.onSearch === undefined ? ownSearch : (props.search ?? "");
  const wanted = useDeferredValue(search);
  const sort = useMemo(() => readSort(sortText), [sortText]);
  const wantedSort = useDeferredValue(sort);
  const isPhone = useIsPhone();

  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: R) => column.value(row) ?? undefined,
        sortUndefined: "last" as const,
        sortFn: (a: { getValue: (id: string) => unknown }, b: { getValue: (id: string) => unknown }, id: string) =>
          compare(a.getValue(id), b.getValue(id)),
      })),
    [columns],
  );
  // Whatever is another object in each render makes the table sort and search again.
  const sorting = useMemo(() => (wantedSort === undefined ? [] : [wantedSort]), [wantedSort]);
  const globalFilterFn = useMemo(() => {
    const matches = rowSearch(columns);
    return (row: { original: R }, _: string, text: string) => matches(row.original, text);
  }, [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows as R[],
    getRowId: rowKey,
    state: { sorting, globalFilter: wanted },
    globalFilterFn,
    getColumnCanGlobalFilter: anyColumn,
  });
  const { rows: found } = table.getRowModel();
  const shown = useMemo(() => found.map((row) => row.original), [found]);

  const { onSort = setOwnSort } = props;
  const setSort = useCallback((next: Sorting): void => onSort(writeSort(next)), [onSort]);
  const setSearch = (next: string): void => (props.onSearch ?? setOwnSearch)(next);
  const isSearchable = rows.length > SEEN_AT_ONCE || search !== "" || props.onSearch !== undefined;
  const view = { caption, columns, rows: shown, rowKey, sort, onSort: setSort, selection, onOpen, currentKey };

  return (
    <div>
      <div className={styles.tools}>
        {isSearchable && (
          <label className={styles.search}>
            <Search size={14} aria-hidden="true" />
            <input
              type="search"
              aria-label={`Search ${caption}`}
              placeholder="Search"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          </label>
        )}
        {isPhone && <SortBy columns={columns} sort={sort} onSort={setSort} />}
        {tools}
        <span className={styles.count} role="status">
          {shown.length === rows.length
            ? plural(rows.length, "row")
            : `${formatNumber(shown.length, "count")} of ${plural(rows.length, "row")}`}
        </span>
        <Button small icon={Download} onClick={() => saveText(`${csvName}.csv`, toCsv(columns, shown), "text/csv")}>
          CSV
        </Button>
      </div>
      {shown.length === 0 ? (
        (empty ?? <p className={styles.none}>{rows.length === 0 ? "No rows." : `No row matches "${search}".`}</p>)
      ) : isPhone ? (
        <Cards {...view} />
      ) : (
        <Grid {...view} />
      )}
    </div>
  );
}

/** Phones have no header to press. */
function SortBy<R>({
  columns,
  sort,
  onSort,
}: {
  readonly columns: readonly Column<R>[];
  readonly sort: Sorting | undefined;
  readonly onSort: (next: Sorting) => void;
}) {
  const value = sort === undefined ? "" : writeSort(sort);
  return (
    <select
      className={styles.sortBy}
      aria-label="Sort by"
      value={value}
      onChange={(event) => {
        const next = readSort(event.target.value);
        if (next !== undefined) onSort(next);
      }}
    >
      <option value="" disabled>
        Sort by
      </option>
      {columns
        .filter(({ sortable = true }) => sortable)
        .flatMap((column) => [
          <option key={column.id} value={column.id}>
            {headerOf(column)} ↑
          </option>,
          <option key={`-${column.id}`} value={`-${column.id}`}>
            {headerOf(column)} ↓
          </option>,
        ])}
    </select>
  );
}
