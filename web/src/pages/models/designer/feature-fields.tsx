import { useFormContext } from "react-hook-form";
import { SelectField, SwitchField } from "../../../ui/form/choice-field.tsx";
import { NumberField } from "../../../ui/form/text-field.tsx";
import { WordsField } from "../../../ui/form/words-field.tsx";
import { FEATURE_PARTS } from "../../../words/features.ts";
import styles from "../models.module.css";
import { at } from "./definition.ts";
import type { DesignDraft } from "./design.ts";

/** Which columns beside the indicators' are features. */
export function FeatureFields({ draft, isOptions }: { readonly draft: DesignDraft; readonly isOptions: boolean }) {
  const { control } = useFormContext<DesignDraft>();
  const { setValue } = useFormContext<DesignDraft>();
  const { flow, dealer } = draft.features;
  const parts = FEATURE_PARTS.filter(({ path, options }) => {
    if (path.startsWith("features.flow.")) return isOptions && flow != null;
    if (path.startsWith("features.dealer.")) return isOptions && dealer != null;
    return isOptions || !options;
  });
  const family = (name: "flow" | "dealer", is: boolean): void =>
    setValue(at(`features.${name}`), (is ? USUAL[name] : null) as never, { shouldDirty: true });
  return (
    <>
      <div className={styles.switches}>
        {isOptions &&
          (["flow", "dealer"] as const).map((name) => (
            <label key={name} className={styles.family}>
              <input type="checkbox" checked={draft.features[name] != null} onChange={(event) => family(name, event.target.checked)} />
              {name === "flow" ? "Option flow of the day" : "Dealers' side"}
            </label>
          ))}
        {parts.map(({ path, name }) => (
          <SwitchField key={path} control={control} name={at(path)} label={name} />
        ))}
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
        {draft.momentum.include && (
          <WordsField
            control={control}
            name={at("momentum.hourly_horizons")}
            label="Momentum over"
            numbers
            hint="Hours, separated by commas."
          />
        )}
        {draft.volatility.include && (
          <WordsField
            control={control}
            name={at("volatility.hourly_horizons")}
            label="Volatility over"
            numbers
            hint="Hours, separated by commas."
          />
        )}
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

/** What a family begins with when it is switched on. */
const USUAL = {
  flow: { flow_side: "volume", signed: false, per_distance: true, totals: true, ratios: true, atm: false, distance_max: 7 },
  dealer: { mm_profit_dir_simple: true, divergence_score: true },
} as const;
