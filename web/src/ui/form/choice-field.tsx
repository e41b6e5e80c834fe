import { Switch } from "radix-ui";
import type { FieldValues } from "react-hook-form";
import styles from "./field.module.css";
import { FieldFrame, type FieldProps, useField } from "./field.tsx";

export interface Option {
  readonly value: string;
  readonly label: string;
  /** A few words about it. */
  readonly hint?: string;
  /** Why it cannot be chosen now; such an option stays visible. */
  readonly refusal?: string | undefined;
}

export interface SelectFieldProps<T extends FieldValues> extends FieldProps<T> {
  readonly options: readonly Option[];
  /** Stands first and means no value. */
  readonly none?: string;
}

/** One of a few. For many, or with explanations, `ComboboxField`. */
export function SelectField<T extends FieldValues>({ options, none, ...props }: SelectFieldProps<T>) {
  const { id, field, error, attributes } = useField(props);
  return (
    <FieldFrame {...props} id={id} error={error}>
      <select
        {...attributes}
        ref={field.ref}
        name={field.name}
        className={styles.input}
        value={(field.value ?? "") as string}
        onBlur={field.onBlur}
        onChange={(event) => field.onChange(event.target.value === "" ? undefined : event.target.value)}
      >
        {(none !== undefined || field.value === undefined) && <option value="">{none ?? "Choose"}</option>}
        {options.map(({ value, label, refusal }) => (
          <option key={value} value={value} disabled={refusal !== undefined}>
            {refusal === undefined ? label : `${label} (${refusal})`}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

export interface SwitchFieldProps<T extends FieldValues> extends FieldProps<T> {
  /** What holds while the form says nothing. */
  readonly inForce?: boolean;
}

/** Yes or no. */
export function SwitchField<T extends FieldValues>({ inForce = false, ...props }: SwitchFieldProps<T>) {
  const { id, field, error, attributes } = useField(props);
  return (
    <FieldFrame {...props} id={id} error={error} inline>
      <Switch.Root
        {...attributes}
        ref={field.ref}
        className={styles.switch}
        checked={field.value === undefined ? inForce : field.value === true}
        onCheckedChange={field.onChange}
        onBlur={field.onBlur}
      >
        <Switch.Thumb className={styles.thumb} />
      </Switch.Root>
    </FieldFrame>
  );
}
