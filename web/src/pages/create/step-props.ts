import type { UseFormReturn } from "react-hook-form";
import type { Offer } from "../../ui/model/data-fit.ts";
import type { DraftValues, RunPlan, Template } from "./draft.ts";
import type { Judged } from "./use-verdict.ts";

/** What every step works on. */
export interface StepProps {
  readonly form: UseFormReturn<DraftValues>;
  readonly values: DraftValues;
  readonly template: Template | undefined;
  readonly offers: readonly Offer[];
  readonly judged: Judged;
  readonly request: Readonly<Record<string, unknown>>;
  readonly plan: RunPlan;
  readonly onPlan: (plan: RunPlan) => void;
}
