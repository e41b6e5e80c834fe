import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as z from "zod";
import { DataDocumentSchema } from "#lib/market-data/imports/data-document.schema.ts";
import { UniverseDocumentSchema } from "#lib/market-data/universe.schema.ts";
import { ModelConfigDocumentSchema } from "#lib/models/model-config.schema.ts";
import { IndicatorSetSchema } from "#lib/packs/indicator-set.schema.ts";
import { ModelTemplateSchema } from "#lib/packs/model-template.schema.ts";
import { PackSchema } from "#lib/packs/pack.schema.ts";
import { StrategySchema } from "#lib/packs/strategy.schema.ts";
import { PolicySchema } from "#lib/policies/policy.schema.ts";
import { RiskProfileSchema } from "#lib/policies/risk-budget.schema.ts";
import { describeField } from "./field-descriptions.ts";

/** A policy may stand at the root or, but for its name and version, under `policy:`. */
const PolicyDocumentSchema = z.union([
  PolicySchema,
  z.strictObject({
    name: PolicySchema.shape.name,
    version: PolicySchema.shape.version,
    policy: PolicySchema.omit({ name: true, version: true }),
  }),
]);

const SCHEMAS = {
  pack: PackSchema,
  "indicator-set": IndicatorSetSchema,
  strategy: StrategySchema,
  policy: PolicyDocumentSchema,
  "risk-profile": RiskProfileSchema,
  "model-template": ModelTemplateSchema,
  "model-config": ModelConfigDocumentSchema,
  "data-import": DataDocumentSchema,
  universe: UniverseDocumentSchema,
} as const satisfies Record<string, z.ZodType>;

/** Texts of the JSON Schemas of every YAML document, by file name: what editors complete and check with. */
export function jsonSchemas(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(SCHEMAS).map(([name, schema]) => {
      const json = described(name, z.toJSONSchema(schema, { io: "input", target: "draft-7" }) as Node);
      return [`${name}.schema.json`, `${JSON.stringify(json, null, 2)}\n`];
    }),
  );
}

/** The part of a JSON Schema that leads to fields. */
export interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly allOf?: readonly Node[];
  readonly description?: string;
}

/** The schema with words on every field that has none of its own. */
function described(document: string, node: Node, path = ""): Node {
  const inner = (child: Node): Node => described(document, child, path);
  const { properties, items, additionalProperties, anyOf, oneOf, allOf } = node;
  return {
    ...node,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, child]) => {
          const at = path === "" ? key : `${path}.${key}`;
          const description = child.description ?? describeField(document, at);
          return [key, { ...(description === undefined ? {} : { description }), ...described(document, child, at) }];
        }),
      ),
    }),
    ...(items && { items: inner(items) }),
    ...(typeof additionalProperties === "object" && { additionalProperties: inner(additionalProperties) }),
    ...(anyOf && { anyOf: anyOf.map(inner) }),
    ...(oneOf && { oneOf: oneOf.map(inner) }),
    ...(allOf && { allOf: allOf.map(inner) }),
  };
}

/** Writes the JSON Schemas into a folder. @returns the paths written */
export function writeJsonSchemas(folder: string = resolve(import.meta.dirname, "..", "..", "packs", "schema")): string[] {
  mkdirSync(folder, { recursive: true });
  return Object.entries(jsonSchemas()).map(([file, text]) => {
    const path = join(folder, file);
    writeFileSync(path, text);
    return path;
  });
}

if (import.meta.main) for (const path of writeJsonSchemas()) console.log(path);
