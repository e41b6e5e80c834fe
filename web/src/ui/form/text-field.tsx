import type { FieldValues } from "react-hook-form";
import { classes } from "../classes.ts";
import styles from "./field.module.css";
import { FieldFrame, type FieldProps, useField } from "./field.tsx";

export interface TextFieldProps<T extends FieldValues> extends FieldProps<T> {
  readonly placeholder?: string;
  /** More than one line. */
  readonly lines?: number;
  /** What is typed is written like this, as tickers are in capitals. */
  readonly transform?: (text: string) => string;
}

/** A text; emptied it is no value at all. */
export function TextField<T extends FieldValues>({ placeholder, lines, transform = (text) => text, ...props }: TextFieldProps<T>) {
  const { id, field, error, attributes } = useField(props);
  const shared = {
    ...attributes,
    ref: field.ref,
    name: field.name,
    className: styles.input,
    placeholder,
    autoComplete: "off",
    spellCheck: lines !== undefined,
    value: (field.value ?? "") as string,
    onBlur: field.onBlur,
    onChange: (event: { target: { value: string } }) =>
      field.onChange(event.target.value === "" ? undefined : transform(event.target.value)),
  };
  return (
    <FieldFrame {...props} id={id} error={error}>
      {lines === undefined ? <input type="text" {...shared} /> : <textarea rows={lines} {...shared} />}
    </FieldFrame>
  );
}

export interface NumberFieldProps<T extends FieldValues> extends FieldProps<T> {
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | "any";
}

/** A number with its unit; emptied it is no value, never 0. */
export function NumberField<T extends FieldValues>({ unit, min, max, step = "any", ...props }: NumberFieldProps<T>) {
  const { id, field, error, attributes } = useField(props);
  return (
    <FieldFrame {...props} id={id} error={error}>
      <div className={styles.withUnit}>
        <input
          {...attributes}
          ref={field.ref}
          name={field.name}
          type="number"
          inputMode="decimal"
          className={classes(styles.input, styles.number)}
          min={min}
          max={max}
          step={step}
          value={(field.value ?? "") as number | ""}
          onBlur={field.onBlur}
          onChange={(event) => field.onChange(event.target.value === "" ? undefined : event.target.valueAsNumber)}
        />
        {unit !== undefined && <span className={styles.unit}>{unit}</span>}
      </div>
    </FieldFrame>
  );
}
