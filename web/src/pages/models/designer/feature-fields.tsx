import { useFormContext } from "react-hook-form";
import { SelectField, SwitchField } from "../../../ui/form/choice-field.tsx";
import { NumberField } from "../../../ui/form/text-field.tsx";
import { WordsField } from "../../../ui/form/words-field.tsx";
import styles from "../models.module.css";
import { at } from "./definition.ts";
import type { DesignDraft } from "./design.ts";

/** Which columns beside the indicators' are features. */
export function FeatureFields({ draft, isOptions }: { readonly draft: DesignDraft; readonly isOptions: boolean }) {
  const { control } = useFormContext<DesignDraft>();
  const { flow, dealer, oi } = draft.features;
  return (
    <>
      <div className={styles.switches}>
        <SwitchField control={control} name={at("features.time.day_of_week")} label="Day of the week" />
        <SwitchField control={control} name={at("momentum.include")} label="Momentum of the last hours" />
        <SwitchField control={control} name={at("volatility.include")} label="Volatility of the last hours" />
        {isOptions && dealer && (
          <>
            <SwitchField control={control} name={at("features.dealer.mm_profit_dir_simple")} label="Direction that profits dealers" />
            <SwitchField control={control} name={at("features.dealer.divergence_score")} label="Divergence of flow and price" />
          </>
        )}
        {isOptions && oi && <SwitchField control={control} name={at("features.oi.include")} label="Open interest" />}
        {isOptions && flow && (
          <>
            <SwitchField control={control} name={at("features.flow.per_distance")} label="Flow by distance from the anchor" />
            <SwitchField control={control} name={at("features.flow.totals")} label="Flow totals" />
            <SwitchField control={control} name={at("features.flow.ratios")} label="Put/call ratios" />
            <SwitchField control={control} name={at("features.flow.atm")} label="Flow at the anchor" />
          </>
        )}
      </div>
      {isOptions && flow && (
        <div className={styles.row}>
          <NumberField
            control={control}
            name={at("features.flow.distance_max")}
            label="Furthest strike"
            min={0}
            max={50}
            step={1}
            hint="Distance from the anchor."
          />
          <SelectField
            control={control}
            name={at("features.flow.flow_side")}
            label="What counts as flow"
            options={[
              { value: "volume", label: "All contracts traded" },
              { value: "inferred", label: "Those that sellers began" },
            ]}
          />
        </div>
      )}
      <div className={styles.row}>
        <WordsField
          control={control}
          name={at("features.custom.include")}
          label="Only these columns"
          optional
          hint="Names or globs such as ret_*, separated by commas; all when empty."
        />
        <WordsField control={control} name={at("features.custom.exclude")} label="Without these columns" optional />
      </div>
    </>
  );
}
