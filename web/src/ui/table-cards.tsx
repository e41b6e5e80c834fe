import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import { classes } from "./classes.ts";
import styles from "./data-table.module.css";
import { CardText } from "./table-cell.tsx";
import { type TableViewProps, toggled } from "./table-grid.tsx";

const CARD_PIXELS = 56;

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
              className={classes(styles.card, styles.placed)}
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
              <CardText columns={columns} row={row} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
