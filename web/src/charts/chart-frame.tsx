import { ChartLine, Table2 } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { Button } from "../ui/button.tsx";
import { DataTable } from "../ui/data-table.tsx";
import type { Column } from "../ui/table-model.ts";
import { formatNumber, type NumberFormat } from "../words/format.ts";
import styles from "./chart-frame.module.css";

export type TableCell = string | number | null;

/** The data of a chart as a table. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
  /** How the numbers of each column are written; none where a column holds words. */
  readonly formats?: readonly (NumberFormat | undefined)[];
}

export interface ChartFrameProps {
  readonly label: string;
  readonly table: ChartTable;
  /** Whether there is nothing to draw; so it is without rows of the table when absent. */
  readonly isEmpty?: boolean;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

interface Line {
  readonly key: string;
  readonly cells: readonly TableCell[];
}

/** A chart with its name, and the same data as a table for whoever wants the numbers or does not see the picture. */
export function ChartFrame({ label, table, isEmpty = table.rows.length === 0, note, actions, children }: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className={styles.frame}>
      <div className={styles.head}>
        <figcaption className={styles.label}>{label}</figcaption>
        <div className={styles.actions}>
          {!asTable && actions}
          {table.rows.length > 0 && (
            <Button small kind="quiet" icon={asTable ? ChartLine : Table2} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
              {asTable ? "Chart" : "Table"}
            </Button>
          )}
        </div>
      </div>
      {isEmpty ? (
        <p className={styles.none}>There is nothing to draw: no value is known.</p>
      ) : asTable && table.rows.length > 0 ? (
        <FrameTable label={label} table={table} />
      ) : (
        children
      )}
      {note !== undefined && <p className={styles.note}>{note}</p>}
    </figure>
  );
}

function FrameTable({ label, table }: { readonly label: string; readonly table: ChartTable }) {
  const columns = useMemo(
    () =>
      table.columns.map((name, place): Column<Line> => {
        const format = table.formats?.[place];
        return {
          id: name,
          header: name,
          value: ({ cells }) => cells[place],
          ...(format === undefined
            ? {}
            : { align: "right" as const, cell: ({ cells }: Line) => formatNumber(cells[place] as number | null, format) }),
        };
      }),
    [table],
  );
  const rows = useMemo(() => table.rows.map((cells, place): Line => ({ key: String(place), cells })), [table]);
  return <DataTable caption={label} columns={columns} rows={rows} rowKey={({ key }) => key} />;
}
