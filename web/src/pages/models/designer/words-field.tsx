import { useState } from "react";
import type { FieldValues } from "react-hook-form";
import styles from "../../../ui/form/field.module.css";
import { FieldFrame, type FieldProps, useField } from "../../../ui/form/field.tsx";

/** Words of a list, separated by commas. */
export function WordsField<T extends FieldValues>(props: FieldProps<T>) {
  const { id, field, error, attributes } = useField(props);
  const words = (field.value ?? []) as readonly string[];
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
        value={typed ?? words.join(", ")}
        onChange={(event) => {
          setTyped(event.target.value);
          field.onChange(
            event.target.value
              .split(",")
              .map((word) => word.trim())
              .filter((word) => word !== ""),
          );
        }}
        onBlur={() => {
          setTyped(undefined);
          field.onBlur();
        }}
      />
    </FieldFrame>
  );
}
