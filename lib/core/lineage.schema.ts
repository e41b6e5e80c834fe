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

/** How a gate judged. `ungated` = a baseline that no gate has seen. */
export const GATE_STATUSES = ["PASS", "MARGINAL", "MARGINAL_SIG", "FAIL", "ungated"] as const;
export type GateStatus = (typeof GATE_STATUSES)[number];

/** One limit that a result misses: a stable code with the value found and the limit asked. */
export const GateReasonSchema = z.strictObject({
  code: z.string(),
  metric: z.string(),
  value: z.number().nullable(),
  limit: z.number().nullable(),
});
export type GateReason = z.infer<typeof GateReasonSchema>;
