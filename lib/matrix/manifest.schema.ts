import * as z from "zod";
import { LeakageReportSchema } from "./leakage.schema.ts";
import { MatrixInfoSchema, Sha256Schema } from "./matrix-info.schema.ts";
import { QualityReportSchema } from "./quality/quality.schema.ts";

/** `matrices/<matrix_sha>/manifest.json`: what a stored matrix is, and how to tell that its file is undamaged. */
export const ManifestSchema = z.strictObject({
  schema_version: z.literal(1),
  matrix_sha: Sha256Schema.describe("SHA-256 over the canonical JSON of `inputs`: the matrix's name"),
  content_digest: Sha256Schema.describe("SHA-256 over schema and uncompressed columns: what the matrix says"),
  file_sha256: Sha256Schema.describe("SHA-256 of matrix.parquet as stored; verified before the file is parsed"),
  bytes: z.int().positive(),
  rows: z.int().positive(),
  columns: z.array(z.strictObject({ name: z.string(), group: z.enum(["key", "price", "feature", "label"]), unit: z.string() })),
  inputs: z.record(z.string(), z.unknown()).describe("Everything that decides the numbers"),
  info: MatrixInfoSchema,
  quality: QualityReportSchema,
  leakage: LeakageReportSchema,
  forced: z.array(z.string()).describe("Failed quality checks that a force overruled; empty = none"),
});
export type Manifest = z.infer<typeof ManifestSchema>;
