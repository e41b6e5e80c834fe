import { type ReactNode, useId } from "react";
import type { Control, FieldPath, FieldValues } from "react-hook-form";
import { useController } from "react-hook-form";
import styles from "./field.module.css";

/** What every field of a form takes. Messages are those of the schema that checks the form, or the server's own. */
export interface FieldProps<T extends FieldValues> {
  readonly control: Control<T>;
  readonly name: FieldPath<T>;
  readonly label: ReactNode;
  /** What it means and what fits, in a sentence. */
  readonly hint?: ReactNode;
  readonly optional?: boolean;
  readonly disabled?: boolean;
}

export interface FieldFrameProps {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly optional?: boolean;
  readonly error: string | undefined;
  readonly children: ReactNode;
  /** The label stands beside the control, as with a switch. */
  readonly inline?: boolean;
}

/** Label, control, hint and error, tied together for those who do not see them. */
export function FieldFrame({ id, label, hint, optional = false, error, children, inline = false }: FieldFrameProps) {
  const name = (
    <label className={styles.label} id={`${id}-label`} htmlFor={id}>
      {label}
      {optional && <span className={styles.optional}> optional</span>}
    </label>
  );
  return (
    <div className={styles.field}>
      {inline ? (
        <div className={styles.switchRow}>
          {children}
          {name}
        </div>
      ) : (
        <>
          {name}
          {children}
        </>
      )}
      {error !== undefined && (
        <p className={styles.error} id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p className={styles.hint} id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** The first message of an error, also of one that is about a part of the value: `all.0.column: must name a column`. */
export function messageIn(error: object, path = ""): string | undefined {
  const { message } = error as { readonly message?: unknown };
  if (typeof message === "string" && message !== "") {
    return path === "" ? message : `${path}: ${message}`;
  }
  for (const [key, part] of Object.entries(error)) {
    if (key === "ref" || typeof part !== "object" || part === null) continue;
    const found = messageIn(part, path === "" ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Binds a control to the form: its value, what to call on a change, and the attributes that tie it to label, hint and error.
 *
 * @param objection - what the control itself objects to, where the form has nothing to say
 */
export function useField<T extends FieldValues>(
  { control, name, hint, disabled = false }: FieldProps<T>,
  objection: (value: unknown) => string | undefined = () => undefined,
) {
  const id = useId();
  const { field, fieldState } = useController({ control, name });
  const error = fieldState.error === undefined ? objection(field.value) : (messageIn(fieldState.error) ?? "This does not fit.");
  const described = [error === undefined ? "" : `${id}-error`, hint === undefined ? "" : `${id}-hint`].filter(Boolean).join(" ");
  const attributes = {
    id,
    disabled,
    "aria-invalid": error === undefined ? undefined : ("true" as const),
    "aria-describedby": described === "" ? undefined : described,
  };
  return { id, field, error, attributes };
}
