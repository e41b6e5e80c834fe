import { useMemo } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { useAsk } from "../../data/ask.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField } from "../../ui/form/choice-field.tsx";
import { ComboboxField } from "../../ui/form/combobox-field.tsx";
import { schemaResolver } from "../../ui/form/schema-resolver.ts";
import { Loaded } from "../../ui/states.tsx";
import { formatNumber } from "../../words/format.ts";
import { titled } from "../../words/packs.ts";
import styles from "./report.module.css";

/** What a check runs on, as the API takes it. */
export interface CheckOn {
  readonly ticker: string;
  readonly data: { readonly provider: "files" | "sample" | "simulated" | "polygon" | "alpaca"; readonly symbol: string };
  readonly template_id?: string;
}

const FormSchema = z.strictObject({
  series: z.string({ error: "Choose the series that the year of data comes from." }).min(1),
  template_id: IdSchema.optional(),
});
type Form = z.infer<typeof FormSchema>;

export interface CheckRequestProps {
  /** Bar sizes that the pack's models have; only series with one of them are offered. */
  readonly cadences: readonly string[];
  readonly templates: readonly string[];
  readonly verb: string;
  readonly busy: boolean;
  /** Why it cannot be run now. */
  readonly refusal?: string | undefined;
  readonly onRun: (on: CheckOn) => void;
}

/** Asks which series the one-year backtest runs on. Simulated ones are offered last and named as what they are. */
export function CheckRequest({ cadences, templates, verb, busy, refusal, onRun }: CheckRequestProps) {
  const query = useAsk("GET /data");
  const groups = useMemo(() => seriesGroups(query.data?.rows ?? [], cadences), [query.data, cadences]);
  const form = useForm<Form>({ resolver: schemaResolver(FormSchema) as never });
  const run = form.handleSubmit(({ series, template_id }) => {
    const [provider, symbol] = series.split(/ (.*)/s) as [CheckOn["data"]["provider"], string];
    onRun({ ticker: symbol, data: { provider, symbol }, ...(template_id === undefined ? {} : { template_id }) });
  });
  return (
    <Loaded query={query} title="The series could not be read">
      {() => (
        <form className={styles.request} onSubmit={run} noValidate>
          <ComboboxField
            control={form.control}
            name="series"
            label="One year of"
            hint={
              groups.length === 0
                ? `No provider has ${cadences.join(" or ")} bars yet. Bring files: sigma data import.`
                : "The newest year that the series has."
            }
            placeholder="Choose a series"
            groups={groups}
          />
          {templates.length > 1 && (
            <SelectField
              control={form.control}
              name="template_id"
              label="Template"
              none="The first one"
              options={templates.map((value) => ({ value, label: titled(value) }))}
            />
          )}
          <div className={styles.run}>
            <Button type="submit" kind="primary" busy={busy} disabled={refusal !== undefined}>
              {verb}
            </Button>
            {refusal !== undefined && <span className={styles.refusal}>{refusal}</span>}
          </div>
        </form>
      )}
    </Loaded>
  );
}

interface Provider {
  readonly provider: string;
  readonly symbols: readonly { readonly symbol: string; readonly cadences: readonly string[]; readonly stamps: readonly string[] }[] | null;
}

/** Real series first. */
export function seriesGroups(providers: readonly Provider[], cadences: readonly string[]) {
  return providers
    .toSorted((a, b) => Number(a.provider === "simulated") - Number(b.provider === "simulated"))
    .map(({ provider, symbols }) => ({
      heading: provider === "simulated" ? "Simulated: proves nothing about a market" : titled(provider),
      options: (symbols ?? [])
        .filter((symbol) => symbol.cadences.some((cadence) => cadences.includes(cadence)))
        .map(({ symbol, cadences: has, stamps }) => ({
          value: `${provider} ${symbol}`,
          label: symbol,
          hint: [`${has.join(", ")} bars of ${provider}`, ...stamps.map((stamp) => stamp.replaceAll("_", " "))].join("; "),
        })),
    }))
    .filter(({ options }) => options.length > 0)
    .map((group) => ({ ...group, heading: `${group.heading} (${formatNumber(group.options.length, "count")})` }));
}
