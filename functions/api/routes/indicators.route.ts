import * as z from "zod";
import { JsonSchema } from "#lib/core/json.schema.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { INDICATORS, indicatorNamed } from "#lib/indicators/catalog.ts";
import { CATEGORIES, type IndicatorDefinition, type IndicatorParams } from "#lib/indicators/define-indicator.ts";
import { needsText } from "#lib/indicators/needs-text.ts";
import { json } from "../http/answer.ts";
import { type AnyRoute, defineRoute } from "../route.ts";

const IndicatorViewSchema = z.strictObject({
  name: z.string(),
  version: z.int(),
  category: z.enum(CATEGORIES),
  subcategory: z.string(),
  timeframe: z.string(),
  inputs: z.array(z.string()),
  memory: z.enum(["finite", "recursive"]),
  doc: z.string(),
  notes: z.string().nullable(),
  source: z.string(),
  tags: z.array(z.string()),
  needs: z.array(z.string()).describe("Data beside the symbol's own bars, at default parameters; empty = none"),
  params: z.record(z.string(), JsonSchema).describe("JSON Schema of the parameters, with defaults and bounds"),
  warmup_bars: z.int().describe("Empty bars before the first value, at default parameters"),
  columns: z
    .array(z.strictObject({ name: z.string(), unit: z.string(), bounds: z.array(z.number()).nullable() }))
    .describe("At default parameters"),
});
type IndicatorView = z.infer<typeof IndicatorViewSchema>;

function viewOf(definition: IndicatorDefinition): IndicatorView {
  const { name, version, category, subcategory, timeframe, inputs, memory, doc, notes, source, tags = [] } = definition;
  const defaults = definition.params.parse({}) as IndicatorParams;
  const { properties = {} } = z.toJSONSchema(definition.params, { io: "input" });
  return {
    name,
    version,
    category,
    subcategory,
    timeframe,
    inputs: [...inputs],
    memory,
    doc,
    notes: notes ?? null,
    source,
    tags: [...tags],
    needs: needsText(definition.needs?.(defaults)),
    params: properties as IndicatorView["params"],
    warmup_bars: definition.warmupBars(defaults),
    columns: definition
      .columns(defaults)
      .map((column) => ({ name: column.name, unit: column.unit, bounds: column.bounds ? [...column.bounds] : null })),
  };
}

const IndicatorsQuery = z.strictObject({
  group: z.enum(["true", "false"]).default("false").describe("true: by category"),
  category: z.enum(CATEGORIES).optional(),
  q: z.string().min(1).max(64).optional().describe("Part of the name or of the description"),
});

export const indicatorRoutes: readonly AnyRoute[] = [
  defineRoute({
    method: "get",
    path: "/indicators",
    tag: "indicators",
    summary: "The indicator catalogue: parameters, units, warm-up, sources",
    query: IndicatorsQuery,
    answers: {
      200: {
        description: "Indicators in the order of the documentation; grouped by category on request",
        schema: z.union([
          z.strictObject({ rows: z.array(IndicatorViewSchema) }),
          z.strictObject({ groups: z.record(z.string(), z.array(IndicatorViewSchema)) }),
        ]),
      },
    },
    handler: async ({ query: { group, category, q } }) => {
      const wanted = q?.toLowerCase();
      const rows = [...INDICATORS.values()]
        .filter((definition) => category === undefined || definition.category === category)
        .filter(({ name, doc }) => wanted === undefined || name.includes(wanted) || doc.toLowerCase().includes(wanted))
        .map(viewOf);
      if (group === "false") return json({ rows });
      const groups = CATEGORIES.map((name) => [name, rows.filter((row) => row.category === name)] as const);
      return json({ groups: Object.fromEntries(groups.filter(([, members]) => members.length > 0)) });
    },
  }),
  defineRoute({
    method: "get",
    path: "/indicators/{name}",
    tag: "indicators",
    summary: "One indicator",
    params: z.strictObject({ name: z.string().regex(/^[a-z0-9_]{1,64}$/, "must be 1 to 64 characters of a-z, 0-9 and _") }),
    answers: { 200: { description: "The indicator", schema: IndicatorViewSchema } },
    handler: async ({ params }) => json(viewOf(named(params.name))),
  }),
];

/** A name in a path that leads nowhere is a missing page, not an invalid document. */
function named(name: string): IndicatorDefinition {
  try {
    return indicatorNamed(name);
  } catch (error) {
    if (!(error instanceof SigmaError)) throw error;
    throw new SigmaError("NOT_FOUND", error.message, error.facts, { cause: error });
  }
}
