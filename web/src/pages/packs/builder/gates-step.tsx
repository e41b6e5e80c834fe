import { useState } from "react";
import { type FieldPath, useForm } from "react-hook-form";
import { client } from "../../../data/client.ts";
import { Button } from "../../../ui/button.tsx";
import { schemaResolver } from "../../../ui/form/schema-resolver.ts";
import { NumberField } from "../../../ui/form/text-field.tsx";
import { Grid, Panel } from "../../../ui/panel.tsx";
import { LIMITED } from "../../../words/gate.ts";
import { isTermKey, termOf } from "../../../words/glossary.ts";
import styles from "./builder.module.css";
import type { StepProps } from "./indicators-step.tsx";
import { StepFoot } from "./step-foot.tsx";
import { chosenOf, type GatesForm, GatesFormSchema, startStrategy } from "./strategies-form.ts";
import { useSaveStep } from "./use-save-step.ts";

type LimitKey = keyof typeof LIMITED;

/** Without these no pack is approved. */
const NEEDED: readonly LimitKey[] = ["min_bets", "max_drawdown_pct", "min_sharpe"];
const FURTHER = (Object.keys(LIMITED) as LimitKey[]).filter((key) => !NEEDED.includes(key));
const FIELDS = [...NEEDED, ...FURTHER].map((key) => `gates.${key}` as const);

/** Shares are written as such here, as the documents have them. */
function unitOf(key: LimitKey): string {
  const { metric } = LIMITED[key];
  if (!isTermKey(metric)) return "";
  const { unit, format } = termOf(metric);
  if (key === "max_drawdown_pct" || key === "spread_pct_max") return unit.startsWith("%") ? unit : `% ${unit}`;
  return format === "share" || format === "probability" ? "share, 0 to 1" : unit;
}

/** Step 3: the limits that every result of the pack must hold. */
export function GatesStep({ draft, onSaved, onReload }: StepProps) {
  const chosen = chosenOf(draft);
  const suggested = draft.compatible.strategies?.suggested_gates ?? {};
  const gates = chosen?.gates ?? suggested;
  const [all, setAll] = useState(FURTHER.some((key) => gates[key] !== undefined));
  const form = useForm<GatesForm>({
    resolver: schemaResolver(GatesFormSchema) as never,
    defaultValues: { gates: { ...gates } as GatesForm["gates"] },
  });
  const { busy, trouble, submit } = useSaveStep<GatesForm>({
    form,
    fields: FIELDS as unknown as readonly FieldPath<GatesForm>[],
    draft,
    write: (values, ifMatch) =>
      client.call("PUT /pack_drafts/{pack_id}/strategies", {
        params: { pack_id: draft.pack_id },
        body: { ...(chosen ?? { strategies: [startStrategy(draft)] }), gates: values.gates } as never,
        ...(ifMatch === undefined ? {} : { ifMatch }),
      }),
    onSaved,
  });
  const field = (key: LimitKey) => {
    const { metric, bound } = LIMITED[key];
    const term = isTermKey(metric) ? termOf(metric) : undefined;
    return (
      <NumberField
        key={key}
        control={form.control}
        name={`gates.${key}`}
        label={`${term?.name ?? metric}, ${bound === "min" ? "at least" : "at most"}`}
        unit={unitOf(key)}
        hint={`${term?.definition ?? ""}${suggested[key] === undefined ? "" : ` Suggested: ${suggested[key]}.`}`}
        optional={!NEEDED.includes(key)}
      />
    );
  };
  return (
    <form onSubmit={submit} noValidate>
      <Grid>
        <Panel
          title="Gates"
          note={`Every result of every model must hold them; the suggestions are for ${draft.identity.tags.risk} risk. Models may only tighten them.`}
        >
          <div className={styles.fields}>{NEEDED.map(field)}</div>
          {all ? (
            <div className={styles.fields}>{FURTHER.map(field)}</div>
          ) : (
            <div>
              <Button small onClick={() => setAll(true)}>
                More limits
              </Button>
            </div>
          )}
        </Panel>
      </Grid>
      <StepFoot busy={busy} trouble={trouble} onReload={onReload} />
    </form>
  );
}
