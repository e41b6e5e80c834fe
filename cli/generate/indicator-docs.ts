import { writeFileSync } from "node:fs";
import * as z from "zod";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { CATEGORIES, type IndicatorColumn, type IndicatorDefinition, type IndicatorParams } from "#lib/indicators/define-indicator.ts";
import { needsText } from "#lib/indicators/needs-text.ts";

/** Text of `docs/indicators.md`, from the registry alone. */
export function renderIndicatorDocs(definitions: Iterable<IndicatorDefinition> = INDICATORS.values()): string {
  const all = [...definitions];
  const sections = CATEGORIES.map((category) => ({ category, members: all.filter((definition) => definition.category === category) }))
    .filter(({ members }) => members.length > 0)
    .flatMap(({ category, members }) => [`## ${capitalised(category)}`, ...members.map(describeIndicator)]);
  return `${[HEADER(all.length), ...sections].join("\n\n")}\n`;
}

const HEADER = (count: number): string => `# Indicators

<!-- Generated from lib/indicators by cli/generate/indicator-docs.ts. Do not edit. -->

${count} indicators. A value at a bar uses bars up to that bar only and is known at its close. Warm-up bars are empty (NaN), never zero; columns, units and
warm-ups below are those of the default parameters, at daily cadence.

- **Names.** In an indicator set, \`window\`, \`period\` and \`length\` are one parameter, and \`rsi_14\` means \`rsi\` with its length 14.
- **Other columns.** An indicator that reads the close alone takes \`column: open | high | low | volume\`; the column's name then ends in it (\`sma_20_high\`).
- **Units.** \`price\` and \`volume\` are on the scale of the input, \`turnover\` is price x volume; \`ratio\` is a fraction (0.01 = 1 %), \`percent\` is in percent, \`index\` has no scale, \`flag\` is a few whole
  numbers; \`volatility\` is a fraction a year and \`variance\` its square; \`usd\` is dollars at raw prices, \`points\` an index level's.
- **Needs.** What an indicator reads beside the symbol's own bars. Warm-ups count on those data reaching back as far as is said; where they do not, the column is NaN.
- **Gaps.** A missing bar gives NaN while an indicator's window holds it; recursive averages give NaN at the gap and then go on from where they were.
- **Memory.** *Finite*: the value depends on the last warm-up + 1 bars. *Recursive*: earlier bars count ever less, or those of the session do; start at least ten windows before you use a value.`;

function describeIndicator(definition: IndicatorDefinition): string {
  const defaults = definition.params.parse({}) as IndicatorParams;
  const longest = definition.warmupBars(defaults);
  return [
    `### ${definition.name}`,
    definition.doc,
    ...(definition.notes ? [definition.notes] : []),
    [
      `- Version ${definition.version}; ${definition.subcategory}; timeframe ${definition.timeframe}; reads ${definition.inputs.join(", ")}; ${definition.memory} memory`,
      ...needsLine(definition, defaults),
      `- Source: ${definition.source}`,
    ].join("\n"),
    ...parameterTable(definition),
    table(
      ["Column", "Unit", "Warm-up bars", "Range", "On a flat series"],
      definition
        .columns(defaults)
        .map((column) => [`\`${column.name}\``, column.unit, String(column.warmupBars ?? longest), rangeOf(column), flatOf(column)]),
    ),
  ].join("\n\n");
}

function needsLine(definition: IndicatorDefinition, defaults: IndicatorParams): string[] {
  const needs = needsText(definition.needs?.(defaults));
  return needs.length === 0 ? [] : [`- Needs: ${needs.join("; ")}`];
}

type ParamSchema = {
  readonly type?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly enum?: readonly string[];
};

function parameterTable(definition: IndicatorDefinition): string[] {
  const { properties = {} } = z.toJSONSchema(definition.params, { io: "input" }) as { properties?: Record<string, ParamSchema> };
  const rows = Object.entries(properties).map(([name, schema]) => [
    `\`${name}\``,
    schema.type ?? "",
    String(schema.default),
    boundsOf(schema),
    schema.description ?? "",
  ]);
  return rows.length > 0 ? [table(["Parameter", "Type", "Default", "Bounds", "Meaning"], rows)] : [];
}

function boundsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, enum: choices }: ParamSchema): string {
  if (choices) return choices.join(", ");
  const low = exclusiveMinimum !== undefined ? `> ${exclusiveMinimum}` : minimum !== undefined ? `>= ${minimum}` : "";
  const high = exclusiveMaximum !== undefined ? `< ${exclusiveMaximum}` : maximum !== undefined ? `<= ${maximum}` : "";
  return [low, high].filter((part) => part !== "").join(", ");
}

const rangeOf = ({ bounds }: IndicatorColumn): string => (bounds ? `${bounds[0]} to ${bounds[1]}` : "");

function flatOf({ flat }: IndicatorColumn): string {
  if (flat === undefined) return "";
  if (flat === "price") return "the price";
  if (flat === "volume") return "the volume";
  if (flat === "turnover") return "price x volume";
  return Number.isNaN(flat) ? "NaN" : String(flat);
}

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).replaceAll("_", " ");

if (import.meta.main) writeFileSync(new URL("../../docs/indicators.md", import.meta.url), renderIndicatorDocs());
