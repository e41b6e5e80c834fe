import * as z from "zod";
import { type OwnPack, PackCheckSchema, SubmissionSchema } from "#lib/packs/own-pack.schema.ts";

const VersionSchema = z.strictObject({ version: z.string(), pack_sha: z.string(), written_at: z.string() });

/** Where a pack of the owner's stands. */
export const PackStateSchema = z.strictObject({
  pack_id: z.string(),
  state: z.enum(["draft", "active"]).describe("draft: no version has passed its check yet, so no models can be made of it"),
  active: VersionSchema.nullable().describe("The version that models use"),
  candidate: VersionSchema.extend({ check: PackCheckSchema.nullable() })
    .nullable()
    .describe("What was written since: it is used once it has passed its check and was activated"),
  submission: SubmissionSchema.nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type PackState = z.infer<typeof PackStateSchema>;

export function packState({ schema_version: _, active, candidate, ...pack }: OwnPack): PackState {
  const shown = ({ version, pack_sha, written_at }: NonNullable<OwnPack["active"]>) => ({ version, pack_sha, written_at });
  const { pack_id, submission, created_at, updated_at } = pack;
  return {
    pack_id,
    state: active === null ? "draft" : "active",
    active: active && shown(active),
    candidate: candidate && { ...shown(candidate), check: candidate.check },
    submission,
    created_at,
    updated_at,
  };
}
