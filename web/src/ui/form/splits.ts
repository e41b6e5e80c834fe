/** What a form holds of how the history is divided; the names are those of the requests where they have one. */
export interface SplitDraft {
  readonly split_kind: "walk_forward" | "purged_kfold" | "cpcv";
  readonly splits?: number | undefined;
  readonly n_groups?: number | undefined;
  readonly k_test?: number | undefined;
  readonly embargo_bars?: number | undefined;
}

/** Keys without a value are left out. */
const given = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** The request's `splits`: a number of walk-forward blocks, or a kind with its own fields. */
export function splitsOf({ split_kind, splits, n_groups, k_test }: SplitDraft): unknown {
  if (split_kind === "walk_forward") return splits;
  return split_kind === "cpcv" ? given({ kind: split_kind, n_groups, k_test }) : given({ kind: split_kind, splits });
}

/** Fields of the form by the key of `splits` that they stand for. */
const FIELD_OF: Readonly<Record<string, string>> = { kind: "split_kind", n_groups: "n_groups", k_test: "k_test" };

/** The field that stands for a place in `splits`, such as `k_test` for `splits.k_test`. */
export const splitFieldOf = (key: string | undefined): string => (key === undefined ? "splits" : (FIELD_OF[key] ?? "splits"));
