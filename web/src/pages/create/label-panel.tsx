import { SelectField } from "../../ui/form/choice-field.tsx";
import { NumberField } from "../../ui/form/text-field.tsx";
import { Panel } from "../../ui/panel.tsx";
import styles from "./create.module.css";
import type { Tree } from "./policy-value.ts";
import type { StepProps } from "./step-props.ts";

const LABEL_WORDS: Readonly<Record<string, string>> = {
  next_bar_direction: "Which way the next bar goes.",
  forward_return: "Which way the price goes over the span below.",
  close_to_open: "Which way the price goes from the close to the next open.",
  headfake_reversal: "Whether the morning's move is taken back by the close.",
  pin_drift: "Whether the price drifts to a strike by the close.",
  triple_barrier: "Which of target, stop and time limit is reached first.",
};

/** What is forecast, and at which price trades begin. */
export function LabelPanel({ form, values, judged: { verdict } }: StepProps) {
  const label = values.label ?? verdict?.model?.config.label;
  const kind = label === undefined ? undefined : String((label as Tree)["kind"]);
  const own = values.label;
  return (
    <Panel title="Label" note="what is forecast">
      <p className={styles.soft}>{kind === undefined ? "The pack's label." : (LABEL_WORDS[kind] ?? kind)}</p>
      {own === undefined ? (
        <p className={styles.note}>
          It is the pack's.{" "}
          {label !== undefined && (
            <button type="button" className={styles.link} onClick={() => form.setValue("label", { ...label }, { shouldDirty: true })}>
              Change it
            </button>
          )}
        </p>
      ) : (
        <div className={styles.fields}>
          {kind === "forward_return" && (
            <NumberField
              control={form.control}
              name="label.horizon"
              label="Span"
              unit={own["unit"] === "sessions" ? "sessions" : "bars"}
              min={1}
              step={1}
              hint="Longer spans make fewer independent bets."
            />
          )}
          {(kind === "forward_return" || kind === "next_bar_direction") && (
            <SelectField
              control={form.control}
              name="label.entry"
              label="Entered at"
              hint="The policy's entry follows."
              options={[
                { value: "next_open", label: "The next bar's open" },
                { value: "decision_close", label: "The deciding close" },
              ]}
            />
          )}
          {isBanded(own) && (
            <NumberField
              control={form.control}
              name="label.band.k"
              label="Flat band"
              unit="× trailing volatility"
              min={0}
              max={10}
              hint="Smaller moves count as flat."
            />
          )}
        </div>
      )}
    </Panel>
  );
}

const isBanded = (label: Tree): boolean => (label["band"] as Tree | undefined)?.["kind"] === "trailing_sigma";
