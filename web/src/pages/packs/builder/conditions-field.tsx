import { Plus, X } from "lucide-react";
import { useId, useState } from "react";
import type { FieldValues } from "react-hook-form";
import { type Condition, ConditionSchema } from "#lib/packs/condition.schema.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { FieldFrame, type FieldProps, useField } from "../../../ui/form/field.tsx";
import styles from "./builder.module.css";

export interface ConditionsFieldProps<T extends FieldValues> extends FieldProps<T> {
  /** Columns that rules can read, with their units. */
  readonly columns: readonly { readonly name: string; readonly unit: string | null }[];
}

type Rule = { readonly all: readonly Condition[] } | { readonly any: readonly Condition[] };

/** A rule over columns: all of its conditions, or any of them. */
export function ConditionsField<T extends FieldValues>({ columns, ...props }: ConditionsFieldProps<T>) {
  const { id, field, error, attributes } = useField(props);
  const listId = useId();
  const rule = field.value as Rule;
  const kind = "all" in rule ? "all" : "any";
  const conditions = "all" in rule ? rule.all : rule.any;
  const write = (next: readonly Condition[], how: string = kind): void => field.onChange(how === "all" ? { all: next } : { any: next });
  const change = (place: number, part: Partial<Condition>): void => write(conditions.with(place, { ...conditions[place]!, ...part }));
  return (
    <FieldFrame {...props} id={id} error={error}>
      <select
        {...attributes}
        ref={field.ref}
        className={`${styles.control} ${styles.wide}`}
        value={kind}
        onBlur={field.onBlur}
        onChange={(event) => write(conditions, event.target.value)}
      >
        <option value="all">Only while all of these hold</option>
        <option value="any">While any of these holds</option>
      </select>
      <datalist id={listId}>
        {columns.map(({ name, unit }) => (
          <option key={name} value={name}>
            {unit ?? ""}
          </option>
        ))}
      </datalist>
      <div className={styles.conditions}>
        {conditions.map(({ column, op, value }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is known by its place
          <div key={place} className={styles.condition}>
            <input
              className={`${styles.control} ${styles.wide}`}
              aria-label={`Column of condition ${place + 1}`}
              list={listId}
              value={column}
              onChange={(event) => change(place, { column: event.target.value })}
            />
            <select
              className={`${styles.control} ${styles.wide}`}
              aria-label={`Comparison of condition ${place + 1}`}
              value={op}
              onChange={(event) => change(place, { op: event.target.value as Condition["op"] })}
            >
              {ConditionSchema.shape.op.options.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
            <ValueInput
              label={`Value of condition ${place + 1}: a number or a column`}
              listId={listId}
              value={value}
              onChange={(next) => change(place, { value: next })}
            />
            <IconButton
              label={`Remove condition ${place + 1}`}
              icon={X}
              small
              disabled={conditions.length === 1}
              onClick={() => write(conditions.filter((_, index) => index !== place))}
            />
          </div>
        ))}
      </div>
      <div>
        <Button small icon={Plus} onClick={() => write([...conditions, { column: columns[0]?.name ?? "close", op: ">", value: 0 }])}>
          Condition
        </Button>
      </div>
    </FieldFrame>
  );
}

interface ValueInputProps {
  readonly label: string;
  readonly listId: string;
  readonly value: number | string;
  readonly onChange: (value: number | string) => void;
}

/** A number or a column. What is typed stays as it is typed ("2.50"), what it means goes on. */
function ValueInput({ label, listId, value, onChange }: ValueInputProps) {
  const [text, setText] = useState(String(value));
  const change = (next: string): void => {
    setText(next);
    onChange(numberOrColumn(next));
  };
  // Another condition may have taken this place.
  const shown = numberOrColumn(text) === value ? text : String(value);
  return (
    <input
      className={`${styles.control} ${styles.wide}`}
      aria-label={label}
      list={listId}
      value={shown}
      onChange={(event) => change(event.target.value)}
    />
  );
}

function numberOrColumn(text: string): number | string {
  const number = Number(text);
  return text.trim() === "" || !Number.isFinite(number) ? text : number;
}
