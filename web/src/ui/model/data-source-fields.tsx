import { useRef } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { type Option, SelectField } from "../form/choice-field.tsx";
import { ComboboxField } from "../form/combobox-field.tsx";
import { NumberField, TextField } from "../form/text-field.tsx";
import { type DataNeeds, lacksOf, type Offer } from "./data-fit.ts";

export const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  sample: "Sample data (real)",
  simulated: "Simulated market",
  files: "My files",
  polygon: "Polygon",
  alpaca: "Alpaca",
};

export const hasCadence = (offer: Offer, cadence: string | undefined): boolean =>
  offer.symbols === null || cadence === undefined || offer.symbols.some((symbol) => symbol.cadences.some((each) => each === cadence));

/** Providers as options; one that cannot be used now says why. */
export const providerOptions = (offers: readonly Offer[], cadence: string | undefined): readonly Option[] =>
  offers.map((offer) => ({
    value: offer.provider,
    label: PROVIDER_NAMES[offer.provider] ?? offer.provider,
    refusal:
      offer.needs !== null
        ? `needs ${offer.needs}`
        : offer.symbols?.length === 0
          ? "nothing imported yet: sigma data import"
          : hasCadence(offer, cadence)
            ? undefined
            : `no ${cadence} bars`,
  }));

export interface DataSourceFieldsProps<T extends FieldValues> {
  /** A form with the source under `data`. */
  readonly form: Pick<UseFormReturn<T>, "control" | "setValue" | "getValues">;
  readonly provider: string | undefined;
  readonly offers: readonly Offer[];
  readonly cadence: string | undefined;
  /** What the model reads, as far as it is known: what lacks it says so. */
  readonly needs: DataNeeds | null;
  readonly onProvider?: (provider: string | undefined) => void;
}

/** Where the bars come from and under which symbol. Another provider has other symbols, so the symbol is asked anew. */
export function DataSourceFields<T extends FieldValues>({ form, provider, offers, cadence, needs, onProvider }: DataSourceFieldsProps<T>) {
  const { control, setValue, getValues } = form;
  const at = (name: string): FieldPath<T> => `data.${name}` as FieldPath<T>;
  const before = useRef(provider);
  const offer = offers.find((each) => each.provider === provider);
  if (provider !== before.current) {
    before.current = provider;
    queueMicrotask(() => {
      const has = offer?.symbols === null || offer?.symbols?.some(({ symbol }) => symbol === getValues(at("symbol")));
      if (has !== true) setValue(at("symbol"), undefined as never, { shouldDirty: true });
      if (provider !== "simulated") setValue(at("seed"), undefined as never, { shouldDirty: true });
      onProvider?.(provider);
    });
  }
  const symbols = offer?.symbols?.map((symbol): Option => {
    const lacks = needs === null ? [] : lacksOf(needs, offer, symbol);
    const hint = symbol.stamps.length === 0 ? undefined : symbol.stamps.map((stamp) => stamp.replaceAll("_", " ")).join(", ");
    return {
      value: symbol.symbol,
      label: symbol.symbol,
      ...(hint === undefined ? {} : { hint }),
      refusal: lacks.length === 0 ? undefined : `lacks ${lacks.join(", ").toLowerCase()}`,
    };
  });
  return (
    <>
      <SelectField
        control={control}
        name={at("provider")}
        label="Data"
        hint={offer?.description ?? "Where the bars come from. Simulated data never step in by themselves."}
        options={providerOptions(offers, cadence)}
      />
      {symbols === undefined || symbols.length === 0 ? (
        <TextField
          control={control}
          name={at("symbol")}
          label="Symbol"
          hint="As the provider writes it."
          transform={(text) => text.toUpperCase()}
        />
      ) : (
        <ComboboxField
          control={control}
          name={at("symbol")}
          label="Symbol"
          placeholder="Choose a symbol"
          hint="What cannot feed this model says why."
          groups={[
            { options: symbols.filter(({ refusal }) => refusal === undefined) },
            { heading: "Do not fit", options: symbols.filter(({ refusal }) => refusal !== undefined) },
          ].filter(({ options }) => options.length > 0)}
        />
      )}
      {provider === "simulated" && (
        <NumberField
          control={control}
          name={at("seed")}
          label="Seed of the simulation"
          optional
          step={1}
          min={0}
          hint="Another seed is another world."
        />
      )}
    </>
  );
}
