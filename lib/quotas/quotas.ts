import { TIERS, type Tier } from "../accounts/account.schema.ts";
import { readTier } from "../accounts/account-store.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { MetadataStore } from "../ports/metadata-store.ts";

/** What an owner may ask for; null = as much as there is. */
export interface Quotas {
  /** GET requests in a minute of the clock. */
  readonly reads_per_minute: number | null;
  /** Sweeps that begin on a day of UTC, pipelines that sweep included. */
  readonly sweeps_per_day: number | null;
  /** Sweeps at the same time. */
  readonly running_sweeps: number | null;
  /** Trainings that begin on a day of UTC, pipelines that may train included. */
  readonly trainings_per_day: number | null;
  readonly running_trainings: number | null;
}
export type QuotaName = keyof Quotas;

/** What a user has in the cloud, whatever the tier; a deployment may say otherwise for each. */
const CLOUD_QUOTAS: Quotas = {
  reads_per_minute: 60,
  sweeps_per_day: 10,
  running_sweeps: 2,
  trainings_per_day: 20,
  running_trainings: 2,
};

/** One machine is its user's own: nothing is rationed there unless the user says so. */
const LOCAL_QUOTAS: Quotas = {
  reads_per_minute: null,
  sweeps_per_day: null,
  running_sweeps: null,
  trainings_per_day: null,
  running_trainings: null,
};

/** The day's runs stand in one record, which holds no more. */
const MOST = 5000;

export type TierQuotas = Readonly<Record<Tier, Quotas>>;
type Env = Readonly<Record<string, string | undefined>>;

/**
 * The quotas of a place, for each tier. `SIGMA_QUOTA_<NAME>`, such as `SIGMA_QUOTA_SWEEPS_PER_DAY=30`, overrides one for all tiers,
 * `SIGMA_QUOTA_<TIER>_<NAME>` for one; `none` lifts it.
 *
 * @throws CONFIG_INVALID naming the variable
 */
export function readQuotas(place: "local" | "cloud", env: Env): TierQuotas {
  const names = Object.keys(CLOUD_QUOTAS) as QuotaName[];
  const known = new Set<string>();
  const of = (tier: Tier): Quotas => {
    const quotas = { ...(place === "cloud" ? CLOUD_QUOTAS : LOCAL_QUOTAS) };
    for (const name of names)
      for (const variable of [`SIGMA_QUOTA_${name.toUpperCase()}`, `SIGMA_QUOTA_${tier.toUpperCase()}_${name.toUpperCase()}`]) {
        known.add(variable);
        const text = env[variable];
        if (text !== undefined && text !== "") quotas[name] = readQuota(variable, text);
      }
    return quotas;
  };
  const quotas = Object.fromEntries(TIERS.map((tier) => [tier, of(tier)])) as Record<Tier, Quotas>;
  const unknown = Object.keys(env).find((name) => name.startsWith("SIGMA_QUOTA_") && !known.has(name));
  if (unknown === undefined) return quotas;
  throw new SigmaError(
    "CONFIG_INVALID",
    `There is no quota "${unknown.slice(0, 80)}"; there are ${names.map((name) => `SIGMA_QUOTA_${name.toUpperCase()}`).join(", ")}, each also with a tier before the name.`,
    { variable: unknown.slice(0, 80) },
  );
}

function readQuota(variable: string, text: string): number | null {
  const value = text === "none" ? null : Number(text);
  if (value === null || (Number.isInteger(value) && value >= 0 && value <= MOST)) return value;
  throw new SigmaError("CONFIG_INVALID", `${variable} is a whole number from 0 to ${MOST}, or "none"; found "${text.slice(0, 40)}".`, {
    variable,
  });
}

/** The quotas of an owner: those of his tier, which is looked up only where tiers differ. */
export async function quotasOf(metadata: MetadataStore, quotas: TierQuotas, place: "local" | "cloud", owner: string): Promise<Quotas> {
  const { free } = quotas;
  const names = Object.keys(free) as QuotaName[];
  if (TIERS.every((tier) => names.every((name) => quotas[tier][name] === free[name]))) return free;
  return quotas[await readTier(metadata, owner, place)];
}

/** The variables of an environment that set quotas. */
export function quotaVariables(env: Env): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (name.startsWith("SIGMA_QUOTA_") && value ? [[name, value] as const] : [])),
  );
}
