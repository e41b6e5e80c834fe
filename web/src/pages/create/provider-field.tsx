import { useRef } from "react";
import { SelectField } from "../../ui/form/choice-field.tsx";
import type { Offer } from "./data-fit.ts";
import type { StepProps } from "./step-props.ts";

export const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  sample: "Sample data (real)",
  simulated: "Simulated market",
  files: "My files",
  polygon: "Polygon",
  alpaca: "Alpaca",
};

export const hasCadence = (offer: Offer, cadence: string | undefined): boolean =>
  offer.symbols === null || cadence === undefined || offer.symbols.some((symbol) => symbol.cadences.some((each) => each === cadence));

interface ProviderFieldProps extends Pick<StepProps, "form" | "values"> {
  readonly control: StepProps["form"]["control"];
  readonly offers: readonly Offer[];
  readonly cadence: string | undefined;
  readonly onChoose: (provider: string | undefined) => void;
}

/** Where the bars come from. Another provider has other symbols, so the symbol is asked anew. */
export function ProviderField({ control, offers, cadence, onChoose, values, form }: ProviderFieldProps) {
  const provider = values.data.provider;
  const before = useRef(provider);
  if (provider !== before.current) {
    before.current = provider;
    queueMicrotask(() => {
      const offer = offers.find((each) => each.provider === provider);
      const has = offer?.symbols === null || offer?.symbols?.some(({ symbol }) => symbol === form.getValues("data.symbol"));
      if (has !== true) form.setValue("data.symbol", undefined);
      onChoose(provider);
    });
  }
  return (
    <SelectField
      control={control}
      name="data.provider"
      label="Data"
      hint={
        offers.find((each) => each.provider === provider)?.description ??
        "Where the bars come from. Simulated data never step in by themselves."
      }
      options={offers.map((offer) => ({
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
      }))}
    />
  );
}
