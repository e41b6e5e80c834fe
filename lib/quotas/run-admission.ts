import * as z from "zod";
import { SigmaError } from "../errors/sigma-error.ts";
import type { Clock } from "../ports/clock.ts";
import type { MetadataStore, RecordKey, StoredRecord } from "../ports/metadata-store.ts";
import type { Workflow } from "../ports/workflow.ts";
import { findRun } from "../runs/run-store.ts";
import type { AdmitRun } from "../runs/start-run.ts";
import type { QuotaName, Quotas } from "./quota.schema.ts";

/** Work that is rationed, with the quotas that ration it. */
const KINDS = {
  sweeps: { daily: "sweeps_per_day", running: "running_sweeps", words: "sweeps" },
  trainings: { daily: "trainings_per_day", running: "running_trainings", words: "trainings" },
} as const satisfies Record<string, { daily: QuotaName; running: QuotaName; words: string }>;
type Kind = keyof typeof KINDS;

const KindUseSchema = z.strictObject({
  /** Runs that began today. */
  started: z.array(z.string()),
  /** Runs that ran when this was written. */
  running: z.array(z.strictObject({ run_id: z.string(), since: z.number() })),
});
const UseSchema = z.strictObject({ day: z.iso.date(), sweeps: KindUseSchema, trainings: KindUseSchema });
type KindUse = z.infer<typeof KindUseSchema>;
type Use = z.infer<typeof UseSchema>;
type Running = KindUse["running"][number];

/** A run that was admitted this long ago and has no execution was never begun: its process died in between. */
const BEGINNING_MS = 60_000;

/** Each round one of those who write at once gets through. */
const MOST_ATTEMPTS = 500;

/**
 * Admits runs as the quotas allow. One record holds an owner's use, and every change of it is conditional on the state that
 * was read: of any number of requests at once exactly the quota is admitted, and equal ones count once. Nothing needs to
 * give a place back: whether a run still runs is looked up when the next one asks, so a place is free again however the
 * run ended.
 */
export function createAdmission(
  ports: { readonly metadata: MetadataStore; readonly workflow: Workflow; readonly clock: Clock },
  quotasFor: (owner: string) => Promise<Quotas>,
): AdmitRun {
  const { metadata, clock } = ports;
  return async ({ owner, machine, input }, runId, resumes) => {
    const rationed = kindsOf(machine, input);
    if (rationed.length === 0) return;
    const quotas = await quotasFor(owner);
    const kinds = rationed.filter((kind) => quotas[KINDS[kind].daily] !== null || quotas[KINDS[kind].running] !== null);
    if (kinds.length === 0) return;
    const key: RecordKey = { pk: `owner#${owner}`, sk: "quota" };
    const isLive = livenessOf(ports);
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const stored = await metadata.get("state", key);
      const now = clock.now();
      const use = usedToday(stored, now);
      const next: Use = { ...use };
      for (const kind of kinds) next[kind] = await withRun(use[kind], { kind, runId, resumes, quotas, now, isLive });
      if (kinds.every((kind) => next[kind] === use[kind])) return;
      try {
        await metadata.put("state", { ...key, body: next }, stored?.version ?? "absent");
        return;
      } catch (error) {
        if (!(error instanceof SigmaError) || error.code !== "CONFLICT") throw error;
      }
    }
    throw new SigmaError("STORE_UNAVAILABLE", "Too many runs begin at this moment. Try again.", { machine });
  };
}

/** What an owner has used of the day's shares, and which runs hold places now. */
export type QuotaUse = Readonly<Record<Kind, { readonly started: number; readonly running: readonly string[] }>>;

/**
 * How an owner's rationed runs stand. Only what a quota was in force for is counted, so a kind that nothing rations says nothing
 * of the runs that there are.
 */
export async function readUse(ports: Parameters<typeof createAdmission>[0], owner: string): Promise<QuotaUse> {
  const use = usedToday(await ports.metadata.get("state", { pk: `owner#${owner}`, sk: "quota" }), ports.clock.now());
  const isLive = livenessOf(ports);
  const of = async ({ started, running }: KindUse) => {
    const live = await Promise.all(running.map(async (run) => ((await isLive(run)) ? [run.run_id] : [])));
    return { started: started.length, running: live.flat() };
  };
  return { sweeps: await of(use.sweeps), trainings: await of(use.trainings) };
}

