import { Plus, Search } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Chip, Chips } from "../../ui/chip.tsx";
import { Panel } from "../../ui/panel.tsx";
import { plural } from "../../words/format.ts";
import { stepInWords } from "../../words/runs.ts";
import styles from "./create.module.css";
import type { Entry } from "./draft.ts";
import type { Indicator } from "./indicator-params.ts";
import type { StepProps } from "./step-props.ts";

interface MenuProps {
  readonly menu: readonly string[];
  readonly byName: ReadonlyMap<string, Indicator>;
  readonly entries: readonly Entry[];
  readonly refusalOf: (indicator: Indicator) => string | undefined;
  readonly onAdd: (name: string) => void;
}

/** The pack's menu by category, with what cannot be used here and why. */
export function IndicatorMenu({ menu, byName, entries, refusalOf: refuses, onAdd }: MenuProps) {
  const [search, setSearch] = useState("");
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = menu
    .flatMap((name) => byName.get(name) ?? [])
    .filter(({ name, doc, category, subcategory }) => {
      const text = `${name} ${doc} ${category} ${subcategory}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  const groups = Map.groupBy(shown, ({ category }) => category);
  const chosen = new Set(entries.map(({ name }) => name));
  return (
    <Panel title="Add from the pack's menu" note={plural(shown.length, "indicator")}>
      <label className={styles.search}>
        <Search size={14} aria-hidden="true" />
        <input
          type="search"
          aria-label="Search indicators"
          placeholder="Search: momentum, volatility, gap"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </label>
      {shown.length === 0 && <p className={styles.soft}>No indicator of the pack's menu has these words.</p>}
      <div className={styles.categories}>
        {[...groups].map(([category, members]) => (
          <details key={category} open={words.length > 0 || groups.size <= 3}>
            <summary>
              {stepInWords(category)} <span className={styles.note}>{members.length}</span>
            </summary>
            <ul className={styles.menu}>
              {members.map((indicator) => {
                const refusal = refuses(indicator);
                const { name, doc, needs, columns } = indicator;
                return (
                  <li key={name} className={styles.menuItem}>
                    <div>
                      <strong>{name}</strong> {chosen.has(name) && <Chip tone="accent">Chosen</Chip>}
                      <div className={styles.note}>{doc.replaceAll("`", "")}</div>
                      <Chips>
                        {columns.slice(0, 3).map((column) => (
                          <Chip key={column.name}>{column.name}</Chip>
                        ))}
                        {needs.map((need) => (
                          <Chip key={need} tone="warn">
                            {need}
                          </Chip>
                        ))}
                      </Chips>
                      {refusal !== undefined && <div className={styles.refusal}>{refusal}</div>}
                    </div>
                    <Button small icon={Plus} disabled={refusal !== undefined} onClick={() => onAdd(name)} aria-label={`Add ${name}`}>
                      Add
                    </Button>
                  </li>
                );
              })}
            </ul>
          </details>
        ))}
      </div>
    </Panel>
  );
}

/** Why an indicator cannot be used with these bars and data; undefined when it can. */
export function refusalOf(
  { name, timeframe, inputs }: Indicator,
  { cadence, data }: StepProps["values"],
  offers: StepProps["offers"],
): string | undefined {
  if (timeframe === "minute" && cadence === "daily") return `"${name}" looks inside the session, and the bars are daily.`;
  const offer = offers.find(({ provider }) => provider === data.provider);
  const kinds = offer?.symbols?.find(({ symbol }) => symbol === data.symbol)?.kinds ?? offer?.kinds;
  if (kinds === undefined) return undefined;
  const has = (...wanted: readonly string[]): boolean => kinds.some((kind) => wanted.includes(kind));
  const reads = (input: string): boolean => inputs.includes(input);
  const where = `${data.symbol ?? "This symbol"} of ${data.provider}`;
  if (reads("chains") && !has("option_chains")) return `It reads option chains, and ${where} has none.`;
  if ((reads("flow") || reads("flowCells")) && !has("option_bars", "flow_cells", "option_tape"))
    return `It reads option flow, and ${where} has none.`;
  if (reads("tape") && !has("underlying_tape")) return `It reads trades and quotes, and ${where} has none.`;
  if (reads("open") && !has("bars")) return `It reads the open, and ${where} has none of its own.`;
  return reads("universe") ? "It compares the members of a universe, and this model has one symbol." : undefined;
}
