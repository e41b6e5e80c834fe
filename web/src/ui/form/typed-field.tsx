import { useState } from "react";
import type { FieldValues } from "react-hook-form";
import styles from "./field.module.css";
import { FieldFrame, type FieldProps, useField } from "./field.tsx";

export interface TypedFieldProps<T extends FieldValues> extends FieldProps<T> {
  readonly placeholder?: string | undefined;
  /** What the text stands for; what makes no sense stays a text, so that the schema can say so. */
  readonly read: (text: string) => unknown;
  /** The value as it would be typed. */
  readonly write: (value: unknown) => string;
}

/** One line of text that stands for a value of another kind. While it is typed it stays as it is; then it shows the value that was read. */
export function TypedField<T extends FieldValues>({ placeholder, read, write, ...props }: TypedFieldProps<T>) {
  const { id, field, error, attributes } = useField(props);
  const [typed, setTyped] = useState<string>();
  return (
    <FieldFrame {...props} id={id} error={error}>
      <input
        {...attributes}
        ref={field.ref}
        name={field.name}
        type="text"
        className={styles.input}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        value={typed ?? write(field.value)}
        onChange={(event) => {
          setTyped(event.target.value);
          field.onChange(read(event.target.value));
        }}
        onBlur={() => {
          setTyped(undefined);
          field.onBlur();
        }}
      />
    </FieldFrame>
  );
}
