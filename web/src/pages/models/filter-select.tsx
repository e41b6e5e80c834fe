import styles from "./models.module.css";

export interface FilterSelectProps {
  readonly label: string;
  /** What stands there when nothing is filtered. */
  readonly all: string;
  readonly value: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string | undefined) => void;
}

/** Narrows a list to one value of a column. */
export function FilterSelect({ label, all, value, options, onChange }: FilterSelectProps) {
  return (
    <select
      className={styles.filter}
      aria-label={label}
      value={value ?? ""}
      data-active={value === undefined ? undefined : ""}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
    >
      <option value="">{all}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
