import * as z from "zod";
import { IdSchema } from "../core/ids.ts";

/** What makes a model exist: one record, written after its documents. The documents are what counts; this finds them. */
export const ModelRecordSchema = z.strictObject({
  schema_version: z.literal(1),
  model_id: IdSchema,
  pack_id: IdSchema,
  template_id: z.string().nullable(),
  template_version: z.int().nullable(),
  ticker: z.string(),
  /** Artifact keys of the YAML documents, the configuration first. */
  paths: z.array(z.string()).nonempty(),
  created_at: z.iso.datetime(),
  /** Of what decides its matrix, as of the last write; absent in records that are older than this field. */
  definition_sha: z.string().optional(),
  /** When the API last changed it. */
  updated_at: z.iso.datetime().optional(),
  /** When a change last made matrices of before stale. */
  features_changed_at: z.iso.datetime().optional(),
});
export type ModelRecord = z.infer<typeof ModelRecordSchema>;
