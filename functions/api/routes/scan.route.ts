import { ScanRequestSchema, ScanSchema } from "#lib/scan/scan.schema.ts";
import { json } from "../http/answer.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

export const scanRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "post",
    path: "/scan",
    tag: "packs",
    summary: "The members of a universe in the order of a scanner's rule, as of their last closed bar; in the request",
    body: ScanRequestSchema,
    bodyExample: { pack_id: "swingsigma", set: "breakout", universe: "big_tech", provider: "files" },
    classic: true,
    answers: {
      200: { description: "Ranked symbols with their values and conditions, and why the others are left out", schema: ScanSchema },
    },
    handler: async ({ ports, owner, body }) => {
      const { createScanUniverse } = await import("../../scan-universe/scan-universe.ts");
      return json(await createScanUniverse(ports)(owner, body));
    },
  }),
];
