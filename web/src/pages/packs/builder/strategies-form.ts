import * as z from "zod";
import { StrategiesStepSchema } from "#lib/packs/builder/pack-draft.schema.ts";
import type { Draft } from "./steps.ts";

/** Gates and strategies are one step of the API; the builder asks for them one after the other. */
export type StrategiesStep = z.output<typeof StrategiesStepSchema>;
export type Strategy = StrategiesStep["strategies"][number];

export const GatesFormSchema = z.strictObject({ gates: StrategiesStepSchema.shape.gates });
export type GatesForm = z.output<typeof GatesFormSchema>;

export const StrategiesFormSchema = z.strictObject({ strategies: StrategiesStepSchema.shape.strategies });
export type StrategiesForm = z.output<typeof StrategiesFormSchema>;

/** What was chosen so far. */
export const chosenOf = (draft: Draft): StrategiesStep | null => draft.strategies as unknown as StrategiesStep | null;

/**
 * A strategy to begin with: it trades whatever the learner proposes on the side that the tags allow. Its rule always holds, as prices
 * are positive. It computes what the default set does, as a rule may read only columns of the strategy's own indicators.
 */
export function startStrategy({ compatible, instruments }: Draft, isDefault = true, name?: string): Strategy {
  const fits = compatible.strategies;
  const approach = fits?.approaches[0] ?? "momentum";
  return {
    name: name ?? approach,
    version: 1,
    default: isDefault,
    description: `Trades what the learner proposes, by ${approach.replaceAll("_", " ")}; its rule is still to be chosen.`,
    tags: { approach },
    indicators: structuredClone(instruments?.sets["default"] ?? [{ name: fits?.indicators[0] ?? "ret" }]),
    entry: { all: [{ column: "close", op: ">", value: 0 }] },
    exit: { kind: "label_end" },
    side: fits?.sides[0] ?? "both",
  } as unknown as Strategy;
}
