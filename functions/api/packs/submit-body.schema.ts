import * as z from "zod";

/** The body of `POST /packs/{pack_id}/submit`. */
export const SubmitBodySchema = z.strictObject({ note: z.string().min(1).max(500).optional().describe("For the reviewer") });
