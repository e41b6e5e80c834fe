import { useState } from "react";
import type { FieldValues } from "react-hook-form";
import styles from "./field.module.css";
import { FieldFrame, type FieldProps, useField } from "./field.tsx";
import { type Pairs, readPairs, writePairs } from "./pairs.ts";

export interface PairsFieldProps<T extends FieldValues> extends FieldProps<T> {
  readonly placeholder?: string;
}

/** Numbers by name, such as `-1: 2, 1: 1`, or one word for all. */
export function PairsField<T extends FieldValues>({ placeholder, ...props }: PairsFieldProps<T>) {
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
        value={typed ?? writePairs(field.value as Pairs | undefined)}
        onChange={(event) => {
          setTyped(event.target.value);
          field.onChange(readPairs(event.target.value));
        }}
        onBlur={() => {
          setTyped(undefined);
          field.onBlur();
        }}
      />
    </FieldFrame>
  );
}
