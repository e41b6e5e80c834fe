import type { FieldPath } from "react-hook-form";
import type { AnswerOf } from "../../../data/ask.ts";
import type { DesignDraft } from "./design.ts";

/** An indicator of the catalogue. */
export type Definition = Extract<AnswerOf<"GET /indicators">, { readonly rows: unknown }>["rows"][number];

/** The catalogue as a list. */
export const definitionsOf = (answer: AnswerOf<"GET /indicators">): readonly Definition[] => ("rows" in answer ? answer.rows : []);

/** A field of the form by its name; which ones there are depends on the kind of label and learner. */
export const at = (name: string): FieldPath<DesignDraft> => name as FieldPath<DesignDraft>;
