import * as z from "zod";
import { TIERS } from "#lib/accounts/account.schema.ts";
import { AccountChangeSchema } from "#lib/accounts/account-change.schema.ts";
import { DEFAULT_TIER, findAccount, type StoredAccount, writeAccount } from "#lib/accounts/account-store.ts";
import { realWorkspaceOf } from "#lib/core/workspace.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { QUOTA_NAMES, type QuotaName } from "#lib/quotas/quota.schema.ts";
import { QUOTA_SOURCES, quotaSources, quotasOfAccount } from "#lib/quotas/quotas.ts";
import { lookAtWindow } from "#lib/quotas/rate-window.ts";
import { type QuotaUse, readUse } from "#lib/quotas/run-admission.ts";
import { OwnerSchema } from "#lib/runs/run-record.schema.ts";
import type { ApiDeps } from "../api-deps.ts";
import { json } from "../http/answer.ts";
import { etagOf, requireMatch } from "../http/conditions.ts";
import { readsSubject } from "../http/rate-limit.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

const QuotaRowSchema = z.strictObject({
  name: z.enum(QUOTA_NAMES),
  limit: z.int().nullable().describe("null: as much as there is"),
  source: z
    .enum(QUOTA_SOURCES)
    .describe("owner: set for this owner; deployment: SIGMA_QUOTA_ variables make it another than the product's; default: the product's"),
  used: z.int().nullable().describe("Of this minute, this day (UTC) or now; null = not counted, because nothing limits it"),
});

export const OwnerQuotasSchema = z.strictObject({
  owner: OwnerSchema,
  tier: z.enum(TIERS),
  tier_source: z.enum(["account", "default"]).describe("default: nobody set one, so it is the place's"),
  quotas: z.array(QuotaRowSchema),
  running: z.strictObject({ sweeps: z.array(z.string()), trainings: z.array(z.string()) }).describe("Runs that hold a rationed place"),
  changed_at: z.string().nullable(),
  changed_by: z.string().nullable(),
  reason: z.string().nullable(),
  etag: z.string().describe("Of tier and quotas, for If-Match of PUT. No header: what was used changes without them"),
});
export type OwnerQuotas = z.infer<typeof OwnerQuotasSchema>;

const etagOfAccount = (account: StoredAccount | undefined): string => etagOf(account?.record_version ?? 0);

async function ownerQuotas(deps: ApiDeps, owner: string): Promise<OwnerQuotas> {
  const { ports, mode } = deps;
  const account = await findAccount(ports.metadata, owner);
  const tier = account?.tier ?? DEFAULT_TIER[mode];
  const limits = quotasOfAccount(account, deps.quotas, mode);
  const sources = quotaSources(account, deps.quotas[tier], mode);
  const use = await readUse(ports, owner);
  const reads = await lookAtWindow(ports.metadata, readsSubject(owner), limits.reads_per_minute ?? 0, deps.now());
  const used = usedOf(use, reads.used);
  return {
    owner,
    tier,
    tier_source: account === undefined ? "default" : "account",
    quotas: QUOTA_NAMES.map((name) => ({
      name,
      limit: limits[name],
      source: sources[name],
      used: limits[name] === null ? null : used[name],
    })),
    running: { sweeps: [...use.sweeps.running], trainings: [...use.trainings.running] },
    changed_at: account?.changed_at ?? null,
    changed_by: account?.changed_by ?? null,
    reason: account?.reason ?? null,
    etag: etagOfAccount(account),
  };
}

const usedOf = ({ sweeps, trainings }: QuotaUse, reads: number): Readonly<Record<QuotaName, number>> => ({
  reads_per_minute: reads,
  sweeps_per_day: sweeps.started,
  running_sweeps: sweeps.running.length,
  trainings_per_day: trainings.started,
  running_trainings: trainings.running.length,
});

export const adminQuotaRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/admin/quotas",
    tag: "admin",
    admin: true,
    summary: "Tier and quotas of an owner: what is in force, where each comes from, and what is used",
    query: z.strictObject({ owner: OwnerSchema }),
    answers: {
      200: { description: "The owner's quotas; an owner whom nothing is known of has those of the place", schema: OwnerQuotasSchema },
    },
    handler: async ({ deps, query: { owner } }) => json(await ownerQuotas(deps, owner)),
  }),
  defineRoute({
    method: "put",
    path: "/admin/quotas/{owner}",
    tag: "admin",
    admin: true,
    conditional: true,
    summary: "Sets the tier of an owner, and quotas for this owner alone, from now on. Both workspaces of an owner have one account",
    params: z.strictObject({ owner: OwnerSchema }),
    body: AccountChangeSchema,
    bodyExample: { tier: "premium", quotas: { sweeps_per_day: 30 }, reason: "Order 1042" },
    answers: { 200: { description: "The owner's quotas, as they are in force now", schema: OwnerQuotasSchema } },
    handler: async ({ deps, ports, owner: admin, params, body, context }) => {
      const owner = realWorkspaceOf(params.owner);
      const before = await findAccount(ports.metadata, owner);
      requireMatch(context.req.header("if-match"), etagOfAccount(before), `account of "${owner}"`);
      const changed_at = new Date(deps.now()).toISOString();
      const account = { schema_version: 1, owner, ...body, changed_at, changed_by: admin } as const;
      try {
        await writeAccount(ports.metadata, account, before?.record_version ?? "absent");
      } catch (error) {
        if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
        throw new SigmaError(
          "CONFLICT",
          `The account of "${owner}" changed while this change was made. Read it again and repeat the change.`,
          { owner },
          { cause: error },
        );
      }
      const now = await ownerQuotas(deps, owner);
      return json(now, 200, { etag: now.etag });
    },
  }),
];
