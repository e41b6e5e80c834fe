import type * as z from "zod";
import { InstrumentsStepSchema } from "#lib/packs/builder/pack-draft.schema.ts";
import { startLabel } from "./labels.ts";
import type { Draft } from "./steps.ts";

export { InstrumentsStepSchema };
export type InstrumentsForm = z.output<typeof InstrumentsStepSchema>;

/** A small base that most packs can begin with: a return, an oscillator, a trend and a volatility. */
const BASE = ["ret", "rsi", "adx", "natr"];

/** The horizon that positions of a timeframe mostly have. */
const HORIZON_OF: Readonly<Record<string, string>> = { intraday: "intraday", swing: "swing", position: "swing", investment: "long" };

/** What was chosen before, or a beginning of what fits. */
export function instrumentsStart({ instruments, compatible, identity }: Draft): InstrumentsForm {
  if (instruments !== null) return structuredClone(instruments) as unknown as InstrumentsForm;
  const fits = compatible.instruments;
  const names = fits.indicators.map(({ name }) => name);
  const base = BASE.filter((name) => names.includes(name));
  const horizon = fits.horizons.find((each) => each === HORIZON_OF[identity.tags.timeframe]) ?? fits.horizons[0];
  return {
    supported_instruments: [...fits.supported_instruments],
    default_instrument: fits.supported_instruments[0],
    horizons: [horizon],
    cadences: fits.cadences.slice(-1),
    signal_interval: fits.signal_intervals.at(-1),
    indicators: base,
    sets: { default: base.map((name) => ({ name })) },
    label: startLabel(identity.vibe.time_horizon),
  } as InstrumentsForm;
}
