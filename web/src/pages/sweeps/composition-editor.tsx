import type { Control } from "react-hook-form";
import { useAsk } from "../../data/ask.ts";
import { MultiSelectField } from "../../ui/form/combobox-field.tsx";
import { PROFILES, type SweepForm } from "./sweep-form.ts";
import styles from "./sweeps.module.css";

const LEARNERS = [
  { value: "gbm", label: "Gradient-boosted trees", hint: "gbm" },
  { value: "rf", label: "Random forest", hint: "rf" },
  { value: "logit", label: "Logistic regression", hint: "logit: elastic net" },
  { value: "prior", label: "Base rates", hint: "prior: the floor that every model must beat" },
];

/** What the model is put together from: each composition is fitted once and swept under the same grid. */
export function CompositionEditor({ control, packId }: { readonly control: Control<SweepForm>; readonly packId: string }) {
  const sets = useAsk("GET /packs/{pack_id}/indicator_sets", { params: { pack_id: packId }, query: { limit: 200 } });
  const strategies = useAsk("GET /packs/{pack_id}/strategies", { params: { pack_id: packId }, query: { limit: 200 } });
  return (
    <>
      <div className={styles.fields}>
        <MultiSelectField
          control={control}
          name="indicator_sets"
          label="Indicator sets"
          groups={[
            {
              options: (sets.data?.rows ?? []).map(({ name, description }) => ({
                value: name,
                label: name,
                ...(description === undefined ? {} : { hint: description }),
              })),
            },
          ]}
        />
        <MultiSelectField
          control={control}
          name="strategy_variants"
          label="Strategies"
          groups={[
            {
              options: [
                { value: "none", label: "none", hint: "no strategy: the learner's candidates as they are" },
                ...(strategies.data?.rows ?? []).map(({ name, description }) => ({ value: name, label: name, hint: description })),
              ],
            },
          ]}
        />
        <MultiSelectField
          control={control}
          name="risk_profiles"
          label="Risk profiles"
          groups={[{ options: PROFILES.map((value) => ({ value, label: value })) }]}
        />
        <MultiSelectField control={control} name="algos" label="Learners" groups={[{ options: LEARNERS }]} />
      </div>
      <p className={styles.soft}>
        Every combination is a composition: other indicators need a matrix of their own, other learners a fit of their own. At most 20.
      </p>
    </>
  );
}
