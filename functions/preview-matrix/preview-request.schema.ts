import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { CreateModelSchema } from "#lib/models/create-model.schema.ts";

/** The body of `POST /preview_matrix`: of a model, or of one that is not made yet. */
export const PreviewRequestSchema = z
  .strictObject({
    pack_id: IdSchema,
    model_id: IdSchema.optional().describe("The model; needed unless a draft is given"),
    draft: CreateModelSchema.optional().describe("A model as POST /models takes it, to look at before it is made; nothing is stored"),
    start: z.iso.date().nullable().optional(),
    end: z.iso.date().nullable().optional(),
    sessions: z.int().min(1).max(20).default(2),
  })
  .superRefine(({ pack_id, model_id, draft }, { addIssue }) => {
    if ((model_id === undefined) === (draft === undefined))
      addIssue({ code: "custom", path: ["model_id"], message: "give either model_id or draft" });
    if (draft !== undefined && draft.pack_id !== pack_id)
      addIssue({ code: "custom", path: ["draft", "pack_id"], message: `must be the request's pack_id, "${pack_id}"` });
  });
