import type { OwnerQuotas } from "#functions/api/routes/admin-quotas.route.ts";
import { TIERS } from "#lib/accounts/account.schema.ts";
import { MOST_OF_A_QUOTA, QUOTA_NAMES } from "#lib/quotas/quota.schema.ts";
import { command } from "../command.ts";
import { UsageError } from "../failure.ts";
import { count, minute, text } from "../format.ts";
import type { Session } from "../session.ts";
import { renderFacts, renderTable } from "../table.ts";
import { oneOf, wholeNumber } from "../values.ts";

const OWNER_ARGS = {
  owner: { type: "positional", description: "Owner: a user's id (sub) or a token's owner; \"local\" on this machine", required: true },
} as const;

function quotasText(found: OwnerQuotas, { width }: Session): string {
  const { owner, tier, tier_source, quotas, running, changed_at, changed_by, reason, etag } = found;
  const runs = [...running.sweeps, ...running.trainings];
  return [
    renderFacts(
      [
        ["Owner", owner],
        ["Tier", tier_source === "default" ? `${tier} (nobody set one)` : tier],
        ["Set (UTC)", changed_at === null ? "never" : `${minute(changed_at)} by ${text(changed_by)}: ${text(reason)}`],
        ["Running", runs.length === 0 ? "none" : runs.join(", ")],
        ["Version tag", etag],
      ],
      width,
    ),
    renderTable<OwnerQuotas["quotas"][number]>(
      [
        { header: "Quota", value: ({ name }) => name },
        { header: "Limit", align: "right", value: ({ limit }) => (limit === null ? "none" : count(limit)) },
        { header: "Used", align: "right", value: ({ used }) => count(used) },
        { header: "From", value: ({ source }) => source },
      ],
      quotas,
      width,
    ),
  ].join("\n");
}

export const adminQuotas = command({
  name: "admin quotas",
  description: "Tier and quotas of an owner: what is in force, where each comes from, and what is used",
  routes: ["GET /admin/quotas"],
  args: OWNER_ARGS,
  examples: ["sigma admin quotas local"],
  async run({ session, args }) {
    const found = await (await session.api()).get<OwnerQuotas>("/admin/quotas", { owner: args.owner });
    return { document: found, text: quotasText(found, session) };
  },
});

export const adminSetQuotas = command({
  name: "admin set-quotas",
  description: "Set the tier of an owner and quotas for this owner alone; a quota that is not named is the tier's again",
  routes: ["PUT /admin/quotas/{owner}"],
  args: {
    ...OWNER_ARGS,
    tier: { type: "string", required: true, valueHint: TIERS.join("|"), description: "The owner's tier from now on" },
    quota: { type: "string", valueHint: "name=number", description: `${QUOTA_NAMES.join(", ")}; "none" lifts one (repeatable)` },
    reason: { type: "string", required: true, valueHint: "text", description: "Why, such as an order's number" },
    "if-match": { type: "string", valueHint: "tag", description: "Only if the account is still as it was told; else CONFLICT" },
  },
  repeatable: ["quota"],
  examples: ['sigma admin set-quotas local --tier pro --quota sweeps_per_day=30 --quota running_sweeps=none --reason "Order 1042"'],
  async run({ session, args, all }) {
    const quotas = Object.fromEntries(all("quota").map(quotaOf));
    const ifMatch = args["if-match"];
    const response = await (await session.api()).send("PUT", `/admin/quotas/${encodeURIComponent(args.owner)}`, {
      body: { tier: oneOf("tier", args.tier, TIERS), reason: args.reason, ...(Object.keys(quotas).length === 0 ? {} : { quotas }) },
      headers: ifMatch === undefined ? {} : { "if-match": ifMatch },
    });
    const found = (await response.json()) as OwnerQuotas;
    return { document: found, text: quotasText(found, session) };
  },
});

/** `sweeps_per_day=30` as an entry. @throws UsageError */
function quotaOf(setting: string): readonly [string, number | null] {
  const at = setting.indexOf("=");
  if (at < 1) throw new UsageError(`--quota takes name=number such as sweeps_per_day=30; found "${setting}".`);
  const value = setting.slice(at + 1);
  return [oneOf("quota", setting.slice(0, at), QUOTA_NAMES), value === "none" ? null : wholeNumber("quota", value, 0, MOST_OF_A_QUOTA)];
}
