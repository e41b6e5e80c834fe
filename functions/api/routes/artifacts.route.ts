import * as z from "zod";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { isArtifactKey } from "#lib/ports/artifact-store.ts";
import { bytes } from "../http/answer.ts";
import { etagOf } from "../http/conditions.ts";
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

export const artifactRoutes: readonly AnyRoute[] = [
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
