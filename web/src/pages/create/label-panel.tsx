import type { Label } from "#lib/matrix/label.schema.ts";
import { LabelFields } from "../../ui/model/label-fields.tsx";
import { Panel } from "../../ui/panel.tsx";
import { labelInWords } from "../../words/label.ts";
import styles from "./create.module.css";
import type { StepProps } from "./step-props.ts";

/** What is forecast, and at which price trades begin. */
export function LabelPanel({ form, values, judged: { verdict } }: StepProps) {
  const inForce = verdict?.model?.config.label as Label | undefined;
  const own = values.label as Label | undefined;
  const label = own ?? inForce;
  return (
    <Panel title="Label" note="what is forecast; the policy's entry follows">
      <p className={styles.soft}>{label === undefined ? "The pack's label." : labelInWords(label)}</p>
      {own === undefined ? (
        <p className={styles.note}>
          It is the pack's.{" "}
          {inForce !== undefined && (
            <button
              type="button"
              className={styles.link}
              onClick={() => form.setValue("label", structuredClone(inForce), { shouldDirty: true })}
            >
              Change it
            </button>
          )}
        </p>
      ) : (
        <LabelFields form={form} label={own} cadence={values.cadence} />
      )}
    </Panel>
  );
}
