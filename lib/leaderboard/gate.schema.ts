import * as z from "zod";

export const GATE_STATUSES = ["PASS", "MARGINAL", "MARGINAL_SIG", "FAIL", "ungated"] as const;
export type GateStatus = (typeof GATE_STATUSES)[number];

const quantity = z.union([z.number(), z.array(z.number())]).nullable();

/** One limit that does not hold, or one fact that caps the status. `code` is permanent. */
export const GateReasonSchema = z.strictObject({
  code: z.string().regex(/^[a-z0-9_]+$/),
  metric: z.string().describe("Key of the metric, nested ones with a dot"),
  value: quantity.describe("What was found; null = undefined"),
  limit: quantity.describe("What was asked for; null where there is no number to hold against"),
});
export type GateReason = z.infer<typeof GateReasonSchema>;

export const GateSchema = z.strictObject({ status: z.enum(GATE_STATUSES), reasons: z.array(GateReasonSchema) });
export type Gate = z.infer<typeof GateSchema>;

/** Baselines are trained without a leaderboard row, so no gate has seen them. */
export const UNGATED: Gate = { status: "ungated", reasons: [] };
