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
      const json = z.toJSONSchema(schema, { io: "input", target: "draft-7" });
      return [`${name}.schema.json`, `${JSON.stringify(json, null, 2)}\n`];
    }),
  );
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
