import styles from "./pick.module.css";

export interface PickProps<V extends string> {
  /** What it filters by, such as "Status". */
  readonly label: string;
  /** What stands for no filter, such as "Any status". */
  readonly any: string;
  readonly value: V | undefined;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onPick: (value: V | undefined) => void;
}

/** Filters a list by one of a few values; no field of a form. */
export function Pick<V extends string>({ label, any, value, options, onPick }: PickProps<V>) {
  return (
    <select
      className={styles.pick}
      aria-label={label}
      data-set={value === undefined ? undefined : ""}
      value={value ?? ""}
      onChange={(event) => onPick(event.target.value === "" ? undefined : (event.target.value as V))}
    >
      <option value="">{any}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
