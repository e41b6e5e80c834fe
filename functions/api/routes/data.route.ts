import * as z from "zod";
import { CADENCES } from "#lib/core/bars.ts";
import { DATA_KINDS, type ProviderOffer } from "#lib/ports/market-data.ts";
import { json } from "../http/answer.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

const OfferSchema = z.strictObject({
  provider: z.string(),
  description: z.string(),
  kinds: z.array(z.enum(DATA_KINDS)),
  symbols: z
    .array(
      z.strictObject({
        symbol: z.string(),
        cadences: z.array(z.enum(CADENCES)),
        kinds: z.array(z.enum(DATA_KINDS)).optional().describe("Absent: whatever the provider's kinds are"),
        stamps: z.array(z.string()),
      }),
    )
    .nullable()
    .describe("null: too many to list"),
  needs: z.string().nullable().describe("What must be set before the provider answers; null when it is ready"),
  requests_per_minute: z.number().nullable().describe("How often the vendor is asked at most; null = no vendor is asked"),
});

function viewOf({ symbols, kinds, requestsPerMinute, ...offer }: ProviderOffer): z.infer<typeof OfferSchema> {
  const listed = symbols?.map(({ symbol, cadences, kinds: own, stamps }) => ({
    symbol,
    cadences: [...cadences],
    ...(own === undefined ? {} : { kinds: [...own] }),
    stamps: [...stamps],
  }));
  return { ...offer, kinds: [...kinds], symbols: listed ?? null, requests_per_minute: requestsPerMinute ?? null };
}

export const dataRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/data",
    tag: "data",
    summary: "What each data provider has, your own files included",
    answers: { 200: { description: "Providers", schema: z.strictObject({ rows: z.array(OfferSchema) }) } },
    handler: async ({ ports, owner }) => json({ rows: (await ports.marketData.offers(owner)).map(viewOf) }),
  }),
];
