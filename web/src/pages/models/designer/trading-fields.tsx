import { useFormContext } from "react-hook-form";
import type { RowOf } from "../../../data/ask.ts";
import { SelectField } from "../../../ui/form/choice-field.tsx";
import { MultiSelectField } from "../../../ui/form/combobox-field.tsx";
import { DateField } from "../../../ui/form/date-field.tsx";
import { NumberField } from "../../../ui/form/text-field.tsx";
import { WordsField } from "../../../ui/form/words-field.tsx";
import { isOptionsLimit, LIMIT_KEYS, LIMITED, limitChecks, limitName } from "../../../words/gate.ts";
import { stepInWords } from "../../../words/runs.ts";
import type { ModelDetail } from "../model-query.ts";
import styles from "../models.module.css";
import { at } from "./definition.ts";
import type { DesignDraft } from "./design.ts";

const HOURS = [9, 10, 11, 12, 13, 14, 15].map((hour) => ({ value: String(hour), label: `${String(hour).padStart(2, "0")}:00` }));

export interface TradingFieldsProps {
  readonly detail: ModelDetail;
  readonly draft: DesignDraft;
  readonly strategies: readonly string[];
  readonly profiles: readonly RowOf<"GET /packs/{pack_id}/risk_profiles">[];
}

type Limits = Parameters<typeof limitChecks>[2];

/** Which trades are let through, and what a result must show. */
export function TradingFields({ detail, draft, strategies, profiles }: TradingFieldsProps) {
  const { control } = useFormContext<DesignDraft>();
  const profile = profiles.find(({ name }) => name === draft.risk_profile);
  const limits = (profile?.limits ?? detail.limits) as Limits;
  const checks = limitChecks({}, {}, limits);
  const unlimited = LIMIT_KEYS.filter(
    (key) => !checks.some((check) => check.key === key) && (detail.config.instrument === "options" || !isOptionsLimit(key)),
  );
  return (
    <>
      <div className={styles.row}>
        <SelectField
          control={control}
          name={at("strategy")}
          label="Strategy"
          none="None: every candidate trade"
          options={strategies.map((value) => ({ value, label: stepInWords(value) }))}
          hint="Its entry rules filter trades, in backtest and live alike."
        />
        <SelectField
          control={control}
          name={at("risk_profile")}
          label="Risk profile"
          options={
            profiles.length === 0
              ? [{ value: draft.risk_profile, label: stepInWords(draft.risk_profile) }]
              : profiles.map(({ name }) => ({ value: name, label: stepInWords(name) }))
          }
          hint="Sets the gate's limits and the sizing; never changes the matrix."
        />
      </div>
      <div className={styles.row}>
        <DateField control={control} name={at("start")} label="First session" optional />
        <DateField control={control} name={at("end")} label="Up to, not including" optional />
      </div>
      {detail.config.cadence !== "daily" && (
        <div className={styles.row}>
          <MultiSelectField
            control={control}
            name={at("allowed_hours")}
            label="Hours of entry"
            hint="New York; all when empty."
            groups={[{ options: HOURS }]}
            placeholder="All hours"
            optional
          />
          <MultiSelectField
            control={control}
            name={at("train_hours")}
            label="Hours trained on"
            hint="All when empty; changes the matrix."
            groups={[{ options: HOURS }]}
            placeholder="All hours"
            optional
          />
        </div>
      )}
      <h3>Limits of the gate, empty = as the pack</h3>
      <div className={styles.row}>
        {checks.map(({ key, name, asked }) => (
          <NumberField key={key} control={control} name={at(`gates.${key}`)} label={name} hint={`pack: ${asked}${unitOf(key)}`} />
        ))}
      </div>
      <details className={styles.fold}>
        <summary>Limits that the pack does not set</summary>
        <div className={styles.row}>
          {unlimited.map((key) => (
            <NumberField
              key={key}
              control={control}
              name={at(`gates.${key}`)}
              label={limitName(key)}
              hint={LIMITED[key].bound === "min" ? "at least" : "at most"}
              optional
            />
          ))}
          {detail.config.cadence !== "daily" && (
            <WordsField
              control={control}
              name={at("gates.allowed_hours")}
              label="Hours of entry"
              numbers
              optional
              hint="New York; a trade outside fails the gate."
            />
          )}
        </div>
      </details>
    </>
  );
}

/** A limit is typed as the pack writes it: shares as fractions, drawdowns in percent. */
const unitOf = (key: string): string => (key === "max_p_oos_loss" || key === "fill_rate_min" ? ", typed as a fraction" : "");
