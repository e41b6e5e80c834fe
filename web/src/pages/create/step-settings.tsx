import { CALIBRATIONS } from "#lib/learners/learner.schema.ts";
import { SelectField } from "../../ui/form/choice-field.tsx";
import { DateField } from "../../ui/form/date-field.tsx";
import { LearnerParamFields } from "../../ui/form/learner-param-fields.tsx";
import { NumberField } from "../../ui/form/text-field.tsx";
import { Panel } from "../../ui/panel.tsx";
import { algorithmName, learnerParams } from "../../words/learners.ts";
import styles from "./create.module.css";
import { LabelPanel } from "./label-panel.tsx";
import { PlanPanel } from "./plan-panel.tsx";
import { PolicyPanels } from "./policy-panels.tsx";
import { RiskPanel } from "./risk-panel.tsx";
import type { StepProps } from "./step-props.ts";

/** How the model is trained, traded and judged. What is left empty is what template and pack say; each field names that value. */
export function StepSettings(props: StepProps) {
  const { form, values, judged, plan, onPlan } = props;
  const { control } = form;
  const config = judged.verdict?.model?.config;
  const algo = String(values.algo ?? config?.learner.algo ?? "gbm");
  return (
    <>
      <LabelPanel {...props} />
      <Panel title="Training">
        <div className={styles.fields}>
          <SelectField
            control={control}
            name="learner.calibration"
            label="Calibration"
            none={config === undefined ? "As the template says" : `As the template: ${config.learner.calibration}`}
            hint="Turns scores into probabilities, on inner folds only. Isotonic needs 1,000 rows."
            options={CALIBRATIONS.map((value) => ({
              value,
              label: value,
              refusal: values.algo === "prior" && value !== "none" ? "base rates need none" : undefined,
            }))}
          />
          <SelectField
            control={control}
            name="learner.sample_weights"
            label="Weights of rows"
            none={config === undefined ? "As the template says" : `As the template: ${config.learner.sample_weights}`}
            hint="Uniqueness counts overlapping labels for what they are."
            options={[
              { value: "uniqueness", label: "By uniqueness" },
              { value: "equal", label: "Equal" },
            ]}
          />
          <NumberField
            control={control}
            name="learner.seed"
            label="Seed"
            optional
            min={0}
            step={1}
            hint={`The same seed gives the same model.${config === undefined ? "" : ` In force: ${config.learner.seed}.`}`}
          />
          <DateField control={control} name="window.start" label="First session" optional hint="Empty: all there is." />
          <DateField control={control} name="window.end" label="Session after the last" optional hint="Empty: up to the newest bar." />
        </div>
        {learnerParams(algo).length > 0 && (
          <details>
            <summary className={styles.soft}>
              Parameters of {algorithmName(algo).toLowerCase()}; an empty one is as the template says, or the default
            </summary>
            <div className={styles.fields}>
              <LearnerParamFields control={control} at="learner.params" algo={algo} />
            </div>
          </details>
        )}
      </Panel>
      <RiskPanel {...props} />
      <PolicyPanels {...props} />
      <PlanPanel plan={plan} onPlan={onPlan} />
    </>
  );
}
