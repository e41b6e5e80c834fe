import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { termOf } from "../words/glossary.ts";
import { classes } from "./classes.ts";
import styles from "./data-table.module.css";
import { unitBeside } from "./figure.tsx";
import { cellContent } from "./table-cell.tsx";
import { type Column, columnWidth, headerOf, isNumeric, nextSort, type Sorting, widthOf } from "./table-model.ts";
import { Tooltip } from "./tooltip.tsx";

/** A selection as the views need it. */
interface Chosen<R> {
  readonly keys: ReadonlySet<string>;
  readonly onChange: (keys: ReadonlySet<string>) => void;
  readonly refuses?: (row: R) => string | undefined;
}

export interface TableViewProps<R> {
  readonly caption: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string;
  readonly sort: Sorting | undefined;
  readonly onSort: (next: Sorting) => void;
  readonly selection: Chosen<R> | undefined;
  readonly onOpen: ((row: R) => void) | undefined;
  readonly currentKey: string | undefined;
}

const ROW_PIXELS = 32;
const OVERSCAN = 8;
/** Fewer rows are drawn whole, and the page scrolls instead of the table. */
const FEW_ROWS = 40;
const CHECK_WIDTH = 36;

/** With or without one key. */
export function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** The table of wide screens. */
export function TableGrid<R extends object>(props: TableViewProps<R>) {
  const { caption, columns, rows, rowKey, sort, onSort, selection, onOpen, currentKey } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const [hasMore, watchScroll] = useMoreAtRight(scroll);
  const [active, setActive] = useState(0);
  const many = rows.length > FEW_ROWS;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PIXELS,
    overscan: OVERSCAN,
    enabled: many,
  });
  // Another order begins at its top.
  const order = sort === undefined ? "" : `${sort.id} ${sort.desc}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the order is what this waits for
  useEffect(() => {
    scroll.current?.scrollTo({ top: 0 });
  }, [order]);

  const items = many ? virtual.getVirtualItems() : rows.map((_, index) => ({ index, start: 0, end: 0 }));
  const above = many ? (items[0]?.start ?? 0) : 0;
  const below = many ? virtual.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const span = columns.length + (selection === undefined ? 0 : 1);
  const open = rows.filter((row) => selection?.refuses?.(row) === undefined);
  const all = selection !== undefined && open.length > 0 && open.every((row) => selection.keys.has(rowKey(row)));

  const walk = (event: KeyboardEvent<HTMLTableSectionElement>): void => {
    if ((event.target as HTMLElement).closest("tr") !== event.target) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15, Home: -rows.length, End: rows.length }[event.key];
    const row = rows[active];
    if (step !== undefined) {
      const next = Math.min(rows.length - 1, Math.max(0, active + step));
      setActive(next);
      if (many) virtual.scrollToIndex(next);
      requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>(`tr[data-index="${next}"]`)?.focus());
    } else if (event.key === "Enter" && row !== undefined && onOpen !== undefined) onOpen(row);
    else if (event.key === " " && row !== undefined && selection !== undefined && selection.refuses?.(row) === undefined)
      selection.onChange(toggled(selection.keys, rowKey(row)));
    else return;
    event.preventDefault();
  };

  return (
    <div className={classes(styles.frame, hasMore && styles.more)}>
      <div ref={scroll} className={classes(styles.scroll, many && styles.tall)} onScroll={watchScroll}>
        <table
          className={styles.table}
          aria-rowcount={rows.length + 1}
          style={{ minWidth: widthOf(columns) + (selection === undefined ? 0 : CHECK_WIDTH) }}
        >
          <caption hidden>{caption}</caption>
          <colgroup>
            {selection !== undefined && <col style={{ width: CHECK_WIDTH }} />}
            {columns.map((column) => (
              <col key={column.id} style={{ width: columnWidth(column) }} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {selection !== undefined && (
                <th scope="col">
                  <input
                    type="checkbox"
                    className={styles.check}
                    aria-label="Choose all rows"
                    checked={all}
                    onChange={() => selection.onChange(all ? new Set() : new Set(open.map(rowKey)))}
                  />
                </th>
              )}
              {columns.map((column, place) => (
                <HeaderCell key={column.id} column={column} isFirst={place === 0} sort={sort} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody onKeyDown={walk}>
            {above > 0 && <Spacer span={span} height={above} />}
            {items.map(({ index }) => {
              const row = rows[index]!;
              const key = rowKey(row);
              const refusal = selection?.refuses?.(row);
              const chosen = selection?.keys.has(key) ?? false;
              return (
                <tr
                  key={key}
                  className={styles.row}
                  data-index={index}
                  data-opens={onOpen === undefined ? undefined : ""}
                  data-selected={chosen ? "" : undefined}
                  data-current={currentKey === key ? "" : undefined}
                  aria-rowindex={index + 2}
                  aria-selected={selection === undefined ? undefined : chosen}
                  tabIndex={index === Math.min(active, rows.length - 1) ? 0 : -1}
                  onFocus={() => setActive(index)}
                  onClick={(event) => {
                    if ((event.target as HTMLElement).closest("a, button, input, label") === null) onOpen?.(row);
                  }}
                >
                  {selection !== undefined && (
                    <td>
                      <input
                        type="checkbox"
                        className={styles.check}
                        aria-label={`Choose row ${index + 1}`}
                        title={refusal}
                        disabled={refusal !== undefined}
                        checked={chosen}
                        onChange={() => selection.onChange(toggled(selection.keys, key))}
                      />
                    </td>
                  )}
                  {columns.map((column, place) =>
                    place === 0 ? (
                      <th key={column.id} scope="row" className={classes(styles.first, isNumeric(column) && styles.right)}>
                        {cellContent(column, row)}
                      </th>
                    ) : (
                      <td key={column.id} className={isNumeric(column) ? styles.right : undefined}>
                        {cellContent(column, row)}
                      </td>
                    ),
                  )}
                </tr>
              );
            })}
            {below > 0 && <Spacer span={span} height={below} />}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** Whether columns hide behind the right edge; asked again when the box changes its size, and by the handler when it scrolls. */
function useMoreAtRight(scroll: RefObject<HTMLDivElement | null>): readonly [boolean, () => void] {
  const [hasMore, setHasMore] = useState(false);
  const look = useCallback((): void => {
    const box = scroll.current;
    if (box !== null) setHasMore(box.scrollLeft + box.clientWidth < box.scrollWidth - 1);
  }, [scroll]);
  useEffect(() => {
    const observer = new ResizeObserver(look);
    if (scroll.current !== null) observer.observe(scroll.current);
    return () => observer.disconnect();
  }, [look, scroll]);
  return [hasMore, look];
}

/** Stands for the rows that are not drawn. */
function Spacer({ span, height }: { readonly span: number; readonly height: number }) {
  return (
    <tr>
      <td className={styles.spacer} colSpan={span} style={{ height }} />
    </tr>
  );
}

interface HeaderCellProps<R> {
  readonly column: Column<R>;
  readonly isFirst: boolean;
  readonly sort: Sorting | undefined;
  readonly onSort: (next: Sorting) => void;
}

function HeaderCell<R>({ column, isFirst, sort, onSort }: HeaderCellProps<R>) {
  const sorted = sort?.id === column.id;
  const term = column.of === undefined ? undefined : termOf(column.of);
  const unit = term === undefined ? "" : unitBeside(term);
  const name = (
    <>
      {headerOf(column)}
      {unit !== "" && !headerOf(column).toLowerCase().endsWith(unit.toLowerCase()) && <span className={styles.unit}>&nbsp;{unit}</span>}
    </>
  );
  const arrow = sorted && (sort.desc ? <ArrowDown size={12} className={styles.arrow} /> : <ArrowUp size={12} className={styles.arrow} />);
  const button = (
    <button type="button" className={classes(styles.sort, sorted && styles.sorted)} onClick={() => onSort(nextSort(column, sort))}>
      {name}
      {arrow}
    </button>
  );
  return (
    <th
      scope="col"
      className={classes(isFirst && styles.first, isNumeric(column) && styles.right)}
      aria-sort={sorted ? (sort.desc ? "descending" : "ascending") : undefined}
    >
      {column.sortable === false ? (
        name
      ) : term === undefined ? (
        button
      ) : (
        <Tooltip
          says={
            <>
              <strong>{term.name}</strong>
              {term.unit !== "" && ` (${term.unit})`}
              <br />
              {term.definition}
            </>
          }
        >
          {button}
        </Tooltip>
      )}
    </th>
  );
}
