import { classes } from "../../ui/classes.ts";
import { CsvButton } from "../../ui/csv-button.tsx";
import { UNKNOWN } from "../../words/format.ts";
import styles from "./compare.module.css";
import type { SideLine } from "./compared.ts";
import type { Compared } from "./compared-row.ts";

export interface SideTableProps {
  readonly label: string;
  readonly compared: readonly Compared[];
  readonly lines: readonly SideLine[];
  readonly nameOf: (key: string) => string;
  readonly mono?: boolean;
}

/** Texts side by side; a line whose texts differ is marked, by its ground and in words. */
export function SideTable({ label, compared, lines, nameOf, mono = false }: SideTableProps) {
  return (
    <>
      <div className={styles.export}>
        <CsvButton
          label={label}
          header={["what", ...compared.map(({ row }) => row.row_id)]}
          rows={lines.map(({ key, values }) => [key, ...values])}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={styles.scroll} aria-label={label} tabIndex={0}>
        <table className={styles.side}>
          <thead>
            <tr>
              <th scope="col">What</th>
              {compared.map(({ letter, row }) => (
                <th key={row.row_id} scope="col">
                  {letter}
                </th>
              ))}
              <th scope="col">Same</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ key, values, differs }) => (
              <tr key={key} className={differs ? styles.differs : undefined}>
                <th scope="row">{nameOf(key)}</th>
                {values.map((value, i) => (
                  <td key={compared[i]!.row.row_id} className={classes(mono && styles.mono)}>
                    {value === "" ? UNKNOWN : value}
                  </td>
                ))}
                <td>{compared.length < 2 ? UNKNOWN : differs ? "differs" : "same"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
