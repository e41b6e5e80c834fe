import * as z from "zod";
import { ProblemSchema } from "#lib/errors/problem.ts";
import type { AnyRoute, Documented } from "./route.ts";

type Schema = { [key: string]: unknown };

/** Every route with schemas that zod itself writes: JSON Schema 2020-12 is what OpenAPI 3.1 speaks. */
export function openApiDocument(version: string, routes: readonly AnyRoute[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  return {
    openapi: "3.1.0",
    info: {
      title: "Sigma Lab",
      version,
      description:
        "From a trading idea to a trusted, explainable signal. Long work answers 202 with a run; `Prefer: wait=20` waits. " +
        "Every route also answers without `/v1`; the classic paths then add `ok`.",
    },
    servers: [{ url: "/v1" }],
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "A JWT of the user pool or an API token. Local mode needs none on loopback addresses.",
        },
      },
      schemas: { Problem: jsonSchema(ProblemSchema, "output") },
    },
    paths,
  };
}

function operationOf(route: AnyRoute): object {
  const { method, tag, summary, body, bodyExample, answers, open, startsRun } = route;
  const parameters = [
    ...parametersOf(route.params!, "path"),
    ...parametersOf(route.query!, "query"),
    ...(method === "post" ? [header("Idempotency-Key", "Within 24 hours the same key and request get the same answer")] : []),
    ...(startsRun ? [header("Prefer", "wait=20: wait up to 20 s for the end; wait: on one machine, until done")] : []),
  ];
  const requestBody = body && {
    required: true,
    content: { "application/json": { schema: jsonSchema(body, "input"), ...(bodyExample === undefined ? {} : { example: bodyExample }) } },
  };
  return {
    tags: [tag],
    summary,
    operationId: operationId(route),
    security: open ? [] : [{ token: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(requestBody ? { requestBody } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, responseOf(answer)])),
      default: {
        description: "A problem (RFC 9457) with a permanent code",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

/** `get /runs/{run_id}` is `getRunsRunId`. */
function operationId({ method, path }: Pick<AnyRoute, "method" | "path">): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return [method, ...(words.length === 0 ? ["index"] : words)]
    .map((word, i) => (i === 0 ? word : word[0]!.toUpperCase() + word.slice(1)))
    .join("");
}

function responseOf({ description, schema, type, example }: Documented) {
  const content = { ...(schema ? { schema: jsonSchema(schema, "output") } : {}), ...(example === undefined ? {} : { example }) };
  return {
    description,
    headers: { "X-Request-ID": { schema: { type: "string" }, description: "The caller's own id when it is safe, else a new one" } },
    ...(schema || type ? { content: { [type ?? "application/json"]: content } } : {}),
  };
}

function parametersOf(schema: z.ZodType, where: "path" | "query") {
  const { properties = {}, required = [] } = jsonSchema(schema, "input") as { properties?: Record<string, Schema>; required?: string[] };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: where === "path" || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

const header = (name: string, description: string) => ({ name, in: "header", required: false, description, schema: { type: "string" } });

/** One schema without references: the only recursive one is "any JSON value". */
function jsonSchema(schema: z.ZodType, io: "input" | "output"): Schema {
  const { $schema, $defs, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Schema;
  return withoutReferences(rest) as Schema;
}

function withoutReferences(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutReferences);
  if (typeof node !== "object" || node === null) return node;
  if ("$ref" in node) return { description: "Any JSON value" };
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withoutReferences(value)]));
}
