import * as z from "zod";
import { CADENCES } from "#lib/core/bars.ts";
import { json } from "../http/answer.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

const OfferSchema = z.strictObject({
  provider: z.string(),
  description: z.string(),
  symbols: z.array(z.strictObject({ symbol: z.string(), cadences: z.array(z.enum(CADENCES)), stamps: z.array(z.string()) })),
});

export const dataRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/data",
    tag: "data",
    summary: "What each data provider has, your own files included",
    answers: { 200: { description: "Providers", schema: z.strictObject({ rows: z.array(OfferSchema) }) } },
    handler: async ({ ports, owner }) => json({ rows: await ports.marketData.offers(owner) }),
  }),
];
