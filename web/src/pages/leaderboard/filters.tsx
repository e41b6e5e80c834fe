import { useId, useState } from "react";
import { useAsk } from "../../data/ask.ts";
import { symbolIn, textIn } from "../../data/search.ts";
import { Button } from "../../ui/button.tsx";
import { classes } from "../../ui/classes.ts";
import { DateInput } from "../../ui/form/date-input.tsx";
import { dateObjection } from "../../ui/form/date-text.ts";
import { formatDate } from "../../words/format.ts";
import { VERDICTS } from "../../words/gate.ts";
import styles from "./leaderboard.module.css";
import { isFiltered, type LeaderboardSearch } from "./leaderboard-search.ts";

export interface FiltersProps {
  readonly search: LeaderboardSearch;
  /** Keys without a value are taken out of the address. */
  readonly onChange: (change: { readonly [K in keyof LeaderboardSearch]?: LeaderboardSearch[K] | undefined }) => void;
}

const STATUSES = ["PASS", "MARGINAL", "MARGINAL_SIG", "FAIL"] as const;
const PROFILES = ["conservative", "balanced", "aggressive"] as const;

/** Which results are shown; all of it stands in the address. */
export function Filters({ search, onChange }: FiltersProps) {
  const packs = useAsk("GET /packs", { query: { limit: 200 } });
  const models = useAsk("GET /models", { query: { limit: 200, ...(search.pack === undefined ? {} : { pack_id: search.pack }) } });
  const sweeps = useAsk("GET /sweeps", {
    query: {
      limit: 200,
      ...(search.pack === undefined ? {} : { pack_id: search.pack }),
      ...(search.model === undefined ? {} : { model_id: search.model }),
    },
  });
  const packIds = packs.data?.rows.map((pack) => pack.pack_id) ?? [];
  const modelIds = [...new Set(models.data?.rows.map((model) => model.model_id) ?? [])];
  return (
    <search className={styles.filters}>
      <Choice
        label="Pack"
        value={search.pack}
        options={packIds.map((id) => [id, id])}
        onChange={(pack) => onChange({ pack, model: undefined, sweep: undefined })}
      />
      <Choice
        label="Model"
        value={search.model}
        options={modelIds.map((id) => [id, id])}
        onChange={(model) => onChange({ model, sweep: undefined })}
      />
      <Choice
        label="Sweep"
        wide
        value={search.sweep}
        options={(sweeps.data?.rows ?? []).map(({ sweep_id, model_id, created_at, variants }) => [
          sweep_id,
          `${formatDate(created_at)}, ${variants} variants of ${model_id}`,
        ])}
        onChange={(sweep) => onChange({ sweep })}
      />
      <Choice
        label="Gate"
        value={search.gate}
        options={STATUSES.map((status) => [status, VERDICTS[status].name])}
        onChange={(gate) => onChange({ gate: STATUSES.find((status) => status === gate) })}
      />
      <Choice
        label="Risk profile"
        value={search.profile}
        options={PROFILES.map((profile) => [profile, profile])}
        onChange={(profile) => onChange({ profile: PROFILES.find((each) => each === profile) })}
      />
      <Text
        label="Symbol"
        value={search.symbol}
        placeholder="SPY"
        read={(text) => symbolIn({ symbol: text.trim() }, "symbol")}
        onChange={(symbol) => onChange({ symbol })}
      />
      <Text
        label="Tag"
        value={search.tag}
        placeholder="sweep"
        read={(text) => textIn({ tag: text.trim() }, "tag", 64)}
        onChange={(tag) => onChange({ tag })}
      />
      <Choice
        label="Data"
        value={search.simulated === undefined ? undefined : String(search.simulated)}
        options={[
          ["false", "real only"],
          ["true", "simulated only"],
        ]}
        onChange={(simulated) => onChange({ simulated: simulated === undefined ? undefined : simulated === "true" })}
      />
      <DateFilter label="Judged from" value={search.from} onChange={(from) => onChange({ from })} />
      <DateFilter label="Judged up to" value={search.to} onChange={(to) => onChange({ to })} />
      <div className={styles.checks}>
        <label>
          <input
            type="checkbox"
            checked={search.gate === "PASS"}
            onChange={(event) => onChange({ gate: event.target.checked ? "PASS" : undefined })}
          />
          Pass only
        </label>
        <label>
          <input
            type="checkbox"
            checked={search.by === "model"}
            onChange={(event) => onChange({ by: event.target.checked ? "model" : undefined })}
          />
          Best of each model
        </label>
        {isFiltered(search) && (
          <Button
            small
            kind="quiet"
            onClick={() =>
              onChange({
                pack: undefined,
                model: undefined,
                sweep: undefined,
                gate: undefined,
                profile: undefined,
                symbol: undefined,
                tag: undefined,
                simulated: undefined,
                from: undefined,
                to: undefined,
                by: undefined,
              })
            }
          >
            Clear filters
          </Button>
        )}
      </div>
    </search>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly (readonly [value: string, name: string])[];
  /** Its options are long. */
  readonly wide?: boolean;
  readonly onChange: (value: string | undefined) => void;
}

function Choice({ label, value, options, wide = false, onChange }: ChoiceProps) {
  const id = useId();
  const known = value === undefined || options.some(([each]) => each === value);
  return (
    <div className={classes(styles.filter, wide && styles.wide)}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value ?? ""} onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}>
        <option value="">All</option>
        {!known && <option value={value}>{value}</option>}
        {options.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly placeholder?: string;
  readonly read: (text: string) => string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** Is asked for when it is left or Enter is pressed, not with each letter. */
function Text({ label, value, placeholder, read, onChange }: TextProps) {
  const id = useId();
  return (
    <div className={styles.filter}>
      <label htmlFor={id}>{label}</label>
      <input
        key={value ?? ""}
        id={id}
        type="text"
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        defaultValue={value ?? ""}
        onBlur={(event) => {
          const next = read(event.target.value);
          if (next !== value) onChange(next);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
      />
    </div>
  );
}

interface DateFilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** Is asked for when it is a date and is left, or is taken from the calendar; anything else is said and stays. */
function DateFilter({ label, value = "", onChange }: DateFilterProps) {
  const id = useId();
  const [text, setText] = useState(value);
  const [asked, setAsked] = useState(value);
  const [objection, setObjection] = useState<string>();
  // The address says another date: a link was followed, or the filters were cleared.
  if (asked !== value) {
    setAsked(value);
    setText(value);
    setObjection(undefined);
  }
  const ask = (next: string): void => {
    const found = dateObjection(next);
    setText(next);
    setObjection(found);
    if (found === undefined && next !== value) onChange(next === "" ? undefined : next);
  };
  return (
    <div className={styles.filter}>
      <label id={`${id}-label`} htmlFor={id}>
        {label}
      </label>
      <DateInput
        id={id}
        look={undefined}
        labelledBy={`${id}-label`}
        value={text}
        aria-invalid={objection === undefined ? undefined : "true"}
        aria-describedby={objection === undefined ? undefined : `${id}-error`}
        onChange={(next) => {
          setText(next);
          setObjection(undefined);
        }}
        onPick={ask}
        onBlur={(event) => ask(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
      />
      {objection !== undefined && (
        <p className={styles.objection} id={`${id}-error`} role="alert">
          {objection}
        </p>
      )}
    </div>
  );
}
