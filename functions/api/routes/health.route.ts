import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { SymbolSchema } from "#lib/core/ids.ts";
import { isErrorCode } from "#lib/errors/catalog.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { ApiPorts } from "../api-deps.ts";
import { json } from "../http/answer.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

const PartSchema = z.strictObject({ status: z.enum(["ok", "fail"]), detail: z.string(), milliseconds: z.number() });
type Part = z.infer<typeof PartSchema>;

const ProviderSchema = z.strictObject({
  provider: z.string(),
  ready: z.boolean(),
  needs: z.string().nullable().describe("What must be set before it answers"),
  entitlement: z.string().describe("What it gives, as far as is known without asking it"),
  requests_per_minute: z.number().nullable().describe("How often the vendor is asked at most; null = no vendor is asked"),
  has_ticker: z.boolean().nullable().describe("null: no ticker was named, or the provider must be asked for it"),
});
type Provider = z.infer<typeof ProviderSchema>;

const HealthSchema = z.strictObject({
  status: z.enum(["ok", "fail"]),
  version: z.string(),
  parts: z.strictObject({
    process: PartSchema,
    storage: PartSchema.describe("An object was written and read back"),
    metadata: PartSchema.describe("A record was written and read back"),
    workflow: PartSchema.describe("The engine answered"),
    providers: PartSchema.describe("Data providers were listed; with ?ticker= the ones that have it"),
  }),
  providers: z.array(ProviderSchema).describe("Empty when they could not be listed"),
});

/** A part that does not answer in this time has failed. */
const PATIENCE_MS = 3000;
const STEP_MS = 100;

/** Nobody's folder, since no owner's name begins like this: what stands here is overwritten by every check. */
const PROBE_KEY = "owners/_health/probe.txt";
/** Has no files of its own, so only what everybody has is looked at. */
const NOBODY = "healthcheck-nobody";

export const healthRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/healthz",
    tag: "health",
    summary: "Whether every part works, found out by using it",
    query: z.strictObject({ ticker: SymbolSchema.optional() }),
    open: true,
    answers: {
      200: { description: "Everything works", schema: HealthSchema },
      503: { description: "A part has failed", schema: HealthSchema },
    },
    handler: async ({ deps, ports, query: { ticker } }) => {
      let listed: readonly Provider[] = [];
      const [processPart, storage, metadata, workflow, providers] = await Promise.all([
        probe(async () => `up ${Math.round(process.uptime())} s`),
        probe(() => storageWorks(ports, deps.now())),
        probe(() => metadataWorks(ports)),
        probe(() => workflowAnswers(ports)),
        probe(async () => {
          listed = await providersOf(ports, ticker);
          return providersText(listed, ticker);
        }),
      ]);
      const parts = { process: processPart, storage, metadata, workflow, providers };
      const status = Object.values(parts).every((part) => part.status === "ok") ? "ok" : "fail";
      return json({ status, version: deps.version, parts, providers: listed }, status === "ok" ? 200 : 503);
    },
  }),
];

async function probe(check: () => Promise<string>): Promise<Part> {
  const started = performance.now();
  const done = (status: Part["status"], detail: string): Part => ({
    status,
    detail,
    milliseconds: Math.round((performance.now() - started) * 10) / 10,
  });
  const patience = new AbortController();
  try {
    const late = outOfPatience(patience.signal);
    late.catch(() => {});
    const first = await Promise.race([check().then((detail) => ({ detail })), late]);
    return first === "late" ? done("fail", `no answer within ${PATIENCE_MS} ms`) : done("ok", first.detail);
  } catch (error) {
    // The code says what is wrong without telling strangers about paths or hosts.
    return done("fail", error instanceof Error && isErrorCode(error.name) ? error.name : "INTERNAL");
  } finally {
    patience.abort();
  }
}

/** Ends when patience does. Counted in short sleeps: while this process computes something else, no part can answer it. */
async function outOfPatience(signal: AbortSignal): Promise<"late"> {
  for (let waited = 0; waited < PATIENCE_MS; waited += STEP_MS) await sleep(STEP_MS, undefined, { signal, ref: false });
  return "late";
}

async function storageWorks({ artifacts }: ApiPorts, now: number): Promise<string> {
  const text = new Date(now).toISOString();
  await artifacts.put(PROBE_KEY, new TextEncoder().encode(text), "any");
  const { bytes } = await artifacts.get(PROBE_KEY);
  // Another check may have written in between; a time is what every check writes.
  if (Number.isNaN(Date.parse(new TextDecoder().decode(bytes)))) throw new SigmaError("ARTIFACT_CORRUPT", "The probe came back changed.");
  return "an object was written and read back";
}

async function metadataWorks({ metadata, clock }: ApiPorts): Promise<string> {
  const now = clock.now();
  const key = { pk: "health", sk: "probe" };
  await metadata.put("idempotency", { ...key, body: { at: now }, expiresAt: Math.floor(now / 1000) + 60 }, "any");
  const stored = await metadata.get("idempotency", key);
  if (typeof stored?.body["at"] !== "number") throw new SigmaError("ARTIFACT_CORRUPT", "The probe came back changed.");
  return "a record was written and read back";
}

async function workflowAnswers({ workflow }: ApiPorts): Promise<string> {
  try {
    await workflow.describe("build_health");
  } catch (error) {
    if (!(error instanceof SigmaError) || error.code !== "NOT_FOUND") throw error;
  }
  return "the engine answered";
}

async function providersOf({ marketData }: ApiPorts, ticker: string | undefined): Promise<readonly Provider[]> {
  const offers = await marketData.offers(NOBODY);
  return offers.map(({ provider, needs, description, requestsPerMinute, symbols }) => ({
    provider,
    ready: needs === null,
    needs,
    entitlement: description,
    requests_per_minute: requestsPerMinute ?? null,
    has_ticker: ticker === undefined || symbols === null ? null : symbols.some(({ symbol }) => symbol === ticker),
  }));
}

function providersText(providers: readonly Provider[], ticker: string | undefined): string {
  if (ticker === undefined) return providers.map(({ provider }) => provider).join(", ");
  const namesOf = (wanted: readonly Provider[]): string => wanted.map(({ provider }) => provider).join(", ");
  const having = providers.filter(({ has_ticker }) => has_ticker === true);
  const mayHave = providers.filter(
    ({ ready, has_ticker, requests_per_minute }) => ready && has_ticker === null && requests_per_minute !== null,
  );
  const parts = [
    having.length === 0 ? null : `${namesOf(having)} has ${ticker}`,
    mayHave.length === 0 ? null : `${namesOf(mayHave)} may have ${ticker}: asked when a model needs it`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? `no provider has ${ticker}` : parts.join("; ");
}
