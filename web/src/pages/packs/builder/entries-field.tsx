import { X } from "lucide-react";
import { useId } from "react";
import type { FieldValues } from "react-hook-form";
import type { IndicatorEntry } from "#lib/packs/indicator-set.schema.ts";
import { IconButton } from "../../../ui/button.tsx";
import { FieldFrame, type FieldProps, useField } from "../../../ui/form/field.tsx";
import { type Indicator, type Parameter, parametersOf, plainText } from "../indicator-rows.ts";
import styles from "./builder.module.css";

export interface EntriesFieldProps<T extends FieldValues> extends FieldProps<T> {
  /** Names that can be added. */
  readonly offered: readonly string[];
  readonly catalogue: ReadonlyMap<string, Indicator>;
  readonly onAdd?: (name: string) => void;
}

type Value = IndicatorEntry[string];

/** Indicators with their parameters: what a set or a strategy computes. A parameter that is left empty has its standard value. */
export function EntriesField<T extends FieldValues>({ offered, catalogue, onAdd, ...props }: EntriesFieldProps<T>) {
  const { id, field, error, attributes } = useField(props);
  const entries = (field.value ?? []) as readonly IndicatorEntry[];
  const change = (place: number, entry: IndicatorEntry): void => field.onChange(entries.with(place, entry));
  const add = (name: string): void => {
    field.onChange([...entries, { name }]);
    onAdd?.(name);
  };
  return (
    <FieldFrame {...props} id={id} error={error}>
      <select
        {...attributes}
        ref={field.ref}
        className={`${styles.control} ${styles.wide}`}
        value=""
        onBlur={field.onBlur}
        onChange={(event) => add(event.target.value)}
      >
        <option value="" disabled>
          Add an indicator
        </option>
        {offered.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <ul className={styles.items}>
        {entries.map((entry, place) => {
          const indicator = catalogue.get(entry.name);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same indicator may stand there twice
            <li key={`${entry.name} ${place}`}>
              <span className={styles.itemName} title={indicator === undefined ? undefined : plainText(indicator.doc)}>
                {entry.name}
              </span>
              <div className={styles.params}>
                {(indicator === undefined ? [] : parametersOf(indicator)).map((parameter) => (
                  <ParameterInput
                    key={parameter.name}
                    parameter={parameter}
                    value={entry[parameter.name]}
                    onChange={(value) => change(place, withParameter(entry, parameter.name, value))}
                  />
                ))}
              </div>
              <IconButton
                label={`Remove ${entry.name}`}
                icon={X}
                small
                onClick={() => field.onChange(entries.filter((_, index) => index !== place))}
              />
            </li>
          );
        })}
      </ul>
    </FieldFrame>
  );
}

function withParameter(entry: IndicatorEntry, name: string, value: Value | undefined): IndicatorEntry {
  const { [name]: _, ...rest } = entry;
  return value === undefined ? (rest as IndicatorEntry) : ({ ...rest, [name]: value } as IndicatorEntry);
}

interface ParameterInputProps {
  readonly parameter: Parameter;
  readonly value: Value | undefined;
  readonly onChange: (value: Value | undefined) => void;
}

/** One parameter; the server checks its bounds, which stand in the title. */
function ParameterInput({ parameter: { name, meaning, standard, allowed, choices, isNumber }, value, onChange }: ParameterInputProps) {
  const id = useId();
  return (
    <div className={styles.param} title={`${plainText(meaning)} (${allowed})`}>
      <label htmlFor={id}>{name}</label>
      {choices.length > 0 ? (
        <select
          id={id}
          className={styles.control}
          value={value === undefined ? "" : String(value)}
          onChange={(event) => onChange(chosen(event.target.value))}
        >
          <option value="">{standard}</option>
          {choices
            .filter((choice) => choice !== standard)
            .map((choice) => (
              <option key={choice} value={choice}>
                {choice}
              </option>
            ))}
        </select>
      ) : (
        <input
          id={id}
          className={styles.control}
          type={isNumber ? "number" : "text"}
          step="any"
          placeholder={standard}
          value={value === undefined || value === null ? "" : String(value)}
          onChange={(event) => onChange(event.target.value === "" ? undefined : isNumber ? event.target.valueAsNumber : event.target.value)}
        />
      )}
    </div>
  );
}

const chosen = (text: string): Value | undefined => (text === "" ? undefined : text === "true" ? true : text === "false" ? false : text);
