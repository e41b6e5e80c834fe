import { useFormContext } from "react-hook-form";
import { SelectField } from "../../../ui/form/choice-field.tsx";
import { LearnerParamFields } from "../../../ui/form/learner-param-fields.tsx";
import { NumberField, TextField } from "../../../ui/form/text-field.tsx";
import { Choice } from "../../../ui/model/choice.tsx";
import { ALGORITHMS, algorithmName, learnerParams } from "../../../words/learners.ts";
import styles from "../models.module.css";
import { at } from "./definition.ts";
import type { DesignDraft } from "./design.ts";

/** What learns, and how it is calibrated. */
export function LearnerFields({ learner: { algo } }: { readonly learner: DesignDraft["learner"] }) {
  const { control, setValue } = useFormContext<DesignDraft>();
  const choices = ALGORITHMS.some(({ value }) => value === algo)
    ? ALGORITHMS
    : [...ALGORITHMS, { value: algo, label: algorithmName(algo) }];
  return (
    <>
      <div className={styles.row}>
        <Choice
          label="Algorithm"
          value={algo}
          onChange={(next) =>
            // Parameters never carry over from one algorithm to another, and base rates have nothing to calibrate.
            setValue("learner", learnerOf(next) as never, { shouldDirty: true })
          }
        >
          {choices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Choice>
        {algo === "lightgbm" && (
          <TextField
            control={control}
            name={at("learner.model_sha256")}
            label="Imported model"
            hint="The digest that sigma models import printed; it is frozen, fitting returns it."
          />
        )}
        {algo !== "prior" && (
          <SelectField
            control={control}
            name={at("learner.calibration")}
            label="Calibration"
            options={[
              { value: "none", label: "None" },
              { value: "sigmoid", label: "Sigmoid (Platt)" },
              { value: "isotonic", label: "Isotonic" },
            ]}
          />
        )}
        <SelectField
          control={control}
          name={at("learner.sample_weights")}
          label="Rows weigh"
          options={[
            { value: "uniqueness", label: "By how unique their label is" },
            { value: "equal", label: "All the same" },
          ]}
        />
        <NumberField control={control} name={at("learner.seed")} label="Seed" min={0} step={1} />
      </div>
      {learnerParams(algo).length > 0 && (
        <details className={styles.fold}>
          <summary>Parameters; empty ones are the defaults of the cadence</summary>
          <div className={styles.row}>
            <LearnerParamFields control={control} at="learner.params" algo={algo} />
          </div>
        </details>
      )}
    </>
  );
}

const learnerOf = (algo: string) => ({
  algo,
  params: {},
  calibration: algo === "prior" ? "none" : "sigmoid",
  seed: 2025,
  sample_weights: "uniqueness",
});
