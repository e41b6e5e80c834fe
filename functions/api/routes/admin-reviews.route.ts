import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { SubmissionSchema } from "#lib/packs/own-pack.schema.ts";
import { findOwnPack, readPackVersion, type StoredPack } from "#lib/packs/own-pack-reader.ts";
import { OwnerSchema } from "#lib/runs/run-record.schema.ts";
import type { ApiPorts } from "../api-deps.ts";
import { json } from "../http/answer.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

const PackParams = z.strictObject({ pack_id: IdSchema });

const PackReviewSchema = z.strictObject({
  owner: OwnerSchema,
  pack_id: z.string(),
  submission: SubmissionSchema,
  reviewed_by: z.string().nullable(),
});
const PackToReviewSchema = PackReviewSchema.extend({
  documents: z
    .record(z.string(), z.string())
    .nullable()
    .describe("YAML texts of the version that was handed in, by path; null when another one is in use now"),
});
export type PackReview = z.infer<typeof PackReviewSchema>;
export type PackToReview = z.infer<typeof PackToReviewSchema>;

const ReviewSchema = z
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

/** @throws NOT_FOUND */
async function packOf({ metadata }: ApiPorts, owner: string, packId: string): Promise<StoredPack> {
  const pack = await findOwnPack({ metadata }, owner, packId);
  if (pack !== undefined) return pack;
  throw new SigmaError("NOT_FOUND", `"${owner}" has no pack "${packId}".`, { owner, pack_id: packId });
}

const notHandedIn = (packId: string): SigmaError =>
  new SigmaError("UNPROCESSABLE", `Pack "${packId}" was not handed in for review.`, { pack_id: packId });

export const adminReviewRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/admin/packs/{pack_id}/review",
    tag: "admin",
    admin: true,
    summary: "A pack that its owner handed in for review, with the documents of that version",
    params: PackParams,
    query: z.strictObject({ owner: OwnerSchema }),
    answers: { 200: { description: "The submission", schema: PackToReviewSchema } },
    handler: async ({ ports, params: { pack_id }, query: { owner } }) => {
      const { active, submission, reviewed_by } = await packOf(ports, owner, pack_id);
      if (submission === null) throw notHandedIn(pack_id);
      const { packTexts } = await import("../packs/pack-documents.ts");
      const documents = active?.pack_sha === submission.pack_sha ? packTexts(await readPackVersion(ports, active)) : null;
      return json({ owner, pack_id, submission, reviewed_by, documents });
    },
  }),
  defineRoute({
    method: "post",
    path: "/admin/packs/{pack_id}/review",
    tag: "admin",
    admin: true,
    summary: "Approves or rejects the version of a pack that was handed in. Its owner sees the decision and the reason with the pack",
    params: PackParams,
    body: ReviewSchema,
    bodyExample: { owner: "ann", pack_sha: "0".repeat(64), decision: "reject", reason: "The stop is wider than the risk profile allows." },
    answers: { 200: { description: "The submission with the decision", schema: PackReviewSchema } },
    handler: async ({ ports, owner: reviewer, params: { pack_id }, body }) => {
      const { owner, pack_sha: packSha, decision, reason = null } = body;
      const { createOwnPackStore } = await import("#lib/packs/own-pack-store.ts");
      const before = await packOf(ports, owner, pack_id);
      const state = decision === "approve" ? "approved" : "rejected";
      const { submission, reviewed_by } = await createOwnPackStore(ports).review(owner, before, { packSha, state, reason, reviewer });
      return json({ owner, pack_id, submission, reviewed_by });
    },
  }),
];
