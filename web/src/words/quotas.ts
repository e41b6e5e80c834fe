import type { QuotaName } from "#lib/quotas/quota.schema.ts";

/** What is rationed, and what counts. */
export const QUOTA_TERMS: Readonly<Record<QuotaName, { readonly name: string; readonly says: string }>> = {
  reads_per_minute: { name: "Reads a minute", says: "Answers to GET requests within a minute of the clock." },
  sweeps_per_day: { name: "Sweeps a day", says: "Sweeps that begin on a day of UTC; a pipeline that sweeps counts, too." },
  running_sweeps: { name: "Sweeps at once", says: "Sweeps that run at the same time. A place is free again however the run ended." },
  trainings_per_day: { name: "Trainings a day", says: "Trainings that begin on a day of UTC; a pipeline that may train counts, too." },
  running_trainings: { name: "Trainings at once", says: "Trainings that run at the same time." },
};

/** Where a limit comes from. */
export const QUOTA_SOURCE_NAMES = {
  owner: "Set for this owner",
  deployment: "This deployment",
  default: "The product",
} as const;

export const TIER_NAMES = { free: "Free", premium: "Premium", pro: "Pro" } as const;
