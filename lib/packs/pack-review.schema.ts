import * as z from "zod";
import { OwnerSchema } from "../runs/run-record.schema.ts";

/** What a reviewer decides on a pack that was handed in. */
export const PackDecisionSchema = z
  .strictObject({
    owner: OwnerSchema.describe("Whose pack it is"),
    pack_sha: z.string().min(1).max(64).describe("Of the submission that was reviewed; CONFLICT when it is another one now"),
    decision: z.enum(["approve", "reject"]),
    reason: z.string().min(1).max(500).optional().describe("For the owner; a rejection needs one"),
  })
  .refine(({ decision, reason }) => decision === "approve" || reason !== undefined, {
    path: ["reason"],
    message: "a rejection needs a reason, which the owner sees",
  });
