import { Plus, X } from "lucide-react";
import { type Control, type FieldPath, useFieldArray, useWatch } from "react-hook-form";
import { Button, IconButton } from "../../ui/button.tsx";
import { classes } from "../../ui/classes.ts";
import { SelectField } from "../../ui/form/choice-field.tsx";
import { MultiSelectField } from "../../ui/form/combobox-field.tsx";
import { NumberField, TextField } from "../../ui/form/text-field.tsx";
import { WordsField } from "../../ui/form/words-field.tsx";
import { type FeatureFacts, newFeatureSet, partsOf } from "./feature-sets.ts";
import type { SweepForm } from "./sweep-form.ts";
import styles from "./sweeps.module.css";

export interface FeatureSetsEditorProps {
  readonly control: Control<SweepForm>;
  readonly facts: FeatureFacts;
}

/** Sets of features to compare: each says what it changes of the model's own. */
export function FeatureSetsEditor({ control, facts }: FeatureSetsEditorProps) {
  const { fields, append, remove } = useFieldArray({ control, name: "feature_sets" as never });
  const drafts = useWatch({ control, name: "feature_sets" });
  const groups = [
    { options: partsOf(facts).map(({ path, name, isOn }) => ({ value: path, label: `${isOn ? "without" : "with"}: ${name}` })) },
  ];
  const hasFlow = partsOf(facts).some(({ path }) => path === "features.flow.totals");
  const at = (index: number, key: string): FieldPath<SweepForm> => `feature_sets.${index}.${key}` as FieldPath<SweepForm>;
  return (
    <section className={styles.axes} aria-label="Feature sets">
      {fields.map(({ id }, index) => (
        <div key={id} className={classes(styles.axis, styles.block)}>
          <div className={styles.fields}>
            <TextField control={control} name={at(index, "name")} label="Feature set" hint="Its name in the results" />
            <MultiSelectField
              control={control}
              name={at(index, "changed")}
              label="Other than the model"
              placeholder="Nothing is switched"
              optional
              groups={groups}
            />
            <WordsField
              control={control}
              name={at(index, "exclude")}
              label="Without these columns"
              placeholder="vix*, rsi_14"
              hint="Names or globs, parted by commas"
              optional
            />
            <WordsField
              control={control}
              name={at(index, "include")}
              label="Only these columns"
              hint="All that are computed when empty"
              optional
            />
            <WordsField
              control={control}
              name={at(index, "momentum_horizons")}
              label="Momentum over"
              placeholder="1, 3"
              hint="Hours; the model's own when empty"
              numbers
              optional
            />
            <WordsField
              control={control}
              name={at(index, "volatility_horizons")}
              label="Volatility over"
              placeholder="3"
              hint="Hours; the model's own when empty"
              numbers
              optional
            />
            {hasFlow && (
              <>
                <NumberField
                  control={control}
                  name={at(index, "distance_max")}
                  label="Furthest strike"
                  hint="Distance from the anchor"
                  min={0}
                  max={50}
                  step={1}
                  optional
                />
                <SelectField
                  control={control}
                  name={at(index, "flow_side")}
                  label="What counts as flow"
                  none="As the model"
                  options={[
                    { value: "volume", label: "All contracts traded" },
                    { value: "inferred", label: "Those that sellers began" },
                  ]}
                />
              </>
            )}
          </div>
          <IconButton label={`Remove the feature set ${drafts[index]?.name ?? index + 1}`} icon={X} onClick={() => remove(index)} />
        </div>
      ))}
      <div className={styles.add}>
        <Button icon={Plus} onClick={() => append(newFeatureSet(drafts.map(({ name }) => name)) as never)}>
          Add feature set
        </Button>
        <span className={styles.soft}>
          Each is another matrix to build, and fits of its own. Without one the model's own features hold.
        </span>
      </div>
    </section>
  );
}
