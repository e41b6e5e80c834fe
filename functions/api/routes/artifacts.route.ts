import * as z from "zod";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { isArtifactKey } from "#lib/ports/artifact-store.ts";
import { bytes } from "../http/answer.ts";
import { etagOf } from "../http/conditions.ts";
import { page, pageQuery, pageSchema, placeOf } from "../http/list.ts";
import { MatrixRowSchema } from "../models/matrix-row.schema.ts";
import { matrixPage } from "../models/matrix-rows.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

/** What a person looks at or takes away; models, plans and fold predictions stay inside. */
const TYPES: Readonly<Record<string, string>> = {
  svg: "image/svg+xml",
  html: "text/html; charset=utf-8",
  json: "application/json; charset=utf-8",
  md: "text/markdown; charset=utf-8",
};

/** Folders of an owner that hold reports, plots and cards. */
const FOLDERS = ["evaluations", "trained"];

/** A plot or a tear sheet opened by itself may draw and style, and nothing else. */
const DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

const DRAWN = /\.(svg|html)$/;

const PlotRowSchema = z.strictObject({ kind: z.literal("plot"), key: z.string(), plot: z.string().describe("Where it is") });

export const artifactRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/artifacts",
    tag: "matrix",
    summary:
      "The matrices that your models point to, stale ones marked, or the plots of your evaluations. A page may be short of its limit",
    query: z.strictObject({ kind: z.enum(["matrix", "plot"]).default("matrix"), ...pageQuery }),
    answers: { 200: { description: "A page", schema: pageSchema(z.union([MatrixRowSchema, PlotRowSchema])) } },
    handler: async ({ ports, owner, query }) => {
      if (query.kind === "matrix") {
        const { rows, nextCursor } = await matrixPage(ports, owner, placeOf(query));
        return page(rows, nextCursor);
      }
      const { keys, nextCursor } = await ports.artifacts.list(`owners/${owner}/evaluations/`, placeOf(query));
      const plots = keys.filter((key) => key.endsWith(".svg"));
      return page(
        plots.map((key) => ({ kind: "plot", key, plot: `/v1/artifacts/${key}` })),
        nextCursor,
      );
    },
  }),
  defineRoute({
    method: "get",
    path: "/artifacts/{key}",
    tag: "runs",
    summary: "A plot, report, tear sheet or model card of yours, by the key that a run's outputs name",
    conditional: true,
    params: z.strictObject({ key: z.string().min(1).max(512).refine(isArtifactKey, "must be a key as a run's outputs name it") }),
    answers: {
      200: { description: "The object", type: "image/svg+xml", example: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
      304: { description: "Unchanged since the etag that was sent" },
    },
    handler: async ({ ports, owner, params: { key } }) => {
      const type = TYPES[key.slice(key.lastIndexOf(".") + 1)];
      const isOwn = FOLDERS.some((folder) => key.startsWith(`owners/${owner}/${folder}/`));
      if (type === undefined || !isOwn) throw new SigmaError("NOT_FOUND", `No artifact ${JSON.stringify(key)}.`, { key });
      const stored = await ports.artifacts.get(key);
      const headers = {
        etag: etagOf(stored.etag),
        "cache-control": "private, no-cache",
        ...(DRAWN.test(key) ? { "content-security-policy": DRAWING_POLICY } : {}),
      };
      return bytes(stored.bytes, type, headers);
    },
  }),
];
