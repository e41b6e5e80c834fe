import { useId } from "react";
import fieldStyles from "../form/field.module.css";
import { FieldFrame } from "../form/field.tsx";

export interface ChoiceProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  /** What the API would object to. */
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

/** A sentence that is asked for beside a form. */
export function Choice({ label, hint, value, error, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error}>
      <textarea
        id={id}
        aria-invalid={error === undefined ? undefined : "true"}
        aria-describedby={error === undefined ? `${id}-hint` : `${id}-error ${id}-hint`}
        className={fieldStyles.input}
        rows={2}
        maxLength={500}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </FieldFrame>
  );
}
