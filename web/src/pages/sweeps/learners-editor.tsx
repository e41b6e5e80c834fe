import { Plus, X } from "lucide-react";
import { type Control, type FieldPath, useFieldArray, useWatch } from "react-hook-form";
import { Button, IconButton } from "../../ui/button.tsx";
import { classes } from "../../ui/classes.ts";
import { LearnerParamFields } from "../../ui/form/learner-param-fields.tsx";
import { TextField } from "../../ui/form/text-field.tsx";
import { Menu } from "../../ui/menu.tsx";
import { ALGORITHMS, algorithmName, learnerParams } from "../../words/learners.ts";
import type { SweepForm } from "./sweep-form.ts";
import styles from "./sweeps.module.css";

/** Learners to compare, each with parameters of its own; several may be of one algorithm. */
export function LearnersEditor({ control }: { readonly control: Control<SweepForm> }) {
  const { fields, append, remove } = useFieldArray({ control, name: "learners" as never });
  const drafts = useWatch({ control, name: "learners" });
  return (
    <section className={styles.axes} aria-label="Learners">
      {fields.map(({ id }, index) => {
        const algo = drafts[index]?.algo ?? "gbm";
        const name = algorithmName(algo);
        return (
          <div key={id} className={classes(styles.axis, styles.block)}>
            <div className={styles.learner}>
              <TextField
                control={control}
                name={`learners.${index}.name` as FieldPath<SweepForm>}
                label={name}
                placeholder={algo}
                hint="Its name in the results"
                optional
              />
              {learnerParams(algo).length > 0 && (
                <details>
                  <summary>Parameters; an empty one stays as the model has it, or is the default of another algorithm</summary>
                  <div className={styles.fields}>
                    <LearnerParamFields control={control} at={`learners.${index}.params`} algo={algo} />
                  </div>
                </details>
              )}
            </div>
            <IconButton label={`Remove ${name}`} icon={X} onClick={() => remove(index)} />
          </div>
        );
      })}
      <div className={styles.add}>
        <Menu
          trigger={<Button icon={Plus}>Add learner</Button>}
          items={ALGORITHMS.map(({ value, label }) => ({ label, onSelect: () => append({ algo: value, params: {} } as never) }))}
        />
        <span className={styles.soft}>
          Each is fitted anew on every test block; the matrix stays. Without one the model's own learner holds.
        </span>
      </div>
    </section>
  );
}
