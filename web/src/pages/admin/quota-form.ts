import type { FieldErrors, Resolver } from "react-hook-form";
import type { RequestOf } from "#client/sigma-client.ts";
import { AccountChangeSchema } from "#lib/accounts/account-change.schema.ts";
import { QUOTA_NAMES, type QuotaName } from "#lib/quotas/quota.schema.ts";
import type { AnswerOf } from "../../data/ask.ts";
import { objectionsTo } from "../../ui/form/objections.ts";

export type OwnerQuotas = AnswerOf<"GET /admin/quotas">;
export type AccountChange = RequestOf<"PUT /admin/quotas/{owner}">["body"];

/** A limit as the form has it: the tier's own, none at all, or a number for this owner. */
interface QuotaChoice {
  readonly kind: "tier" | "none" | "own";
  readonly limit?: number | undefined;
}

export interface QuotaForm {
  tier: OwnerQuotas["tier"];
  quotas: Record<QuotaName, QuotaChoice>;
  reason?: string | undefined;
}

/** The form of an account as it stands. */
export function formOf({ tier, quotas }: Pick<OwnerQuotas, "tier" | "quotas">): QuotaForm {
  const choices = quotas.map(({ name, limit, source }): [QuotaName, QuotaChoice] => [
    name,
    source !== "owner" ? { kind: "tier" } : limit === null ? { kind: "none" } : { kind: "own", limit },
  ]);
  return { tier, quotas: Object.fromEntries(choices) as QuotaForm["quotas"] };
}

/** What the form asks the API for. A limit that was not filled in is no number, which the schema refuses. */
export function changeOf({ tier, quotas, reason = "" }: QuotaForm): AccountChange {
  const own = QUOTA_NAMES.flatMap((name): [QuotaName, number | null][] => {
    const { kind, limit = Number.NaN } = quotas[name];
    return kind === "tier" ? [] : [[name, kind === "none" ? null : limit]];
  });
  return { tier, reason, ...(own.length === 0 ? {} : { quotas: Object.fromEntries(own) }) };
}

/** Checks the form by the API's own schema; a limit's objection stands at its number. */
export const quotaResolver: Resolver<QuotaForm> = (values) => {
  const objections = objectionsTo(AccountChangeSchema, changeOf(values));
  if (objections.length === 0) return { values, errors: {} };
  const errors: FieldErrors<QuotaForm> = {};
  for (const { path, issue } of objections) {
    const [first, name] = path.split(".") as [string, QuotaName?];
    const error = { type: "schema", message: issue };
    if (first === "quotas" && name !== undefined) errors.quotas = { ...errors.quotas, [name]: { limit: error } };
    else Object.assign(errors, { [first]: error });
  }
  return { values: {}, errors };
};

/** One thing that a change changes, for asking again. */
export interface Difference {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

const worded = ({ kind, limit }: QuotaChoice): string => (kind === "tier" ? "the tier's" : kind === "none" ? "no limit" : String(limit));

export function differencesOf(before: QuotaForm, after: QuotaForm, nameOf: (name: QuotaName) => string): Difference[] {
  const tier = before.tier === after.tier ? [] : [{ what: "Tier", before: before.tier, after: after.tier }];
  const limits = QUOTA_NAMES.flatMap((name): Difference[] => {
    const [from, to] = [worded(before.quotas[name]), worded(after.quotas[name])];
    return from === to ? [] : [{ what: nameOf(name), before: from, after: to }];
  });
  return [...tier, ...limits];
}
