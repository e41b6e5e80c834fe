import type { IndicatorEntry } from "#lib/packs/indicator-set.schema.ts";
import type { AnswerOf } from "../../data/ask.ts";

type Catalogue = Extract<AnswerOf<"GET /indicators">, { readonly rows: unknown }>;
export type Indicator = Catalogue["rows"][number];

interface NamedSet {
  readonly name: string;
  readonly indicators: readonly IndicatorEntry[];
}

/** An indicator of a pack's menu, with what the catalogue says of it and the sets that compute it. */
export interface MenuRow {
  readonly name: string;
  /** What it is computed on: the model's own bars, or data of its own. */
  readonly timeframe: string;
  /** Undefined for a name that the catalogue does not have. */
  readonly indicator: Indicator | undefined;
  readonly usedBy: readonly { readonly set: string; readonly entry: IndicatorEntry }[];
}

export function menuRows(
  menu: readonly { readonly name: string; readonly timeframe: string }[],
  catalogue: readonly Indicator[],
  sets: readonly NamedSet[],
): MenuRow[] {
  const byName = new Map(catalogue.map((indicator) => [indicator.name, indicator]));
  return menu.map(({ name, timeframe }) => ({
    name,
    timeframe,
    indicator: byName.get(name),
    usedBy: sets.flatMap(({ name: set, indicators }) => indicators.filter((entry) => entry.name === name).map((entry) => ({ set, entry }))),
  }));
}

/** The catalogue marks names of parameters as code; a table and a title have no such marks. */
export const plainText = (text: string): string => text.replaceAll("`", "");

/** A parameter as its schema describes it. */
export interface Parameter {
  readonly name: string;
  readonly meaning: string;
  readonly standard: string;
  readonly allowed: string;
  /** Its values, where there are few. */
  readonly choices: readonly string[];
  readonly isNumber: boolean;
}

/** Reads the JSON Schema of an indicator's parameters. */
export function parametersOf({ params }: Pick<Indicator, "params">): Parameter[] {
  return Object.entries(params).map(([name, schema]) => {
    const {
      description,
      default: standard,
      ...rules
    } = (typeof schema === "object" && schema !== null ? schema : {}) as Record<string, unknown>;
    return {
      name,
      meaning: typeof description === "string" ? description : "",
      standard: standard === undefined ? "needed" : standard === null ? "none" : String(standard),
      allowed: allowedBy(rules),
      choices: Array.isArray(rules["enum"]) ? rules["enum"].map(String) : rules["type"] === "boolean" ? ["true", "false"] : [],
      isNumber: isNumber(rules),
    };
  });
}

function isNumber({ type, anyOf }: Readonly<Record<string, unknown>>): boolean {
  if (Array.isArray(anyOf)) return anyOf.some((each) => isNumber(each as Record<string, unknown>));
  return type === "integer" || type === "number";
}

function allowedBy(rules: Readonly<Record<string, unknown>>): string {
  if (Array.isArray(rules["enum"])) return rules["enum"].join(", ");
  if (Array.isArray(rules["anyOf"])) return rules["anyOf"].map((each) => allowedBy(each as Record<string, unknown>)).join(", or ");
  const type = String(rules["type"] ?? "");
  if (type === "null") return "none";
  if (type === "boolean") return "true, false";
  const kind = type === "integer" ? "whole number" : type;
  const low = bound(rules, "minimum", "exclusiveMinimum", "≥", ">");
  const high = bound(rules, "maximum", "exclusiveMaximum", "≤", "<");
  return [kind, [low, high].filter(Boolean).join(" and ")].filter(Boolean).join(", ");
}

/** Bounds that only say how large a number can be in a computer are no bounds to a reader. */
function bound(rules: Readonly<Record<string, unknown>>, inclusive: string, exclusive: string, atMost: string, beyond: string): string {
  const [value, sign] = typeof rules[inclusive] === "number" ? [rules[inclusive], atMost] : [rules[exclusive], beyond];
  return typeof value !== "number" || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? "" : `${sign} ${value}`;
}
