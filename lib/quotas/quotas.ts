import { SigmaError } from "../errors/sigma-error.ts";

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

/** What every tier has in the cloud. */
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

/**
 * The quotas of a place. `SIGMA_QUOTA_<NAME>`, such as `SIGMA_QUOTA_SWEEPS_PER_DAY=30`, overrides one; `none` lifts it.
 *
 * @throws CONFIG_INVALID naming the variable
 */
export function readQuotas(mode: "local" | "cloud", env: Readonly<Record<string, string | undefined>>): Quotas {
  const quotas = { ...(mode === "cloud" ? CLOUD_QUOTAS : LOCAL_QUOTAS) };
  const known = (Object.keys(quotas) as QuotaName[]).map((name) => [name, `SIGMA_QUOTA_${name.toUpperCase()}`] as const);
  for (const [name, variable] of known) {
    const text = env[variable];
    if (text === undefined || text === "") continue;
    const value = text === "none" ? null : Number(text);
    if (value !== null && !(Number.isInteger(value) && value >= 0 && value <= MOST))
      throw new SigmaError("CONFIG_INVALID", `${variable} is a whole number from 0 to ${MOST}, or "none"; found "${text.slice(0, 40)}".`, {
        variable,
      });
    quotas[name] = value;
  }
  const unknown = Object.keys(env).find((name) => name.startsWith("SIGMA_QUOTA_") && !known.some(([, variable]) => variable === name));
  if (unknown !== undefined)
    throw new SigmaError(
      "CONFIG_INVALID",
      `There is no quota "${unknown.slice(0, 80)}"; there are ${known.map(([, variable]) => variable).join(", ")}.`,
      { variable: unknown.slice(0, 80) },
    );
  return quotas;
}

/** The variables of an environment that set quotas. */
export function quotaVariables(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (name.startsWith("SIGMA_QUOTA_") && value ? [[name, value] as const] : [])),
  );
}
