import { openApiDocument } from "#functions/api/openapi/document.ts";
import { indexRoutes } from "#functions/api/routes/index.route.ts";
import { ROUTES } from "#functions/api/routes.ts";

type Schema = { readonly [key: string]: unknown };

interface Operation {
  readonly summary: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>>;
}

interface ApiDocument {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Text of `client/operations.ts`: the types of every route, from the API's own description. */
export function renderClientTypes(): string {
  const routes = [
    ...indexRoutes(
      () => [],
      async () => ({}),
    ),
    ...ROUTES,
  ];
  const { components, paths } = openApiDocument("", routes) as ApiDocument;
  const named = Object.entries(components.schemas)
    .filter(([name]) => name !== "Problem")
    .map(([name, schema]) => `export type ${name} = ${typeOf(schema, "")};`);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationType(`${method.toUpperCase()} ${path}`, operation)),
  );
  return `${HEADER}\n\n${named.join("\n\n")}\n\n/** Every route with what it takes and what it answers. */\nexport interface Operations {\n${operations.join("\n")}\n}\n`;
}

const HEADER = `// Generated from functions/api by cli/generate/generate.ts (npm run schemas). Do not edit.

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };`;

function operationType(name: string, { summary, parameters = [], requestBody, responses }: Operation): string {
  const part = (place: string): string => {
    const found = parameters.filter((parameter) => parameter.in === place);
    if (found.length === 0) return "undefined";
    const fields = found.map(({ name: key, required, schema }) => `    readonly ${fieldName(key, required)}: ${typeOf(schema, "    ")};`);
    return `{\n${fields.join("\n")}\n  }`.replaceAll("\n", "\n  ");
  };
  const body = requestBody ? typeOf(requestBody.content["application/json"]!.schema, "    ") : "undefined";
  const answers = Object.entries(responses)
    .filter(([status]) => status.startsWith("2"))
    .map(([, { content = {} }]) => {
      const found = content["application/json"];
      return found?.schema ? typeOf(found.schema, "    ") : Object.keys(content).length > 0 ? "string" : "undefined";
    });
  return [
    `  /** ${summary.replaceAll("*/", "* /")} */`,
    `  readonly ${JSON.stringify(name)}: {`,
    `    readonly params: ${part("path")};`,
    `    readonly query: ${part("query")};`,
    `    readonly body: ${body};`,
    `    readonly answer: ${[...new Set(answers)].join(" | ")};`,
    "  };",
  ].join("\n");
}

/** A schema as a type; what types cannot say (bounds, patterns) is left to the API. */
function typeOf(schema: Schema, indent: string): string {
  const {
    $ref,
    anyOf,
    allOf,
    type,
    enum: choices,
  } = schema as {
    readonly $ref?: string;
    readonly anyOf?: readonly Schema[];
    readonly allOf?: readonly Schema[];
    readonly type?: string | readonly string[];
    readonly enum?: readonly unknown[];
  };
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf("/") + 1);
  if ("const" in schema) return JSON.stringify(schema["const"]);
  if (choices !== undefined) return union(choices.map((choice) => JSON.stringify(choice)));
  if (anyOf !== undefined) return union(anyOf.map((branch) => typeOf(branch, indent)));
  if (allOf !== undefined) return allOf.map((part) => grouped(typeOf(part, indent))).join(" & ");
  if (type === undefined) return "Json";
  const types = typeof type === "string" ? [type] : type;
  return union(types.map((one) => plainType(one, schema, indent)));
}

function plainType(type: string, schema: Schema, indent: string): string {
  if (type === "integer" || type === "number") return "number";
  if (type === "array") return arrayType(schema, indent);
  if (type === "object") return objectType(schema, indent);
  return type;
}

function arrayType(schema: Schema, indent: string): string {
  const { prefixItems, items } = schema as { prefixItems?: readonly Schema[]; items?: Schema };
  if (prefixItems !== undefined) return `readonly [${prefixItems.map((item) => typeOf(item, indent)).join(", ")}]`;
  return `readonly ${items === undefined ? "Json" : grouped(typeOf(items, indent))}[]`;
}

function objectType(schema: Schema, indent: string): string {
  const {
    properties = {},
    required = [],
    additionalProperties,
  } = schema as {
    properties?: Record<string, Schema>;
    required?: readonly string[];
    additionalProperties?: Schema | boolean;
  };
  const deeper = `${indent}  `;
  const fields = Object.entries(properties).flatMap(([name, field]) => [
    ...(typeof field["description"] === "string" ? [`${deeper}/** ${field["description"].replaceAll("*/", "* /")} */`] : []),
    `${deeper}readonly ${fieldName(name, required.includes(name))}: ${typeOf(field, deeper)};`,
  ]);
  if (fields.length > 0) return `{\n${fields.join("\n")}\n${indent}}`;
  if (typeof additionalProperties === "object") return `{ readonly [key: string]: ${typeOf(additionalProperties, indent)} }`;
  return additionalProperties === false ? "Record<never, never>" : "{ readonly [key: string]: Json }";
}

const fieldName = (name: string, required: boolean): string =>
  `${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}${required ? "" : "?"}`;

const union = (types: readonly string[]): string => [...new Set(types)].join(" | ");

const grouped = (type: string): string => (/ [|&] /.test(type) || type.startsWith("readonly ") ? `(${type})` : type);
