import { loadPlan } from "#functions/shared/evaluation-plan.ts";
import { readMatrixPointer } from "#functions/shared/matrix-pointer.ts";
import type { LocalSystem } from "#infra/local/local-system.ts";
import { canonicalJson, type Json } from "#lib/core/canonical-json.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { loadManifest } from "#lib/matrix/stored-manifest.ts";
import type { RunRecord } from "#lib/runs/run-record.schema.ts";

/** One input that is another than it was, by its place: a data set's fingerprint, or a field of the configuration. */
export interface InputChange {
  readonly what: string;
  readonly recorded: string | null;
  readonly repeated: string | null;
}

/** Everything that a run was made from, by section. */
export type RunInputs = { readonly [section: string]: Json };

/** What a run recorded of its inputs: the documents behind the digests of its lineage. A section that is not stored any more is absent. */
export async function inputsOf({ ports }: LocalSystem, run: RunRecord): Promise<RunInputs> {
  const { artifacts } = ports;
  const { matrix_sha } = run.input["basis"] as { readonly matrix_sha: string };
  const { prefix } = await readMatrixPointer(ports, run.owner, run.pack_id!, run.model_id!);
  const manifest = await stored(() => loadManifest(artifacts, prefix, matrix_sha));
  const planned = (run.outputs as { readonly plan?: { readonly plan_key?: string } } | null)?.plan?.plan_key;
  const plan = planned === undefined ? undefined : await stored(() => loadPlan(artifacts, run.owner, planned));
  return {
    ...(manifest === undefined ? {} : { matrix: withNamedData(manifest.inputs as { readonly [key: string]: Json }) }),
    ...(plan === undefined
      ? {}
      : asJson({
          config: plan.config,
          policy: plan.policy,
          strategy: plan.strategy,
          risk_profile: plan.risk_profile,
          limits: plan.limits,
          splits: plan.splits,
        })),
  };
}

/** The leaves of two documents that differ, in the order of the first one's sections. */
export function changesBetween(recorded: Json, repeated: Json, at = ""): InputChange[] {
  if (canonicalText(recorded) === canonicalText(repeated)) return [];
  if (isBranch(recorded) && isBranch(repeated) && Array.isArray(recorded) === Array.isArray(repeated)) {
    const [before, after] = [new Map(Object.entries(recorded)), new Map(Object.entries(repeated))];
    const keys = new Set([...before.keys(), ...after.keys()]);
    return [...keys].flatMap((key) => changesBetween(before.get(key) ?? null, after.get(key) ?? null, at === "" ? key : `${at}.${key}`));
  }
  return [{ what: at, recorded: canonicalText(recorded), repeated: canonicalText(repeated) }];
}

/** Data sets by their names instead of their places, so that a change says whose it is. */
function withNamedData({ data, ...rest }: RunInputs): Json {
  const sets = (data ?? []) as readonly { readonly role: string; readonly symbol: string; readonly cadence: string | null }[];
  const named = sets.map((set) => [[set.role, set.symbol, set.cadence].filter((part) => part !== null).join(" "), set] as const);
  return asJson({ data: Object.fromEntries(named), ...rest }) as Json;
}

const isBranch = (value: Json): value is { readonly [key: string]: Json } | readonly Json[] => typeof value === "object" && value !== null;

const canonicalText = (value: Json): string | null => (value === null ? null : typeof value === "string" ? value : canonicalJson(value));

const asJson = (value: object): RunInputs => JSON.parse(canonicalJson(value as Json)) as RunInputs;

async function stored<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof SigmaError && error.code === "ARTIFACT_NOT_FOUND") return undefined;
    throw error;
  }
}
