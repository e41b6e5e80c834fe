import { termOf } from "../words/glossary.ts";
import { classes } from "./classes.ts";
import styles from "./data-table.module.css";
import { useIsPhone } from "./media.ts";
import { CardText, cellContent } from "./table-cell.tsx";
import { type Column, columnWidth, headerOf, isNumeric, widthOf } from "./table-model.ts";
import { Explained } from "./tooltip.tsx";

export interface ListTableProps<R> {
  /** What the table holds, for those who do not see it. */
  readonly caption: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string;
}

/** A few rows in the order in which they come, looking as `DataTable` does: the part of a longer list that stands on another page. */
export function ListTable<R>(props: ListTableProps<R>) {
  return <div className={styles.scroll}>{useIsPhone() ? <Cards {...props} /> : <Grid {...props} />}</div>;
}

function Grid<R>({ caption, columns, rows, rowKey }: ListTableProps<R>) {
  return (
    <table className={styles.table} style={{ minWidth: widthOf(columns) }}>
      <caption hidden>{caption}</caption>
      <colgroup>
        {columns.map((column) => (
          <col key={column.id} style={{ width: columnWidth(column) }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((column, place) => (
            <th key={column.id} scope="col" className={lookOf(column, place)}>
              <Header column={column} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map((column, place) => {
              const Cell = place === 0 ? "th" : "td";
              return (
                <Cell key={column.id} scope={place === 0 ? "row" : undefined} className={lookOf(column, place)}>
                  {cellContent(column, row)}
                </Cell>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const lookOf = <R,>(column: Column<R>, place: number): string => classes(place === 0 && styles.first, isNumeric(column) && styles.right);

/** The unit is said with the meaning, as short lists stand in narrow places. */
function Header<R>({ column }: { readonly column: Column<R> }) {
  if (column.of === undefined) return headerOf(column);
  const term = termOf(column.of);
  return (
    <Explained title={term.name} unit={term.unit} says={term.definition}>
      {headerOf(column)}
    </Explained>
  );
}

function Cards<R>({ caption, columns, rows, rowKey }: ListTableProps<R>) {
  return (
    <ul aria-label={caption}>
      {rows.map((row) => (
        <li key={rowKey(row)} className={styles.card}>
          <CardText columns={columns} row={row} />
        </li>
      ))}
    </ul>
  );
}
