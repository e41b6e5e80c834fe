import * as z from "zod";

/** The day's runs stand in one record, which holds no more. */
export const MOST_OF_A_QUOTA = 5000;

const QuotaSchema = z.int().min(0).max(MOST_OF_A_QUOTA).nullable();

/** What an owner may ask for; null = as much as there is. */
export const QuotasSchema = z.strictObject({
  reads_per_minute: QuotaSchema.describe("GET requests in a minute of the clock"),
  sweeps_per_day: QuotaSchema.describe("Sweeps that begin on a day of UTC, pipelines that sweep included"),
  running_sweeps: QuotaSchema.describe("Sweeps at the same time"),
  trainings_per_day: QuotaSchema.describe("Trainings that begin on a day of UTC, pipelines that may train included"),
  running_trainings: QuotaSchema.describe("Trainings at the same time"),
});
export type Quotas = Readonly<z.infer<typeof QuotasSchema>>;
export type QuotaName = keyof Quotas;
export const QUOTA_NAMES = Object.keys(QuotasSchema.shape) as readonly QuotaName[];

/** Quotas that are set for one owner in place of those of the tier; null lifts one. */
export const QuotaOverridesSchema = QuotasSchema.partial();
