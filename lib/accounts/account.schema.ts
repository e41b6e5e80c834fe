import * as z from "zod";
import { QuotaOverridesSchema } from "../quotas/quota.schema.ts";
import { OwnerSchema } from "../runs/run-record.schema.ts";

export const TIERS = ["free", "premium", "pro"] as const;
export type Tier = (typeof TIERS)[number];

/** What is known of an owner beside what the owner made. An owner without a record has the tier of the place. */
export const AccountSchema = z.strictObject({
  schema_version: z.literal(1),
  owner: OwnerSchema,
  tier: z.enum(TIERS),
  quotas: QuotaOverridesSchema.optional().describe("Set for this owner alone, in place of those of the tier"),
  changed_at: z.iso.datetime(),
  changed_by: OwnerSchema.optional().describe("Who set it through the API"),
  reason: z.string().min(1).max(500).describe("Why the tier was set, such as an order's number"),
});
export type Account = z.infer<typeof AccountSchema>;
