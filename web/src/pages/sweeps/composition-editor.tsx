import type { Control } from "react-hook-form";
import { useAsk } from "../../data/ask.ts";
import { MultiSelectField } from "../../ui/form/combobox-field.tsx";
import type { FeatureFacts } from "./feature-sets.ts";
import { FeatureSetsEditor } from "./feature-sets-editor.tsx";
import { LearnersEditor } from "./learners-editor.tsx";
import { PROFILES, type SweepForm } from "./sweep-form.ts";
import styles from "./sweeps.module.css";

export interface CompositionEditorProps {
  readonly control: Control<SweepForm>;
  readonly packId: string;
  readonly features: FeatureFacts;
}

/** What the model is put together from: each composition is fitted once and swept under the same grid. */
export function CompositionEditor({ control, packId, features }: CompositionEditorProps) {
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
      </div>
      <LearnersEditor control={control} />
      <FeatureSetsEditor control={control} facts={features} />
      <p className={styles.soft}>
        Every combination is a composition: other indicators or features need a matrix of their own, other learners fits of their own. At
        most 20.
      </p>
    </>
  );
}
