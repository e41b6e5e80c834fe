import { useState } from "react";
import type { FieldValues } from "react-hook-form";
import styles from "./field.module.css";
import { FieldFrame, type FieldProps, useField } from "./field.tsx";

export interface WordsFieldProps<T extends FieldValues> extends FieldProps<T> {
  readonly placeholder?: string;
  /** The list is one of numbers; what is none stays a text, so that the schema can say so. */
  readonly numbers?: boolean;
}

const listOf = (text: string): readonly string[] =>
  text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");

const numberOf = (word: string): number | string => (Number.isFinite(Number(word)) ? Number(word) : word);

/** Words or numbers of a list, separated by commas. */
export function WordsField<T extends FieldValues>({ placeholder, numbers = false, ...props }: WordsFieldProps<T>) {
  const { id, field, error, attributes } = useField(props);
  const words = (field.value ?? []) as readonly (string | number)[];
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
        value={typed ?? words.join(", ")}
        onChange={(event) => {
          setTyped(event.target.value);
          const list = listOf(event.target.value);
          field.onChange(numbers ? list.map(numberOf) : list);
        }}
        onBlur={() => {
          setTyped(undefined);
          field.onBlur();
        }}
      />
    </FieldFrame>
  );
}
