import * as z from "zod";

const sha = z.string().regex(/^[0-9a-f]{64}$/);

/** What a result was computed from. Stamped on every run, artifact and signal. */
export const LineageSchema = z.strictObject({
  matrix_sha: sha,
  config_sha: sha,
  policy_sha: sha,
  risk_sha: sha,
  pack_sha: sha,
  indicator_set_sha: sha,
  code_version: z.string(),
});
export type Lineage = z.infer<typeof LineageSchema>;
