import * as z from "zod";
import { CADENCES } from "../../core/bars.ts";
import { IdSchema, SymbolSchema } from "../../core/ids.ts";
import { BAR_FIELDS, LEVEL_FIELDS } from "../bar-source.ts";
import { KnownAtSchema } from "../known-at.ts";
import { CHAIN_FIELDS } from "../options/chain-fields.ts";
import { FLOW_FIELDS } from "../options/flow-fields.ts";
import { OPTION_BAR_FIELDS } from "../options/option-bar-fields.ts";
import { DATE_ORDERS, type FieldSpecs } from "../source/source-table.ts";
import { UNIVERSE_FIELDS } from "../universe-fields.ts";

const columnName = z.string().min(1).max(200);

/** Our columns to the source's; null where the source's column of a usual name is not meant. */
function columnsOf<F extends string>(specs: FieldSpecs<F>) {
  const entries = (Object.keys(specs) as F[]).map((field) => [
    field,
    (specs[field].required ? columnName : columnName.nullable()).optional(),
  ]);
  const shape = Object.fromEntries(entries) as Record<F, z.ZodOptional<z.ZodNullable<z.ZodString>>>;
  return z.strictObject(shape).prefault({} as never);
}

const common = {
  path: z
    .string()
    .min(1)
    .max(4096)
    .describe("A file, or several by a pattern: {symbol} stands for the symbol, * for anything but a slash; relative to this document"),
  timezone: z.string().min(1).max(80).default("America/New_York").describe("IANA zone of times that carry none"),
  delimiter: z.enum([",", ";", "\t", "|"]).optional().describe("What separates cells; by default the header tells"),
  dates: z.enum(DATE_ORDERS).default("year_first").describe("2024-07-01, 07/01/2024 (month_first) or 01/07/2024 (day_first)"),
  empty_cells: z.array(z.string().min(1).max(20)).max(20).default([]).describe('Texts that stand for an empty cell, such as "." or "NA"'),
};

const ofSymbols = {
  symbol: SymbolSchema.optional().describe("The symbol, where the path has no {symbol}"),
  symbols: z.array(SymbolSchema).min(1).max(5000).optional().describe("Which symbols to take, where the path has {symbol}; by default all"),
};

const barLabel = z.enum(["start", "end"]).default("start").describe("Whether a time marks the bar's start or its end");
const cadence = z.enum(CADENCES);

const bars = z.strictObject({
  kind: z.literal("bars"),
  ...common,
  ...ofSymbols,
  cadence,
  bar_label: barLabel,
  columns: columnsOf(BAR_FIELDS),
  actions: z
    .string()
    .min(1)
    .max(4096)
    .optional()
    .describe("CSV of splits and dividends: symbol, ex_date, kind, ratio, amount; the path may have {symbol}"),
});

const index = z.strictObject({
  kind: z.literal("index"),
  ...common,
  ...ofSymbols,
  cadence: cadence.default("daily"),
  bar_label: barLabel,
  columns: columnsOf(LEVEL_FIELDS),
  available_at: KnownAtSchema.default("16:15").describe("When a session's level is published; daily levels only"),
});

const optionChains = z.strictObject({
  kind: z.literal("option_chains"),
  ...common,
  ...ofSymbols,
  roots: z.array(SymbolSchema).min(1).max(20).optional().describe("Roots of its contracts, such as SPX and SPXW; by default the symbol"),
  columns: columnsOf(CHAIN_FIELDS),
  known_at: KnownAtSchema.optional().describe("When the rows dated with a session were known; by default close+15m"),
  prices_of: z
    .enum(["session", "previous_session"])
    .default("session")
    .describe("Which session prices, volumes and volatilities are from: the row's date, or the session before it"),
  open_interest_of: z
    .enum(["session", "next_session"])
    .optional()
    .describe("Which morning the open interest is of: the row's date, or the session after it. Needed where the source has one"),
  crossed_quotes: z.enum(["refuse", "unknown"]).default("refuse").describe("What to do with a bid above the ask"),
  iv_unit: z.enum(["fraction", "percent"]).default("fraction"),
});

const optionBars = z.strictObject({
  kind: z.literal("option_bars"),
  ...common,
  ...ofSymbols,
  roots: optionChains.shape.roots,
  bar_label: barLabel,
  columns: columnsOf(OPTION_BAR_FIELDS),
});

const flowCells = z.strictObject({
  kind: z.literal("flow_cells"),
  ...common,
  ...ofSymbols,
  cadence: cadence.exclude(["daily"]).default("hourly"),
  bar_label: barLabel,
  columns: columnsOf(FLOW_FIELDS),
});

const universe = z.strictObject({
  kind: z.literal("universe"),
  ...common,
  name: IdSchema,
  columns: columnsOf(UNIVERSE_FIELDS),
});

/** `sigma data import --config data.yaml`: which files hold what, and how they are to be read. */
export const DataDocumentSchema = z
  .discriminatedUnion("kind", [bars, index, optionChains, optionBars, flowCells, universe])
  .superRefine((document, context) => {
    for (const { path, message } of contradictions(document)) context.addIssue({ code: "custom", path: [...path], message });
  });
export type DataDocument = z.infer<typeof DataDocumentSchema>;
export type DataDocumentOf<K extends DataDocument["kind"]> = Extract<DataDocument, { kind: K }>;

interface Contradiction {
  readonly path: readonly string[];
  readonly message: string;
}

/** What the parts of a document say against each other. */
function contradictions(document: DataDocument): Contradiction[] {
  const found: Contradiction[] = [];
  const say = (path: readonly string[], message: string): void => void found.push({ path, message });
  const named = new Map<string, string>();
  for (const [field, column] of Object.entries(document.columns)) {
    if (typeof column !== "string") continue;
    const other = named.get(column);
    if (other !== undefined) say(["columns", field], `the source's column "${column}" cannot be "${other}" and "${field}" at once`);
    named.set(column, field);
  }
  if (document.kind === "universe") {
    if (document.path.includes("{symbol}")) say(["path"], "a universe is one file of all its symbols; leave {symbol} out");
    return found;
  }
  const hasPattern = document.path.includes("{symbol}");
  if (hasPattern && document.symbol !== undefined)
    say(["symbol"], "the path's {symbol} says the symbol; use symbols to take some of them only");
  if (!hasPattern && document.symbol === undefined) say(["symbol"], "say the symbol, or put {symbol} into the path");
  if (!hasPattern && document.symbols !== undefined) say(["symbols"], "several symbols need {symbol} in the path");
  if (document.kind === "bars" && document.actions !== undefined && typeof document.columns.factor === "string")
    say(["actions"], "an adjustment factor and an actions file say the same thing twice; take one of them");
  if (document.kind === "option_chains") {
    const { columns, known_at, prices_of } = document;
    if (known_at !== undefined && typeof columns.known_at === "string")
      say(["known_at"], "a column says when each row was known; leave the rule out");
    if (prices_of === "session" && known_at === "open")
      say(["known_at"], "a session's prices are not known at its open; say prices_of: previous_session, or a later time");
  }
  return found;
}
