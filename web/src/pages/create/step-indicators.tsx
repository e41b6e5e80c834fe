import { useMemo } from "react";
import { useAsk } from "../../data/ask.ts";
import { Panel } from "../../ui/panel.tsx";
import { Loaded } from "../../ui/states.tsx";
import { plural } from "../../words/format.ts";
import styles from "./create.module.css";
import type { Entry } from "./draft.ts";
import { EntryRow, VolatilitySource } from "./indicator-entry.tsx";
import { IndicatorMenu, refusalOf } from "./indicator-menu.tsx";
import type { Indicator } from "./indicator-params.ts";
import type { StepProps } from "./step-props.ts";

/** The linter's own bounds; calendar and flow columns are not counted. */
const FEWEST = 3;
const MOST = 15;

/** The model's indicators: a set of the pack as it is, or with changes; each parameter held to its schema. */
export function StepIndicators(props: StepProps) {
  const { values } = props;
  const sets = useAsk("GET /packs/{pack_id}/indicator_sets", { params: { pack_id: values.pack_id }, query: { limit: 200 } });
  const pack = useAsk("GET /packs/{pack_id}", { params: { pack_id: values.pack_id } });
  const catalogue = useAsk("GET /indicators");
  return (
    <Loaded query={sets} title="The indicator sets could not be read">
      {({ rows }) => (
        <Loaded query={pack} title="The pack could not be read">
          {({ pack: { indicators } }) => (
            <Loaded query={catalogue} title="The indicators could not be read">
              {(answer) => (
                <Chooser
                  {...props}
                  sets={rows.map(({ name, description, indicators: entries }) => ({
                    name,
                    description: description ?? "",
                    entries: entries as unknown as readonly Entry[],
                  }))}
                  menu={indicators.map(({ name }) => name)}
                  catalogue={"rows" in answer ? answer.rows : Object.values(answer.groups).flat()}
                />
              )}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

interface NamedSet {
  readonly name: string;
  readonly description: string;
  readonly entries: readonly Entry[];
}

interface ChooserProps extends StepProps {
  readonly sets: readonly NamedSet[];
  readonly menu: readonly string[];
  readonly catalogue: readonly Indicator[];
}

function Chooser({ form, values, offers, sets, menu, catalogue, judged: { verdict } }: ChooserProps) {
  const chosen = values.indicator_set ?? "default";
  const named = typeof chosen === "string" ? sets.find(({ name }) => name === chosen) : undefined;
  const entries: readonly Entry[] = typeof chosen === "string" ? (named?.entries ?? []) : chosen.indicators;
  const isOwn = typeof chosen !== "string";
  const byName = useMemo(() => new Map(catalogue.map((each) => [each.name, each])), [catalogue]);

  const set = (next: readonly Entry[]): void =>
    form.setValue("indicator_set", { indicators: [...next] }, { shouldDirty: true, shouldValidate: true });
  const add = (name: string): void => set([...entries, { name } as Entry]);
  const change = (place: number, entry: Entry): void => set(entries.map((each, at) => (at === place ? entry : each)));
  const remove = (place: number): void => set(entries.filter((_, at) => at !== place));
  const strategyEntries = (verdict?.model?.indicators.length ?? 0) - entries.length;

  return (
    <>
      <Panel title="Begin with a set" note="tested ideas of the pack">
        <div className={styles.setRow}>
          <select
            aria-label="Indicator set"
            value={isOwn ? "" : chosen}
            onChange={(event) =>
              event.target.value !== "" && form.setValue("indicator_set", event.target.value, { shouldDirty: true, shouldValidate: true })
            }
          >
            {isOwn && <option value="">Your own choice</option>}
            {sets.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
          <span className={styles.note}>{isOwn ? "Saved with the model as its own set." : (named?.description ?? "")}</span>
        </div>
      </Panel>
      <Panel
        title="Chosen"
        note={`${plural(entries.length, "indicator")}${strategyEntries > 0 ? `, ${strategyEntries} more by the strategy` : ""}; ${FEWEST} to ${MOST} are allowed, calendar and flow not counted`}
      >
        {entries.length === 0 ? (
          <p className={styles.soft}>None yet. Add at least {FEWEST} below, or begin with a set.</p>
        ) : (
          <ul className={styles.entries}>
            {entries.map((entry, place) => (
              <EntryRow
                // Entries have no id of their own; two of a name differ by their parameters, which change.
                // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells them apart
                key={`${place} ${entry.name}`}
                entry={entry}
                indicator={byName.get(entry.name)}
                onChange={(next) => change(place, next)}
                onRemove={() => remove(place)}
              />
            ))}
          </ul>
        )}
      </Panel>
      <VolatilitySource entries={entries} byName={byName} onChange={set} />
      <IndicatorMenu
        menu={menu}
        byName={byName}
        entries={entries}
        refusalOf={(indicator) => refusalOf(indicator, values, offers)}
        onAdd={add}
      />
    </>
  );
}
