import { createConfig, lintFromString } from "@redocly/openapi-core";
import { beforeAll, describe, expect, it } from "vitest";
import { ROUTES } from "#functions/api/routes.ts";
import { apiHarness } from "./support.ts";

type Operation = {
  operationId: string;
  summary: string;
  parameters?: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: object; example?: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema?: object; example?: unknown }> }>;
  security: object[];
};
type Document = {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: object };
};

describe("GET /openapi.json", () => {
  let document: Document;
  const { call } = apiHarness();
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  beforeAll(async () => {
    document = (await (await call("GET", "/openapi.json")).json()) as Document;
  });

  it("is OpenAPI 3.1 and the same each time", async () => {
    expect(document.openapi).toBe("3.1.0");
    expect(document.info).toMatchObject({ title: "Sigma Lab", version: "0.0.0+test" });
    expect(await (await call("GET", "/v1/openapi.json")).json()).toEqual(document);
  });

  it("has no finding of the strict rules, which also hold every example against its schema", async () => {
    const config = await createConfig({ extends: ["recommended-strict"] });
    const problems = await lintFromString({ source: JSON.stringify(document), absoluteRef: "/openapi.json", config });
    expect(problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`)).toEqual([]);
    // A rule that finds nothing in a wrong document finds nothing at all.
    const wrong = structuredClone(document);
    wrong.paths["/packs"]!["get"]!.responses = { 200: {} as Operation["responses"][string] };
    expect(await lintFromString({ source: JSON.stringify(wrong), absoluteRef: "/openapi.json", config })).not.toEqual([]);
  });

  it("describes and shows every answer that has a body", () => {
    for (const { path, method, operation } of operations())
      for (const [status, { content = {} }] of Object.entries(operation.responses).filter(([code]) => code.startsWith("2")))
        for (const [media, { schema, example }] of Object.entries(content)) {
          expect(schema, `${method} ${path} ${status} ${media}`).toBeTypeOf("object");
          expect(example, `${method} ${path} ${status} ${media}`).toBeDefined();
        }
  });

  it("describes every route once, with its own operationId", () => {
    expect(operations()).toHaveLength(ROUTES.length + 3);
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z0-9]*$/);
  });

  it("declares exactly the parameters that each path has", () => {
    for (const { path, operation } of operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect(declared.map(({ name }) => name).sort(), path).toEqual(inPath.sort());
      expect(
        declared.every(({ required }) => required),
        path,
      ).toBe(true);
      for (const parameter of operation.parameters ?? []) expect(parameter.schema, `${path} ${parameter.name}`).toBeTypeOf("object");
    }
  });

  it("gives every operation a summary, a documented success and the problem", () => {
    for (const { path, operation } of operations()) {
      expect(operation.summary.length, path).toBeGreaterThan(5);
      const success = Object.keys(operation.responses).filter((status) => status.startsWith("2"));
      expect(success.length, path).toBeGreaterThan(0);
      expect(operation.responses["default"], path).toEqual({ $ref: "#/components/responses/Problem" });
    }
  });

  it("has no reference that leads nowhere", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference!);
    expect(references.length).toBeGreaterThan(0);
    for (const reference of new Set(references)) {
      const [, , kind, name] = reference.split("/") as [string, string, string, string];
      expect(reference).toBe(`#/components/${kind}/${name}`);
      expect((document.components as unknown as Record<string, object>)[kind], reference).toHaveProperty([name]);
    }
  });

  it("shows an example for every body", () => {
    const bodies = operations().filter(({ operation }) => operation.requestBody);
    expect(bodies.length).toBeGreaterThan(8);
    for (const { path, operation } of bodies) expect(operation.requestBody!.content["application/json"]?.example, path).toBeDefined();
  });

  it("asks for a token everywhere but at the open routes", () => {
    const open = operations().filter(({ operation }) => operation.security.length === 0);
    expect(open.map(({ path }) => path).sort()).toEqual(["/", "/docs", "/healthz", "/openapi.json"]);
  });

  it("lists no route that is not built", async () => {
    for (const { path, method } of operations()) {
      const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        name === "action" ? "publish" : name === "run_id" ? "build_none" : name === "matrix_sha" ? "ab".repeat(32) : "none",
      );
      const response = await call(method.toUpperCase(), `/v1${place}`, method === "post" ? { body: {} } : {});
      expect(response.status, `${method} ${path}`).not.toBe(501);
      expect(response.status, `${method} ${path}`).toBeLessThan(500);
      if (response.status === 404)
        expect(((await response.json()) as { detail: string }).detail, `${method} ${path}`).not.toContain("No route");
    }
  });

  it("gives the index the same routes", async () => {
    const index = (await (await call("GET", "/")).json()) as { routes: { method: string; path: string }[] };
    expect(index.routes).toHaveLength(operations().length);
  });
});
