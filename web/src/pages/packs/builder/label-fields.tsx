import type { UseFormReturn } from "react-hook-form";
import { useWatch } from "react-hook-form";
import type { Label } from "#lib/matrix/label.schema.ts";
import { SelectField } from "../../../ui/form/choice-field.tsx";
import { NumberField } from "../../../ui/form/text-field.tsx";
import { labelInWords } from "../../../words/packs.ts";
import styles from "./builder.module.css";
import type { InstrumentsForm } from "./instruments-form.ts";
import { LABELS } from "./labels.ts";

/** What models predict: a question, how far it looks ahead, and where it is entered. */
export function LabelFields({ form }: { readonly form: UseFormReturn<InstrumentsForm> }) {
  const label = useWatch({ control: form.control, name: "label" }) as Label;
  const { control } = form;
  const looksAhead = label.kind === "forward_return" || label.kind === "triple_barrier";
  return (
    <div className={styles.fields}>
      <div className={styles.group}>
        <label className={styles.param}>
          Question
          <select
            className={`${styles.control} ${styles.wide}`}
            value={label.kind}
            onChange={(event) => form.setValue("label", structuredClone(LABELS[event.target.value]!) as never, { shouldDirty: true })}
          >
            {Object.values(LABELS).map((each) => (
              <option key={each.kind} value={each.kind}>
                {labelInWords({ kind: each.kind })}
              </option>
            ))}
          </select>
        </label>
      </div>
      {looksAhead && (
        <NumberField
          control={control}
          name={"label.horizon" as "label"}
          label="Looks ahead"
          unit="bars"
          hint="1 to 252; daily bars are sessions."
          min={1}
          max={252}
          step={1}
        />
      )}
      {label.kind === "triple_barrier" && (
        <>
          <NumberField control={control} name={"label.up" as "label"} label="Upper barrier" unit="sigmas" min={0} max={20} />
          <NumberField control={control} name={"label.down" as "label"} label="Lower barrier" unit="sigmas" min={0} max={20} />
        </>
      )}
      {label.kind !== "close_to_open" && (
        <SelectField
          control={control}
          name={"label.entry" as "label"}
          label="Entered at"
          hint="The deciding close suits series whose opens are copies of closes, such as the sample S&P 500."
          options={[
            { value: "next_open", label: "The next bar's open" },
            { value: "decision_close", label: "The deciding bar's close" },
          ]}
        />
      )}
    </div>
  );
}
