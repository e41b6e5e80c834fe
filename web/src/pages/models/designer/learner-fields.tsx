import { useFormContext } from "react-hook-form";
import { SelectField } from "../../../ui/form/choice-field.tsx";
import { NumberField } from "../../../ui/form/text-field.tsx";
import styles from "../models.module.css";
import { Choice } from "./choice.tsx";
import { at } from "./definition.ts";
import type { DesignDraft } from "./design.ts";

const ALGORITHMS = [
  { value: "gbm", label: "Gradient-boosted trees" },
  { value: "rf", label: "Random forest" },
  { value: "cart", label: "One tree" },
  { value: "logit", label: "Linear (elastic net)" },
  { value: "prior", label: "Base rates only (the floor)" },
];

type Param = readonly [name: string, label: string, step: number | "any"];

/** The parameters that matter most; an empty one is the default of the cadence. */
const PARAMS: Readonly<Record<string, readonly Param[]>> = {
  gbm: [
    ["trees", "Trees", 1],
    ["max_depth", "Depth", 1],
    ["learning_rate", "Learning rate", "any"],
    ["min_child_rows", "Rows in a leaf", 1],
    ["subsample", "Rows per tree", "any"],
    ["colsample", "Columns per tree", "any"],
    ["l2", "L2", "any"],
    ["early_stopping_rounds", "Early stopping", 1],
  ],
  rf: [
    ["trees", "Trees", 1],
    ["max_depth", "Depth", 1],
    ["min_child_rows", "Rows in a leaf", 1],
    ["mtry", "Features per split", 1],
  ],
  cart: [
    ["max_depth", "Depth", 1],
    ["min_rows", "Rows to split", 1],
    ["min_gain", "Least gain", "any"],
  ],
  logit: [
    ["lambda", "Penalty", "any"],
    ["l1_ratio", "Share of lasso", "any"],
  ],
};

/** What learns, and how it is calibrated. */
export function LearnerFields({ algo }: { readonly algo: string }) {
  const { control, setValue } = useFormContext<DesignDraft>();
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
          {(ALGORITHMS.some(({ value }) => value === algo) ? ALGORITHMS : [...ALGORITHMS, { value: algo, label: "Imported model" }]).map(
            ({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ),
          )}
        </Choice>
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
      {PARAMS[algo] !== undefined && (
        <details className={styles.fold}>
          <summary>Parameters; empty ones are the defaults of the cadence</summary>
          <div className={styles.row}>
            {PARAMS[algo].map(([name, label, step]) => (
              <NumberField key={name} control={control} name={at(`learner.params.${name}`)} label={label} step={step} optional />
            ))}
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
