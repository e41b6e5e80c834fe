import type { Control, FieldPath, FieldValues } from "react-hook-form";
import { SelectField } from "./choice-field.tsx";
import type { SplitDraft } from "./splits.ts";
import { NumberField } from "./text-field.tsx";

export interface SplitFieldsProps<T extends FieldValues & SplitDraft> {
  readonly control: Control<T>;
  readonly kind: SplitDraft["split_kind"];
}

/** How the history is divided into training and test. */
export function SplitFields<T extends FieldValues & SplitDraft>({ control, kind }: SplitFieldsProps<T>) {
  const at = (name: keyof SplitDraft): FieldPath<T> => name as FieldPath<T>;
  return (
    <>
      <SelectField
        control={control}
        name={at("split_kind")}
        label="Splits"
        options={[
          { value: "walk_forward", label: "Walk forward" },
          { value: "purged_kfold", label: "Purged k-fold" },
          { value: "cpcv", label: "Combinatorial (CPCV)" },
        ]}
        hint={
          kind === "walk_forward"
            ? "Trains on the past only, as one could have traded it."
            : "Trains on later rows, too: such a result cannot pass the gate."
        }
      />
      {kind === "cpcv" ? (
        <>
          <NumberField control={control} name={at("n_groups")} label="Groups" min={3} max={20} step={1} />
          <NumberField
            control={control}
            name={at("k_test")}
            label="Groups tested at once"
            min={1}
            max={19}
            step={1}
            hint="Each choice of so many groups is a fit: 2 of 6 are 15."
          />
        </>
      ) : (
        <NumberField control={control} name={at("splits")} label="Test blocks" min={2} max={20} step={1} hint="Each is a fit." />
      )}
      <NumberField
        control={control}
        name={at("embargo_bars")}
        label="Embargo"
        unit="bars"
        optional
        min={0}
        step={1}
        hint="Kept out beside each test block; the label's horizon when empty."
      />
    </>
  );
}
