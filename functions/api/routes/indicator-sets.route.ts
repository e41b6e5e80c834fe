import { createPackLibrary } from "#lib/packs/pack-library.ts";
import { json } from "../http/answer.ts";
import { WriteSetSchema, WrittenSchema } from "../models/write-set.schema.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

export const indicatorSetRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "post",
    path: "/indicator_sets",
    tag: "indicators",
    conditional: true,
    summary: "Writes an indicator set of your own: beside a pack's under a name, or as a model's own one. If-Match makes it conditional",
    body: WriteSetSchema,
    bodyExample: {
      pack_id: "swingsigma",
      name: "eq_short",
      version: 1,
      indicators: [{ name: "rsi", period: 7 }, { name: "ret" }, { name: "rolling_std", window: 10 }],
    },
    answers: { 200: { description: "The set as it stands", schema: WrittenSchema } },
    handler: async ({ ports, owner, body, context }) => {
      const library = createPackLibrary({ builtIn: ports.builtinPacks, artifacts: ports.artifacts, metadata: ports.metadata });
      const { resolved: pack } = await library.get(owner, body.pack_id);
      const { writeForModel, writeNamed } = await import("../models/change-models.ts");
      const ifMatch = context.req.header("if-match");
      const { etag, ...written } =
        body.model_id === undefined
          ? await writeNamed(ports, owner, pack, body.name!, body, ifMatch)
          : await writeForModel(ports, owner, pack, body.model_id, body, ifMatch);
      return json(written, 200, { etag });
    },
  }),
];
