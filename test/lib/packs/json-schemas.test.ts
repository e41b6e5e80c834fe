import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { jsonSchemas, type Node } from "../../../cli/generate/json-schemas.ts";
import { renderPackFormatDocs } from "../../../cli/generate/pack-format-docs.ts";
import { builtin } from "./support.ts";

const schemas = jsonSchemas();
const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true, validateFormats: false });
const validators = new Map<string, ValidateFunction>(Object.entries(schemas).map(([file, text]) => [file, ajv.compile(JSON.parse(text))]));

/** The schema that a document names in its first line, and what the document says, read by a plain YAML parser. */
const documents = builtin.list().map((path) => {
  const text = builtin.read(path)!;
  const schema = /^# yaml-language-server: \$schema=(?:\.\.\/)+schema\/(\S+)\n/.exec(text)?.[1];
  return { path, schema, value: parse(text) as Record<string, unknown> };
});
const errorsOf = (schema: string | undefined, value: unknown) => {
  const validate = validators.get(schema!)!;
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

describe("the JSON Schemas, by an independent validator", () => {
  it.each(documents)("accept $path", ({ schema, value }) => {
    expect(errorsOf(schema, value)).toEqual([]);
  });

  it("refuse an unknown key and a missing one in every kind of document", () => {
    const kinds = new Map(documents.map((document) => [document.schema, document.value]));
    expect(kinds.size).toBe(7);
    for (const [schema, value] of kinds) {
      expect(errorsOf(schema, { ...value, no_such_key: 1 }), schema).not.toEqual([]);
      const { [schema === "model-config.schema.json" ? "model_id" : "name"]: _, ...rest } = value;
      expect(errorsOf(schema, rest), schema).not.toEqual([]);
    }
  });

  it("refuse a value outside its choices and beyond its bounds", () => {
    const pack = documents.find(({ path }) => path === "swingsigma/pack.yaml")!;
    const change = (changed: object) => errorsOf(pack.schema, { ...pack.value, ...changed });
    expect(change({ description: "x".repeat(49) })).not.toEqual([]);
    expect(change({ description: "x".repeat(50) })).toEqual([]);
    expect(change({ cadences: ["weekly"] })).not.toEqual([]);
    expect(change({ version: "0.1" })).not.toEqual([]);
  });
});

describe("the JSON Schemas", () => {
  it.each(Object.entries(schemas))("have words on every field of %s", (_file, text) => {
    const silent: string[] = [];
    const walk = (node: Node, path: string): void => {
      for (const [key, child] of Object.entries(node.properties ?? {})) {
        if ((child.description ?? "") === "") silent.push(`${path}.${key}`);
        walk(child, `${path}.${key}`);
      }
      for (const child of [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])]) walk(child, path);
      if (node.items) walk(node.items, `${path}[]`);
      if (typeof node.additionalProperties === "object") walk(node.additionalProperties, `${path}.*`);
    };
    walk(JSON.parse(text) as Node, "");
    expect(silent).toEqual([]);
  });
});

describe("docs/pack-format.md", () => {
  const text = readFileSync(new URL("../../../docs/pack-format.md", import.meta.url), "utf8");

  it("is current (else run `npm run schemas`)", () => {
    expect(text).toBe(renderPackFormatDocs());
  });

  it("has type, bounds, default and meaning of fields at any depth", () => {
    expect(text).toContain(
      "| `vibe.risk_appetite.leverage` | number | >= 1, <= 20 | required | Largest gross exposure as a multiple of capital |",
    );
    expect(text).toContain(
      "| `execution.brackets.atr_mult_stop` | number | > 0, <= 50 | `1.5` | ATR mode: stop distance in average true ranges |",
    );
    expect(text).toContain("| `label(triple_barrier).sigma(fixed).fraction` | number | > 0, < 1 | required | A fraction of the price |");
    expect(text).toContain("| `strategy` | string or null | `^[a-z0-9][a-z0-9_]{0,63}$` | `null` |");
  });
});
