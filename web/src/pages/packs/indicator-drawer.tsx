import { Drawer } from "../../ui/dialog.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { plural } from "../../words/format.ts";
import { entryInWords, titled } from "../../words/packs.ts";
import { FactList } from "./fact-list.tsx";
import { type MenuRow, parametersOf, plainText } from "./indicator-rows.ts";
import styles from "./pack.module.css";

export interface IndicatorDrawerProps {
  /** The catalogue is still being read. */
  readonly isLoading: boolean;
  readonly row: MenuRow | undefined;
  /** The name that the address asks for, whether there is such an indicator or not. */
  readonly name: string | undefined;
  readonly note: string | undefined;
  readonly onClose: () => void;
}

/** All that is known of an indicator: meaning, parameters, columns, needs, source, and where the pack uses it. */
export function IndicatorDrawer({ isLoading, row, name, note, onClose }: IndicatorDrawerProps) {
  const indicator = row?.indicator;
  return (
    <Drawer
      open={name !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={name ?? ""}
      description={indicator === undefined ? undefined : `${titled(indicator.category)}, computed on ${note ?? "own bars"}`}
    >
      {isLoading ? (
        <Skeleton lines={8} />
      ) : row === undefined || indicator === undefined ? (
        <EmptyState title="Not in this menu">
          The pack's menu has no indicator of this name. An alias such as rsi_14 stands for rsi with window 14.
        </EmptyState>
      ) : (
        <div className={styles.drawer}>
          <p>{plainText(indicator.doc)}</p>
          {indicator.notes !== null && <p className={styles.soft}>{plainText(indicator.notes)}</p>}
          <section>
            <h3>Parameters</h3>
            {parametersOf(indicator).length === 0 ? (
              <p className={styles.soft}>It has none.</p>
            ) : (
              <table className={styles.table}>
                <thead>
                  <tr>
                    <th scope="col">Name</th>
                    <th scope="col">Standard</th>
                    <th scope="col">Allowed</th>
                    <th scope="col">Meaning</th>
                  </tr>
                </thead>
                <tbody>
                  {parametersOf(indicator).map((parameter) => (
                    <tr key={parameter.name}>
                      <th scope="row">
                        <code>{parameter.name}</code>
                      </th>
                      <td>{parameter.standard}</td>
                      <td>{parameter.allowed}</td>
                      <td>{parameter.meaning}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </section>
          <section>
            <h3>Columns at standard parameters</h3>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">Column</th>
                  <th scope="col">Unit</th>
                  <th scope="col">Bounds</th>
                </tr>
              </thead>
              <tbody>
                {indicator.columns.map(({ name: column, unit, bounds }) => (
                  <tr key={column}>
                    <th scope="row">
                      <code>{column}</code>
                    </th>
                    <td>{unit}</td>
                    <td>{bounds === null ? "none" : bounds.join(" to ")}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <FactList
            facts={[
              ["Warm-up", `${plural(indicator.warmup_bars, "bar")} without a value`],
              ["Reads", indicator.inputs.join(", ") || "no bar fields"],
              ["Needs", indicator.needs.length === 0 ? "nothing beside the symbol's own bars" : indicator.needs.join(", ")],
              ["Remembers", indicator.memory === "finite" ? "its window only" : "everything since the first bar, ever fainter"],
              ["Definition", `version ${indicator.version}`],
              ["Source", indicator.source],
            ]}
          />
          <section>
            <h3>In this pack</h3>
            {row.usedBy.length === 0 ? (
              <p className={styles.soft}>No set computes it. Models may put it into a set of their own.</p>
            ) : (
              <ul className={styles.uses}>
                {row.usedBy.map(({ set, entry }) => (
                  <li key={`${set} ${JSON.stringify(entry)}`}>
                    {set}: <code>{entryInWords(entry)}</code>
                  </li>
                ))}
              </ul>
            )}
          </section>
        </div>
      )}
    </Drawer>
  );
}
