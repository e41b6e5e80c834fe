import type { FieldValues } from "react-hook-form";
import type { FieldProps } from "./field.tsx";
import { TypedField } from "./typed-field.tsx";

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
export function WordsField<T extends FieldValues>({ numbers = false, ...props }: WordsFieldProps<T>) {
  return (
    <TypedField
      {...props}
      read={(text) => (numbers ? listOf(text).map(numberOf) : listOf(text))}
      write={(value) => ((value ?? []) as readonly (string | number)[]).join(", ")}
    />
  );
}
