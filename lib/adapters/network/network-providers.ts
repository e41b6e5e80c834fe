import { randomUUID } from "node:crypto";
import { NYSE } from "../../core/calendar.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import { cachedProvider } from "../../market-data/history-cache.ts";
import type { HistorySource } from "../../market-data/history-source.ts";
import { ALPACA_KEYS, type NetworkSettings, POLYGON_KEY } from "../../market-data/network-settings.ts";
import type { DataProvider } from "../../market-data/providers/data-provider.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Secrets } from "../../ports/secrets.ts";
import { abortableSleep, type Sleep } from "./abortable-sleep.ts";
import { createAlpacaSource } from "./alpaca/alpaca-source.ts";
import { createHttpClient, type HttpClientOptions } from "./http-client.ts";
import { createPolygonSource } from "./polygon/polygon-source.ts";
import { createRequestBudget } from "./request-budget.ts";

export interface NetworkOptions {
  readonly artifacts: ArtifactStore;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly settings: NetworkSettings;
  readonly fetch?: typeof fetch;
  readonly sleep?: Sleep;
  /** Uniform in [0, 1). */
  readonly random?: () => number;
  readonly signal?: AbortSignal;
  readonly limits?: HttpClientOptions["limits"];
}

/** So long what is missing is not looked up again. */
const NEEDS_KEPT_MS = 60_000;

/** The vendors across the network, each behind its cache. They are always there, and say what they need. */
export function createNetworkProviders(options: NetworkOptions): readonly DataProvider[] {
  const { artifacts, secrets, clock, settings, sleep = abortableSleep, random = Math.random } = options;
  const clientOf = (provider: string, baseUrl: string, perMinute: number, credentials: HttpClientOptions["credentials"]) =>
    createHttpClient({
      provider,
      baseUrl,
      credentials,
      budget: createRequestBudget({ perMinute, clock, sleep }),
      clock,
      sleep,
      random,
      ...(options.fetch && { fetch: options.fetch }),
      ...(options.limits && { limits: options.limits }),
      ...(options.signal && { signal: options.signal }),
    });

  const polygon = clientOf("polygon", settings.POLYGON_URL, settings.POLYGON_REQUESTS_PER_MINUTE, async () => {
    const key = await secrets.get(POLYGON_KEY);
    return { headers: { authorization: `Bearer ${key}` }, secretNames: [POLYGON_KEY], secrets: [key] };
  });
  const alpaca = clientOf("alpaca", settings.ALPACA_URL, settings.ALPACA_REQUESTS_PER_MINUTE, async () => {
    const [id, secret] = await Promise.all([secrets.get(ALPACA_KEYS.id), secrets.get(ALPACA_KEYS.secret)]);
    return {
      headers: { "apca-api-key-id": id, "apca-api-secret-key": secret },
      secretNames: Object.values(ALPACA_KEYS),
      secrets: [id, secret],
    };
  });

  const alpacaNeeds = missingSecrets(secrets, Object.values(ALPACA_KEYS), clock);
  const sources: readonly HistorySource[] = [
    paced(createPolygonSource(polygon, missingSecrets(secrets, [POLYGON_KEY], clock)), settings.POLYGON_REQUESTS_PER_MINUTE),
    paced(createAlpacaSource(alpaca, settings.ALPACA_FEED, alpacaNeeds), settings.ALPACA_REQUESTS_PER_MINUTE),
  ];
  const holder = randomUUID();
  return sources.map((source) => cachedProvider(source, { artifacts, clock, calendar: NYSE, sleep, holder }));
}

/** Says in the offer how often the source may be asked. */
const paced = (source: HistorySource, requestsPerMinute: number): HistorySource => ({
  ...source,
  offer: async () => ({ ...(await source.offer()), requestsPerMinute }),
});

/** Says which secrets are not set; null when all are. */
function missingSecrets(secrets: Secrets, names: readonly string[], clock: Clock): () => Promise<string | null> {
  let kept: { readonly needs: string | null; readonly at: number } | undefined;
  const isSet = async (name: string): Promise<boolean> => {
    try {
      await secrets.get(name);
      return true;
    } catch (error) {
      if (error instanceof SigmaError && error.code === "CONFIG_INVALID") return false;
      throw error;
    }
  };
  return async () => {
    const now = clock.now();
    if (kept !== undefined && now - kept.at < NEEDS_KEPT_MS) return kept.needs;
    const set = await Promise.all(names.map(isSet));
    const missing = names.filter((_, i) => !set[i]);
    const needs = missing.length === 0 ? null : `the ${missing.length === 1 ? "secret" : "secrets"} ${missing.join(" and ")}`;
    kept = { needs, at: now };
    return needs;
  };
}
