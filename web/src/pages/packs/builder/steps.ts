import type { AnswerOf } from "../../../data/ask.ts";

export type Draft = AnswerOf<"GET /pack_drafts/{pack_id}">;

/** The steps of the builder, in their order. */
export const STEPS = ["vibe", "indicators", "gates", "strategy", "review", "save"] as const;
export type Step = (typeof STEPS)[number];

export const STEP_NAMES: Readonly<Record<Step, string>> = {
  vibe: "Vibe",
  indicators: "Indicators",
  gates: "Gates",
  strategy: "Strategy and test",
  review: "Review",
  save: "Save",
};

/** Where to go on with a draft: the first step that was not taken. */
export function nextStep(draft: Draft | undefined): Step {
  if (draft === undefined) return "vibe";
  return ({ instruments: "indicators", strategies: "gates", validate: "strategy", review: "review" } as const)[draft.next];
}

/** Whether a step can be opened: all before it were taken. */
export function isOpen(step: Step, draft: Draft | undefined): boolean {
  const last = STEPS.indexOf(nextStep(draft));
  // The test is what review and saving are about: a draft that was tested can be looked at and saved.
  return STEPS.indexOf(step) <= (draft?.next === "review" ? STEPS.length - 1 : last);
}
