import { formatNumber, UNKNOWN } from "../words/format.ts";
import styles from "./data-table.module.css";
import { Numeral } from "./figure.tsx";
import { type Column, headerOf } from "./table-model.ts";

/** What a cell shows: its own content, the number as the glossary writes it, or the value. */
export function cellContent<R>(column: Column<R>, row: R) {
  if (column.cell !== undefined) return column.cell(row);
  const value = column.value(row);
  if (column.of !== undefined) return <Numeral of={column.of} value={value as number | null | undefined} />;
  if (typeof value === "number") return formatNumber(value, Number.isInteger(value) ? "count" : "ratio");
  const text = String(value ?? UNKNOWN);
  return <span title={text}>{text}</span>;
}

/** Without a word of its own the first column is the head, and the next few stand in the second line. */
const FEW = 4;

const placeOf = <R,>(column: Column<R>, index: number): "head" | "beside" | "line" | "none" =>
  column.phone ?? (index === 0 ? "head" : index <= FEW ? "line" : "none");

/** A row on a phone: two lines. */
export function CardText<R>({ columns, row }: { readonly columns: readonly Column<R>[]; readonly row: R }) {
  const at = (place: "head" | "beside" | "line"): readonly Column<R>[] =>
    columns.filter((column, index) => placeOf(column, index) === place);
  return (
    <div className={styles.cardText}>
      <div className={styles.cardTop}>
        <span className={styles.cardHead}>
          {at("head").map((column) => (
            <span key={column.id}>{cellContent(column, row)} </span>
          ))}
        </span>
        <span className={styles.cardBeside}>
          {at("beside").map((column) => (
            <span key={column.id}>{cellContent(column, row)}</span>
          ))}
        </span>
      </div>
      <div className={styles.cardLine}>
        {at("line").map((column) => (
          <span key={column.id}>
            {column.of === undefined ? "" : `${headerOf(column)} `}
            {cellContent(column, row)}
          </span>
        ))}
      </div>
    </div>
  );
}
