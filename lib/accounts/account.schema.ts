import * as z from "zod";
import { OwnerSchema } from "../runs/run-record.schema.ts";

export const TIERS = ["free", "premium", "pro"] as const;
export type Tier = (typeof TIERS)[number];

/** What is known of an owner beside what the owner made. An owner without a record has the tier of the place. */
export const AccountSchema = z.strictObject({
  schema_version: z.literal(1),
  owner: OwnerSchema,
  tier: z.enum(TIERS),
  changed_at: z.iso.datetime(),
  reason: z.string().min(1).max(500).describe("Why the tier was set, such as an order's number"),
});
export type Account = z.infer<typeof AccountSchema>;
