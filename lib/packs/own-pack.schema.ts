import * as z from "zod";
import { IdSchema } from "../core/ids.ts";
import { OwnerSchema } from "../runs/run-record.schema.ts";
import { PackVersionSchema } from "./pack-version.ts";

/** One state of a pack's documents: written once, under a folder that its content names. */
const PackVersionRecordSchema = z.strictObject({
  version: PackVersionSchema.describe("As pack.yaml says"),
  pack_sha: z.string(),
  /** Artifact keys of the documents, and of the model that the check runs. */
  paths: z.array(z.string()).nonempty(),
  written_at: z.iso.datetime(),
});
export type PackVersionRecord = z.infer<typeof PackVersionRecordSchema>;

/** The one-year backtest that a version must pass before models can be made of it. */
export const PackCheckSchema = z.strictObject({
  run_id: z.string(),
  asked_at: z.iso.datetime(),
  symbol: z.string(),
  provider: z.string(),
  start: z.iso.date().describe("Of the window, in which the year that is tested follows the rows that are trained on first"),
  end: z.iso.date().describe("Exclusive"),
});
export type PackCheck = z.infer<typeof PackCheckSchema>;

const SUBMISSION_STATES = ["submitted", "approved", "rejected"] as const;

/** A pack that was handed in for review, as the version that it was then. */
export const SubmissionSchema = z.strictObject({
  state: z.enum(SUBMISSION_STATES),
  version: z.string(),
  pack_sha: z.string(),
  submitted_at: z.iso.datetime(),
  note: z.string().nullable(),
  reason: z.string().nullable().describe("The reviewer's"),
  reviewed_at: z.iso.datetime().nullable().default(null),
});

/** What makes a pack of an owner's exist: one record, which names the documents that count. */
export const OwnPackSchema = z.strictObject({
  schema_version: z.literal(1),
  pack_id: IdSchema,
  /** What models use; null until a version has passed its check. */
  active: PackVersionRecordSchema.nullable(),
  /** What was written since, and its check, if one was asked for. */
  candidate: PackVersionRecordSchema.extend({ check: PackCheckSchema.nullable() }).nullable(),
  submission: SubmissionSchema.nullable(),
  /** Who decided on the submission; its owner is not told. */
  reviewed_by: OwnerSchema.nullable().default(null),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
export type OwnPack = z.infer<typeof OwnPackSchema>;
