import { X } from "lucide-react";
import { useId } from "react";
import { IconButton } from "../../ui/button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { plural } from "../../words/format.ts";
import { stepInWords } from "../../words/runs.ts";
import styles from "./create.module.css";
import type { Entry } from "./draft.ts";
import { entryInWords, type Indicator, type Parameter, parameterIssue, parametersOf, valueIn, withValue } from "./indicator-params.ts";

interface EntryRowProps {
  readonly entry: Entry;
  readonly indicator: Indicator | undefined;
  readonly onChange: (entry: Entry) => void;
  readonly onRemove: () => void;
}

/** One chosen indicator with its parameters. */
export function EntryRow({ entry, indicator, onChange, onRemove }: EntryRowProps) {
  return (
    <li className={styles.entry}>
      <div className={styles.entryText}>
        <strong>{entry.name}</strong>
        <span className={styles.note}>{(indicator?.doc ?? "Another name of an indicator of the catalogue.").replaceAll("`", "")}</span>
      </div>
      {indicator === undefined ? (
        <span />
      ) : (
        <div className={styles.params}>
          {parametersOf(indicator).map((parameter) => (
            <ParameterField
              key={parameter.name}
              parameter={parameter}
              value={valueIn(entry, parameter)}
              issue={parameterIssue(indicator, parameter.name, valueIn(entry, parameter))}
              label={`${parameter.name} of ${entry.name}`}
              onChange={(value) => onChange(withValue(entry, parameter, value))}
            />
          ))}
        </div>
      )}
      <IconButton label={`Remove ${entryInWords(entry)}`} icon={X} small onClick={onRemove} />
    </li>
  );
}

interface ParameterFieldProps {
  readonly parameter: Parameter;
  readonly value: Entry[string];
  readonly issue: string | undefined;
  readonly label: string;
  readonly onChange: (value: Entry[string] | undefined) => void;
}

function ParameterField({
  parameter: { name, kind, description, minimum, maximum, choices, usual },
  value,
  issue,
  label,
  onChange,
}: ParameterFieldProps) {
  const id = useId();
  const shared = { id, "aria-label": label, title: `${description}${usual === null ? "" : `\nUsual: ${String(usual)}`}` };
  const isWrong = issue === undefined ? {} : { "aria-invalid": true as const };
  return (
    <div className={styles.param}>
      <label htmlFor={id}>{name.replaceAll("_", " ")}</label>
      {kind === "choice" ? (
        <select
          {...shared}
          value={String(value)}
          onChange={(event) => onChange(choices.find((each) => String(each) === event.target.value))}
        >
          {choices.map((choice) => (
            <option key={choice} value={String(choice)}>
              {choice}
            </option>
          ))}
        </select>
      ) : kind === "switch" ? (
        <input {...shared} type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} />
      ) : kind === "text" ? (
        <input
          {...shared}
          {...isWrong}
          type="text"
          value={String(value ?? "")}
          onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
        />
      ) : (
        <input
          {...shared}
          {...isWrong}
          type="number"
          step={kind === "whole" ? 1 : "any"}
          min={minimum}
          max={maximum}
          value={typeof value === "number" && Number.isFinite(value) ? value : ""}
          onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.valueAsNumber)}
        />
      )}
      {issue !== undefined && (
        <span className={styles.paramIssue} role="alert">
          {issue}
        </span>
      )}
    </div>
  );
}

const VOLATILITY_PARAMETERS = ["iv_source", "quote_window"] as const;

/** Where implied volatilities come from, for all indicators that read one, at once. */
export function VolatilitySource({
  entries,
  byName,
  onChange,
}: {
  readonly entries: readonly Entry[];
  readonly byName: ReadonlyMap<string, Indicator>;
  readonly onChange: (entries: readonly Entry[]) => void;
}) {
  const parameters = VOLATILITY_PARAMETERS.flatMap((wanted) => {
    const readers = entries.filter((entry) => Object.hasOwn(byName.get(entry.name)?.params ?? {}, wanted));
    const indicator = readers[0] === undefined ? undefined : byName.get(readers[0].name);
    const parameter = indicator === undefined ? undefined : parametersOf(indicator).find(({ name }) => name === wanted);
    return parameter === undefined || indicator === undefined ? [] : [{ parameter, indicator, first: readers[0]!, count: readers.length }];
  });
  if (parameters.length === 0) return null;
  const setAll = (parameter: Parameter, value: Entry[string] | undefined): void =>
    onChange(
      entries.map((entry) =>
        Object.hasOwn(byName.get(entry.name)?.params ?? {}, parameter.name) ? withValue(entry, parameter, value) : entry,
      ),
    );
  return (
    <Panel title="Implied volatility" note="for all chosen indicators that read one">
      <div className={styles.params}>
        {parameters.map(({ parameter, indicator, first, count }) => (
          <ParameterField
            key={parameter.name}
            parameter={parameter}
            value={valueIn(first, parameter)}
            issue={parameterIssue(indicator, parameter.name, valueIn(first, parameter))}
            label={`${parameter.name} of ${plural(count, "indicator")}`}
            onChange={(value) => setAll(parameter, value)}
          />
        ))}
      </div>
      {parameters.map(({ parameter: { name, description } }) => (
        <p key={name} className={styles.note}>
          {stepInWords(name)}: {description}.
        </p>
      ))}
    </Panel>
  );
}