interface Asked {
  readonly kind: Kind;
  readonly runId: string;
  readonly resumes: boolean;
  readonly quotas: Quotas;
  readonly now: number;
  readonly isLive: (run: Running) => Promise<boolean>;
}

/** The use of a kind with one more run. @throws QUOTA_EXCEEDED */
async function withRun(use: KindUse, { kind, runId, resumes, quotas, now, isLive }: Asked): Promise<KindUse> {
  const { started, running } = use;
  const daily = quotas[KINDS[kind].daily];
  const atOnce = quotas[KINDS[kind].running];
  const counts = daily !== null && !resumes && !started.includes(shortId(runId));
  // An equal request has got the place a moment ago: there is nothing to change.
  if (!counts && running.some(({ run_id, since }) => run_id === runId && now - since < BEGINNING_MS / 2)) return use;
  const others = running.filter(({ run_id }) => run_id !== runId);
  const live = (await Promise.all(others.map(async (run) => ((await isLive(run)) ? [run] : [])))).flat();
  if (atOnce !== null && live.length >= atOnce) throw tooManyRunning(kind, atOnce, live);
  if (counts && started.length >= daily) throw usedUp(kind, daily, now);
  return { started: counts ? [...started, shortId(runId)] : started, running: [...live, { run_id: runId, since: now }] };
}

/** Whether a run still holds its place; looked up once for each request. */
function livenessOf({ metadata, workflow, clock }: Parameters<typeof createAdmission>[0]): Asked["isLive"] {
  const known = new Map<string, Promise<boolean>>();
  const look = async ({ run_id, since }: Running): Promise<boolean> => {
    const isBeginning = clock.now() - since < BEGINNING_MS;
    const found = await findRun(metadata, run_id);
    if (found === undefined) return isBeginning;
    if (found.run.status !== "running") return false;
    try {
      return (await workflow.describe(run_id)).status === "running";
    } catch (error) {
      if (!(error instanceof SigmaError) || error.code !== "NOT_FOUND") throw error;
      return isBeginning;
    }
  };
  return (run) => {
    const looked = known.get(run.run_id) ?? look(run);
    known.set(run.run_id, looked);
    return looked;
  };
}

function kindsOf(machine: string, input: { readonly [key: string]: unknown }): readonly Kind[] {
  if (machine === "sweep") return ["sweeps"];
  if (machine === "train") return ["trainings"];
  if (machine !== "pipeline") return [];
  const request = input["request"] as { readonly evaluate?: unknown; readonly train_when_passed?: unknown } | undefined;
  return [
    ...(request?.evaluate === "sweep" ? (["sweeps"] as const) : []),
    ...(request?.train_when_passed === true ? (["trainings"] as const) : []),
  ];
}

function usedToday(stored: StoredRecord | undefined, now: number): Use {
  const day = new Date(now).toISOString().slice(0, 10);
  const none = { started: [], running: [] };
  if (stored === undefined) return { day, sweeps: none, trainings: none };
  const use = UseSchema.parse(stored.body);
  if (use.day === day) return use;
  return { day, sweeps: { ...use.sweeps, started: [] }, trainings: { ...use.trainings, started: [] } };
}

/** Enough of an id to tell a day's runs apart, and short enough for all of them to stand in one record. */
const shortId = (runId: string): string => runId.slice(-16);

function tooManyRunning(kind: Kind, limit: number, live: readonly Running[]): SigmaError {
  const { words, running } = KINDS[kind];
  const shown = live.map(({ run_id }) => run_id).slice(0, 5);
  return new SigmaError(
    "QUOTA_EXCEEDED",
    `${limit} ${words} may run at the same time, and ${live.length} do: ${shown.join(", ")}. Wait until one has ended, or cancel one.`,
    { quota: running, limit, used: live.length, runs: shown },
  );
}

function usedUp(kind: Kind, limit: number, now: number): SigmaError {
  const { words, daily } = KINDS[kind];
  const tomorrow = new Date(Math.floor(now / 86_400_000) * 86_400_000 + 86_400_000).toISOString();
  return new SigmaError(
    "QUOTA_EXCEEDED",
    `${limit} ${words} a day are allowed, and they are used up. The next day begins at ${tomorrow}.`,
    {
      quota: daily,
      limit,
      used: limit,
      resets_at: tomorrow,
    },
  );
}
