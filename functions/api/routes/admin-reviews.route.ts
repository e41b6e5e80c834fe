import * as z from "zod";
import { IdSchema } from "#lib/core/ids.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { SubmissionSchema } from "#lib/packs/own-pack.schema.ts";
import { findOwnPack, listSubmittedPacks, readPackVersion, type StoredPack } from "#lib/packs/own-pack-reader.ts";
import { PackDecisionSchema } from "#lib/packs/pack-review.schema.ts";
import { OwnerSchema } from "#lib/runs/run-record.schema.ts";
import type { ApiPorts } from "../api-deps.ts";
import { json } from "../http/answer.ts";
import { page, pageQuery, pageSchema, placeOf } from "../http/list.ts";
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
const WaitingPackSchema = PackReviewSchema.pick({ owner: true, pack_id: true, submission: true });
export type WaitingPack = z.infer<typeof WaitingPackSchema>;
export type PackReview = z.infer<typeof PackReviewSchema>;
export type PackToReview = z.infer<typeof PackToReviewSchema>;

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
    path: "/admin/reviews",
    tag: "admin",
    admin: true,
    summary: "Packs of all owners that were handed in and wait for a review, the one that has waited longest first",
    query: z.strictObject(pageQuery),
    answers: { 200: { description: "A page of packs that wait", schema: pageSchema(WaitingPackSchema) } },
    handler: async ({ ports, query }) => {
      const { rows, nextCursor } = await listSubmittedPacks(ports, placeOf(query));
      return page(
        rows.flatMap(({ owner, pack: { pack_id, submission } }) => (submission === null ? [] : [{ owner, pack_id, submission }])),
        nextCursor,
      );
    },
  }),
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
    body: PackDecisionSchema,
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
