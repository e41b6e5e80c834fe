import { type UseFormReturn, useWatch } from "react-hook-form";
import { Button } from "../../../ui/button.tsx";
import { Chip } from "../../../ui/chip.tsx";
import { SelectField } from "../../../ui/form/choice-field.tsx";
import { TextField } from "../../../ui/form/text-field.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { conditionInWords, titled } from "../../../words/packs.ts";
import type { Indicator } from "../indicator-rows.ts";
import styles from "./builder.module.css";
import { ConditionsField } from "./conditions-field.tsx";
import { EntriesField } from "./entries-field.tsx";
import type { StrategiesForm } from "./strategies-form.ts";

const SIDE_NAMES: Readonly<Record<string, string>> = { long: "Long only", short: "Short only", both: "Long and short" };

export interface StrategyFieldsProps {
  readonly form: UseFormReturn<StrategiesForm>;
  readonly place: number;
  /** Others are shown in one line. */
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  readonly isOnly: boolean;
  readonly onRemove: () => void;
  readonly onDefault: () => void;
  readonly columns: readonly { readonly name: string; readonly unit: string | null }[];
  readonly offered: readonly string[];
  readonly catalogue: ReadonlyMap<string, Indicator>;
  readonly sides: readonly string[];
  readonly approaches: readonly string[];
  /** Approaches that fit the vibe. */
  readonly fitting: readonly string[];
}

/** One strategy of the pack. */
export function StrategyFields(props: StrategyFieldsProps) {
  const { form, place, isOpen, onOpen, isOnly, onRemove, onDefault, columns, offered, catalogue, sides, approaches, fitting } = props;
  const { control } = form;
  const strategy = useWatch({ control, name: `strategies.${place}` });
  if (strategy === undefined) return null;
  const rule =
    "all" in strategy.entry
      ? strategy.entry.all.map(conditionInWords).join(" and ")
      : strategy.entry.any.map(conditionInWords).join(" or ");
  // Columns of the strategy's own indicators, at the parameters that the catalogue shows.
  const own = strategy.indicators.flatMap(({ name }) => catalogue.get(name)?.columns ?? []).map(({ name, unit }) => ({ name, unit }));
  const known = new Set(columns.map(({ name }) => name));
  return (
    <Panel
      title={titled(strategy.name || `Strategy ${place + 1}`)}
      note={isOpen ? "A rule never proposes a trade: it drops what the learner proposes in other conditions." : rule}
      actions={
        <>
          {strategy.default ? (
            <Chip tone="accent">Default</Chip>
          ) : (
            <Button small onClick={onDefault}>
              Make it the default
            </Button>
          )}
          {!isOpen && (
            <Button small onClick={onOpen}>
              Change
            </Button>
          )}
          {!isOnly && (
            <Button small kind="danger" onClick={onRemove}>
              Remove
            </Button>
          )}
        </>
      }
    >
      {isOpen && (
        <>
          <div className={styles.fields}>
            <TextField
              control={control}
              name={`strategies.${place}.name`}
              label="Name"
              hint="Small letters, digits and _."
              transform={(text) => text.toLowerCase().replaceAll(/[\s-]+/g, "_")}
            />
            <SelectField
              control={control}
              name={`strategies.${place}.tags.approach`}
              label="Approach"
              options={approaches.map((value) => ({
                value,
                label: fitting.includes(value) ? titled(value) : `${titled(value)} (unusual for this vibe)`,
              }))}
            />
            <SelectField
              control={control}
              name={`strategies.${place}.side`}
              label="Side"
              hint="What the tags' direction allows."
              options={sides.map((value) => ({ value, label: SIDE_NAMES[value] ?? titled(value) }))}
            />
            <SelectField
              control={control}
              name={`strategies.${place}.exit.kind`}
              label="Leaves"
              options={[
                { value: "label_end", label: "When the label ends" },
                { value: "brackets", label: "Also at the policy's stop and target" },
              ]}
            />
          </div>
          <TextField
            control={control}
            name={`strategies.${place}.description`}
            label="Description"
            lines={2}
            hint="20 to 500 characters."
          />
          <ConditionsField
            control={control}
            name={`strategies.${place}.entry`}
            label="Trades"
            hint="A column against a number or another column. A condition does not hold where a value is unknown."
            columns={[...own.filter(({ name }) => !known.has(name)), ...columns]}
          />
          <EntriesField
            control={control}
            name={`strategies.${place}.indicators`}
            label="Indicators that it reads"
            hint="The rule may read columns of these, and bar fields such as close. They are computed beside the model's set, whatever it is."
            offered={offered}
            catalogue={catalogue}
          />
        </>
      )}
    </Panel>
  );
}
