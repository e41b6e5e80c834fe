import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { planModel } from "#lib/models/create-model.ts";
import { resolveModel } from "#lib/models/resolve-model.ts";
import { documentPath, documentsOf } from "#lib/packs/pack-source.ts";
import { resolvePack } from "#lib/packs/resolve-pack.ts";
import { builtin } from "../packs/support.ts";

export const swing = resolvePack(builtin, "swingsigma");

/** A plan from the daily template; the request adds to it. */
export const plan = (request: Partial<CreateModelRequest> = {}) =>
  planModel({ pack_id: "swingsigma", template_id: "swing_eq_daily", ticker: "SPX", ...request }, swing);

const CONFIG = `model_id: m
ticker: SPX
asset_type: eq
horizon: swing
cadence: daily
policy: m
indicator_set: eq_default
momentum: { include: false }
volatility: { include: false }
`;
const POLICY = "name: m\nversion: 1\n";

/** Resolves a hand-written model "m": the lines are added to its configuration, the policy and the set are its own. */
export function resolveWritten(lines = "", policy: string | null = POLICY, set?: string) {
  const keys = lines.split("\n").map((line) => line.split(":")[0]);
  const kept = CONFIG.split("\n").filter((line) => line === "" || !keys.includes(line.split(":")[0]!));
  const texts: Record<string, string> = { [documentPath("swingsigma", "model_configs", "m")]: `${kept.join("\n")}${lines}\n` };
  if (policy !== null) texts[documentPath("swingsigma", "policy_templates", "m")] = policy;
  if (set !== undefined) texts[documentPath("swingsigma", "indicator_sets", "m")] = set;
  return resolveModel(swing, { ...documentsOf(texts), modelId: "m" });
}
