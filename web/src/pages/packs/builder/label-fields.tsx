import type { UseFormReturn } from "react-hook-form";
import { useWatch } from "react-hook-form";
import type { Label } from "#lib/matrix/label.schema.ts";
import { SelectField } from "../../../ui/form/choice-field.tsx";
import { NumberField } from "../../../ui/form/text-field.tsx";
import { labelInWords } from "../../../words/packs.ts";
import styles from "./builder.module.css";
import type { InstrumentsForm } from "./instruments-form.ts";

/** Labels that a new pack can begin with; what else a label can be is written in its documents. */
const KINDS: Readonly<Record<string, Label>> = {
  forward_return: { kind: "forward_return", entry: "next_open", horizon: 5, unit: "bars", band: { kind: "none" }, task: "classify" },
  next_bar_direction: { kind: "next_bar_direction", entry: "next_open", band: { kind: "none" } },
  close_to_open: { kind: "close_to_open", entry: "decision_close", decision_time: "15:45", band: { kind: "none" } },
  triple_barrier: {
    kind: "triple_barrier",
    entry: "next_open",
    horizon: 10,
    up: 2,
    down: 2,
    sigma: { kind: "trailing", window: 100 },
    touch: "close",
    vertical: "sign",
  },
  headfake_reversal: {
    kind: "headfake_reversal",
    entry: "next_open",
    window_end: "10:30",
    move_atr: 0.25,
    reverse_atr: 0.25,
    atr_window: 14,
  },
  pin_drift: { kind: "pin_drift", entry: "next_open", drift_start: "14:00", peak: "oi", drift_atr: 0.1, atr_window: 14 },
};

/** A label to begin with, for decisions over a time horizon. */
export function startLabel(timeHorizon: string): Label {
  const horizon = ({ days: 5, weeks: 10, months: 63 } as Readonly<Record<string, number>>)[timeHorizon];
  if (horizon === undefined) return KINDS["next_bar_direction"]!;
  return { ...KINDS["forward_return"]!, horizon } as Label;
}

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
            onChange={(event) => form.setValue("label", structuredClone(KINDS[event.target.value]!) as never, { shouldDirty: true })}
          >
            {Object.values(KINDS).map((each) => (
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
