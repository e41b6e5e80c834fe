import { useId } from "react";
import fieldStyles from "../form/field.module.css";
import { FieldFrame } from "../form/field.tsx";

export interface ChoiceProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A sentence that is asked for beside a form. */
export function Choice({ label, hint, value, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <FieldFrame id={id} label={label} hint={hint} error={undefined}>
      <textarea
        id={id}
        aria-describedby={`${id}-hint`}
        className={fieldStyles.input}
        rows={2}
        maxLength={500}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </FieldFrame>
  );
}
