import * as z from "zod";
import { QuotaOverridesSchema } from "../quotas/quota.schema.ts";
import { AccountSchema, TIERS } from "./account.schema.ts";

/** What an administrator sets of an account: all of it, each time. */
export const AccountChangeSchema = z.strictObject({
  tier: z.enum(TIERS),
  quotas: QuotaOverridesSchema.optional().describe(
    "For this owner in place of the tier's; null lifts one. Absent ones are the tier's again",
  ),
  reason: AccountSchema.shape.reason,
});
