import type { Json } from "#lib/core/canonical-json.ts";
import { command } from "../command.ts";
import { count, text } from "../format.ts";
import { renderFacts, renderTable } from "../table.ts";

interface Indicator {
  readonly name: string;
  readonly version: number;
  readonly category: string;
  readonly timeframe: string;
  readonly inputs: readonly string[];
  readonly doc: string;
  readonly notes: string | null;
  readonly source: string;
  readonly needs: readonly string[];
  readonly params: Readonly<Record<string, { readonly [key: string]: Json }>>;
  readonly warmup_bars: number;
  readonly columns: readonly { readonly name: string; readonly unit: string }[];
}

export const indicators = command({
  name: "indicators",
  description: "The indicators that packs and models can use; with a name, everything about that one",
  routes: ["GET /indicators", "GET /indicators/{name}"],
  args: {
    name: { type: "positional", required: false, description: "An indicator" },
    category: { type: "string", valueHint: "trend|momentum|...", description: "Only this category" },
    group: { type: "boolean", description: "One table for each category" },
    q: { type: "string", valueHint: "text", description: "Part of the name or the description" },
  },
  examples: ["sigma indicators --category momentum", "sigma indicators --group", "sigma indicators rsi"],
  async run({ session, args }) {
    const client = await session.api();
    if (args.name !== undefined) {
      const found = await client.get<Indicator>(`/indicators/${encodeURIComponent(args.name)}`);
      return { document: found, text: indicatorText(found, session.width) };
    }
    const filter = { category: args.category, q: args.q };
    if (args.group) {
      const { groups } = await client.get<{ readonly groups: Readonly<Record<string, readonly Indicator[]>> }>("/indicators", {
        ...filter,
        group: "true",
      });
      const sections = Object.entries(groups).map(
        ([category, rows]) => `${category.replaceAll("_", " ")} (${rows.length})\n${indicatorTable(rows, session.width, false)}`,
      );
      return { document: { groups }, text: sections.length === 0 ? NO_MATCH : sections.join("\n\n") };
    }
    const { rows } = await client.get<{ readonly rows: readonly Indicator[] }>("/indicators", filter);
    return { document: { rows }, text: rows.length === 0 ? NO_MATCH : indicatorTable(rows, session.width, true) };
  },
});

const NO_MATCH = "No indicator matches.";

const indicatorTable = (rows: readonly Indicator[], width: number, withCategory: boolean): string =>
  renderTable<Indicator>(
    [
      { header: "Indicator", value: ({ name }) => name },
      ...(withCategory ? [{ header: "Category", value: ({ category }: Indicator) => category, optional: 1 }] : []),
      { header: "Warm-up (bars)", align: "right", value: ({ warmup_bars }) => count(warmup_bars) },
      { header: "Parameters", value: ({ params }) => text(parameters(params)), shrinkTo: 16 },
      { header: "What it says", value: ({ doc }) => doc, shrinkTo: 24 },
    ],
    rows,
    width,
  );

const parameters = (params: Indicator["params"]): string =>
  Object.entries(params)
    .map(([name, schema]) => (schema["default"] === undefined ? name : `${name} ${JSON.stringify(schema["default"])}`))
    .join(", ");

function indicatorText(found: Indicator, width: number): string {
  const facts: (readonly [string, string])[] = [
    ["Indicator", `${found.name}, version ${found.version}, ${found.category}`],
    ["What it says", found.doc],
    ["Reads", `${found.inputs.join(", ")}${found.timeframe === "any" ? "" : ` (${found.timeframe})`}`],
    ...(found.needs.length === 0 ? [] : [["Needs", found.needs.join("; ")] as const]),
    ["Columns", found.columns.map(({ name, unit }) => `${name} (${unit})`).join(", ")],
    ["Warm-up (bars)", count(found.warmup_bars)],
    ["Source", found.source],
    ...(found.notes === null ? [] : [["Notes", found.notes] as const]),
    ...Object.entries(found.params).map(([name, { default: value, minimum, maximum, description }]) => {
      const range = minimum === undefined && maximum === undefined ? "" : `, ${String(minimum ?? "")} to ${String(maximum ?? "")}`;
      return [
        `  ${name}`,
        `${JSON.stringify(value ?? null)}${range}${description === undefined ? "" : `: ${String(description)}`}`,
      ] as const;
    }),
  ];
  return renderFacts(facts, width);
}
