import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import styles from "./data-table.module.css";
import { cellContent, type TableViewProps, toggled } from "./table-grid.tsx";
import { type Column, headerOf } from "./table-model.ts";

const CARD_PIXELS = 56;

/** Without a word of its own the first column is the head, and the next few stand in the second line. */
const FEW = 4;

const placeOf = <R,>(column: Column<R>, index: number): "head" | "beside" | "line" | "none" =>
  column.phone ?? (index === 0 ? "head" : index <= FEW ? "line" : "none");

/** The table of a phone: two lines a row; the page scrolls. */
export function TableCards<R extends object>({ caption, columns, rows, rowKey, selection, onOpen, currentKey }: TableViewProps<R>) {
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  // What stands above may grow while it is being read.
  useLayoutEffect(() => {
    const measure = (): void => setTop(Math.round((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const virtual = useWindowVirtualizer({ count: rows.length, estimateSize: () => CARD_PIXELS, overscan: 6, scrollMargin: top });
  const at = (place: "head" | "beside" | "line"): readonly Column<R>[] =>
    columns.filter((column, index) => placeOf(column, index) === place);
  const [head, beside, line] = [at("head"), at("beside"), at("line")];

  return (
    <div className={styles.scroll}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows stand where the virtualizer puts them */}
      <div ref={list} className={styles.list} role="list" aria-label={caption} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]!;
          const key = rowKey(row);
          const refusal = selection?.refuses?.(row);
          return (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useKeyWithClickEvents: the first line holds the link or the button
            <div
              key={key}
              ref={virtual.measureElement}
              role="listitem"
              className={styles.card}
              data-index={index}
              data-opens={onOpen === undefined ? undefined : ""}
              data-selected={selection?.keys.has(key) || currentKey === key ? "" : undefined}
              style={{ transform: `translateY(${start - top}px)` }}
              onClick={(event) => {
                if ((event.target as HTMLElement).closest("a, button, input, label") === null) onOpen?.(row);
              }}
            >
              {selection !== undefined && (
                <input
                  type="checkbox"
                  className={styles.check}
                  aria-label={`Choose row ${index + 1}`}
                  title={refusal}
                  disabled={refusal !== undefined}
                  checked={selection.keys.has(key)}
                  onChange={() => selection.onChange(toggled(selection.keys, key))}
                />
              )}
              <div className={styles.cardText}>
                <div className={styles.cardTop}>
                  <span className={styles.cardHead}>
                    {head.map((column) => (
                      <span key={column.id}>{cellContent(column, row)} </span>
                    ))}
                  </span>
                  <span className={styles.cardBeside}>
                    {beside.map((column) => (
                      <span key={column.id}>{cellContent(column, row)}</span>
                    ))}
                  </span>
                </div>
                <div className={styles.cardLine}>
                  {line.map((column) => (
                    <span key={column.id}>
                      {column.of === undefined ? "" : `${headerOf(column)} `}
                      {cellContent(column, row)}
                    </span>
                  ))}
                </div>
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}
