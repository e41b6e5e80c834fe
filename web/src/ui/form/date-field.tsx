import { useState } from "react";
import type { FieldValues } from "react-hook-form";
import { DateInput } from "./date-input.tsx";
import { type DateBounds, dateObjection } from "./date-text.ts";
import styles from "./field.module.css";
import { FieldFrame, type FieldProps, useField } from "./field.tsx";

export interface DateFieldProps<T extends FieldValues> extends FieldProps<T>, DateBounds {}

/** A date as `2026-11-20`; emptied it is no value. Half a date, or one out of bounds, is said when the field is left. */
export function DateField<T extends FieldValues>({ min, max, ...props }: DateFieldProps<T>) {
  const [isLeft, setIsLeft] = useState(false);
  const { id, field, error, attributes } = useField(props, (value) =>
    isLeft ? dateObjection(value as string | undefined, { min, max }) : undefined,
  );
  const change = (text: string): void => {
    setIsLeft(false);
    field.onChange(text === "" ? undefined : text);
  };
  return (
    <FieldFrame {...props} id={id} error={error}>
      <DateInput
        {...attributes}
        inputRef={field.ref}
        name={field.name}
        look={styles.input}
        labelledBy={`${id}-label`}
        min={min}
        max={max}
        value={(field.value ?? "") as string}
        onChange={change}
        onPick={change}
        onBlur={() => {
          setIsLeft(true);
          field.onBlur();
        }}
      />
    </FieldFrame>
  );
}
