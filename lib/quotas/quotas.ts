import { type Account, TIERS, type Tier } from "../accounts/account.schema.ts";
import { DEFAULT_TIER, findAccount } from "../accounts/account-store.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { MetadataStore } from "../ports/metadata-store.ts";
import { MOST_OF_A_QUOTA, QUOTA_NAMES, type QuotaName, type Quotas } from "./quota.schema.ts";

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

const DEFAULT_QUOTAS = { cloud: CLOUD_QUOTAS, local: LOCAL_QUOTAS } as const;

export type TierQuotas = Readonly<Record<Tier, Quotas>>;
type Env = Readonly<Record<string, string | undefined>>;

/**
 * The quotas of a place, for each tier. `SIGMA_QUOTA_<NAME>`, such as `SIGMA_QUOTA_SWEEPS_PER_DAY=30`, overrides one for all tiers,
 * `SIGMA_QUOTA_<TIER>_<NAME>` for one; `none` lifts it.
 *
 * @throws CONFIG_INVALID naming the variable
 */
export function readQuotas(place: "local" | "cloud", env: Env): TierQuotas {
  const known = new Set<string>();
  const of = (tier: Tier): Quotas => {
    const quotas = { ...DEFAULT_QUOTAS[place] };
    for (const name of QUOTA_NAMES)
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
    `There is no quota "${unknown.slice(0, 80)}"; there are ${QUOTA_NAMES.map((name) => `SIGMA_QUOTA_${name.toUpperCase()}`).join(", ")}, each also with a tier before the name.`,
    { variable: unknown.slice(0, 80) },
  );
}

function readQuota(variable: string, text: string): number | null {
  const value = text === "none" ? null : Number(text);
  if (value === null || (Number.isInteger(value) && value >= 0 && value <= MOST_OF_A_QUOTA)) return value;
  throw new SigmaError(
    "CONFIG_INVALID",
    `${variable} is a whole number from 0 to ${MOST_OF_A_QUOTA}, or "none"; found "${text.slice(0, 40)}".`,
    {
      variable,
    },
  );
}

/** The quotas of an owner: those of the tier, but for what was set for this owner alone. */
export async function quotasOf(metadata: MetadataStore, quotas: TierQuotas, place: "local" | "cloud", owner: string): Promise<Quotas> {
  return quotasOfAccount(await findAccount(metadata, owner), quotas, place);
}

/** @param account - undefined for an owner whom nothing is known of */
export function quotasOfAccount(
  account: Pick<Account, "tier" | "quotas"> | undefined,
  quotas: TierQuotas,
  place: "local" | "cloud",
): Quotas {
  const ofTier = quotas[account?.tier ?? DEFAULT_TIER[place]];
  const limitOf = (name: QuotaName): number | null => {
    const own = account?.quotas?.[name];
    return own === undefined ? ofTier[name] : own;
  };
  return Object.fromEntries(QUOTA_NAMES.map((name) => [name, limitOf(name)])) as Quotas;
}

export const QUOTA_SOURCES = ["owner", "deployment", "default"] as const;

/**
 * Where each quota of an account comes from: set for the owner, made different by the deployment's variables, or as the
 * product has it.
 *
 * @param inForce - what the deployment gives the account's tier
 */
export function quotaSources(
  account: Pick<Account, "quotas"> | undefined,
  inForce: Quotas,
  place: "local" | "cloud",
): Readonly<Record<QuotaName, (typeof QUOTA_SOURCES)[number]>> {
  const sourceOf = (name: QuotaName) =>
    account?.quotas?.[name] !== undefined ? "owner" : inForce[name] === DEFAULT_QUOTAS[place][name] ? "default" : "deployment";
  return Object.fromEntries(QUOTA_NAMES.map((name) => [name, sourceOf(name)])) as Record<QuotaName, (typeof QUOTA_SOURCES)[number]>;
}

/** The variables of an environment that set quotas. */
export function quotaVariables(env: Env): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (name.startsWith("SIGMA_QUOTA_") && value ? [[name, value] as const] : [])),
  );
}
