import { SigmaError } from "../errors/sigma-error.ts";
import { readDocument, readYaml } from "../packs/yaml.ts";
import { normaliseGatesAt } from "../policies/gate-aliases.ts";
import { ModelConfigDocumentSchema } from "./model-config.schema.ts";
import { parseModelName } from "./naming.ts";

const ASSET_WORDS: Readonly<Record<string, string>> = {
  equity: "eq",
  equities: "eq",
  stock: "eq",
  stocks: "eq",
  option: "opt",
  options: "opt",
};

const INSTRUMENT_WORDS: Readonly<Record<string, string>> = {
  eq: "stocks",
  equity: "stocks",
  equities: "stocks",
  stock: "stocks",
  opt: "options",
  option: "options",
};

/** A configuration as its file says it, synonyms replaced, identity filled in from the file's place; no defaults yet. */
export type ModelDocument = Readonly<Record<string, unknown>>;

/** Replaces accepted synonyms by the schema's own words. */
function normaliseModel(raw: unknown): unknown {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return raw;
  const document: Record<string, unknown> = { ...(normaliseGatesAt(raw, "gates") as Record<string, unknown>) };
  replaceWord(document, "asset_type", ASSET_WORDS);
  replaceWord(document, "instrument", INSTRUMENT_WORDS);
  return document;
}

/**
 * Reads `model_configs/<model_id>.yaml`. What the file leaves out and its place says (pack, id, ticker, asset, horizon,
 * cadence) is filled in; the symbol defaults to the ticker of the sample provider, never to simulated data.
 *
 * @throws MODEL_INVALID naming the file, the line and the field
 */
export function readModelDocument(text: string, packId: string, modelId: string): ModelDocument {
  const path = `${packId}/model_configs/${modelId}.yaml`;
  const name = { code: "MODEL_INVALID", path } as const;
  readDocument(text, ModelConfigDocumentSchema, name, normaliseModel);
  const written = normaliseModel(readYaml(text, name)) as Record<string, unknown>;
  for (const [key, expected] of Object.entries({ pack_id: packId, model_id: modelId })) {
    if (written[key] !== undefined && written[key] !== expected)
      throw new SigmaError(
        "MODEL_INVALID",
        `"${path}" has ${key} "${String(written[key])}"; its place says "${expected}". Correct one of them.`,
        {
          path,
          key,
        },
      );
  }
  const parts = parseModelName(modelId);
  const { suffix, ...named } = parts ?? { suffix: undefined };
  const identity: Record<string, unknown> = { pack_id: packId, ...named, ...written };
  return {
    ...identity,
    ...(identity["instrument"] === undefined ? { instrument: identity["asset_type"] === "opt" ? "options" : "stocks" } : {}),
    ...(identity["data"] === undefined ? { data: { provider: "sample", symbol: identity["ticker"] } } : {}),
    ...(identity["learner"] === undefined && suffix === "prior" ? { learner: { algo: "prior" } } : {}),
  };
}

function replaceWord(document: Record<string, unknown>, key: string, words: Readonly<Record<string, string>>): void {
  const value = document[key];
  if (typeof value === "string" && Object.hasOwn(words, value)) document[key] = words[value];
}
