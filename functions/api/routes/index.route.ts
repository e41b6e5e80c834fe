import * as z from "zod";
import { JsonSchema } from "#lib/core/json.schema.ts";
import { json, text } from "../http/answer.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

/** The index and the document, which speak of all routes. */
export const indexRoutes = (routes: () => readonly AnyRoute[], document: () => Promise<object>): readonly AnyRoute[] => [
  defineRoute({
    method: "get",
    path: "/",
    tag: "health",
    summary: "Index of routes; browsers are led to the app",
    open: true,
    answers: {
      200: {
        description: "Name, version and routes",
        schema: z.strictObject({
          name: z.string(),
          version: z.string(),
          openapi: z.string(),
          docs: z.string(),
          routes: z.array(z.strictObject({ method: z.string(), path: z.string(), summary: z.string() })),
        }),
      },
    },
    handler: async ({ deps }) => {
      const list = routes().map(({ method, path, summary }) => ({
        method: method.toUpperCase(),
        path: `/v1${path === "/" ? "" : path}`,
        summary,
      }));
      return json({ name: "Sigma Lab", version: deps.version, openapi: "/openapi.json", docs: "/docs", routes: list });
    },
  }),
  defineRoute({
    method: "get",
    path: "/openapi.json",
    tag: "health",
    summary: "This document",
    open: true,
    answers: { 200: { description: "OpenAPI 3.1", schema: z.record(z.string(), JsonSchema), example: { openapi: "3.1.0" } } },
    handler: async () => json(await document()),
  }),
  defineRoute({
    method: "get",
    path: "/docs",
    tag: "health",
    summary: "The API's description as a page for people, which needs no network",
    open: true,
    answers: { 200: { description: "The page", type: "text/html", example: "<!doctype html>..." } },
    handler: async () => {
      const { REFERENCE_POLICY, referencePage } = await import("../openapi/reference-page.ts");
      return text(referencePage(await document()), "text/html; charset=utf-8", {
        "content-security-policy": REFERENCE_POLICY,
        "cache-control": "no-cache",
      });
    },
  }),
];
