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
  readonly needs: { readonly summary: string } | null;
  readonly doc: string;
  readonly notes: string | null;
  readonly source: string;
  readonly params: Readonly<Record<string, { readonly [key: string]: Json }>>;
  readonly warmup_bars: number;
  readonly columns: readonly { readonly name: string; readonly unit: string }[];
}

export const indicators = command({
  name: "indicators",
  description: "The indicators that packs and models can use; with a name, everything about that one",
  args: {
    name: { type: "positional", required: false, description: "An indicator" },
    category: { type: "string", valueHint: "trend|momentum|...", description: "Only this category" },
    q: { type: "string", valueHint: "text", description: "Part of the name or the description" },
  },
  examples: ["sigma indicators --category momentum", "sigma indicators rsi"],
  async run({ session, args }) {
    const client = await session.api();
    if (args.name !== undefined) {
      const found = await client.get<Indicator>(`/indicators/${encodeURIComponent(args.name)}`);
      return { document: found, text: indicatorText(found) };
    }
    const { rows } = await client.get<{ readonly rows: readonly Indicator[] }>("/indicators", { category: args.category, q: args.q });
    const table = renderTable<Indicator>(
      [
        { header: "Indicator", value: ({ name }) => name },
        { header: "Category", value: ({ category }) => category },
        { header: "Warm-up (bars)", align: "right", value: ({ warmup_bars }) => count(warmup_bars) },
        { header: "Parameters", value: ({ params }) => text(parameters(params)), shrinkTo: 16 },
        { header: "What it says", value: ({ doc }) => doc, shrinkTo: 24 },
      ],
      rows,
      session.width,
    );
    return { document: { rows }, text: rows.length === 0 ? "No indicator matches." : table };
  },
});

const parameters = (params: Indicator["params"]): string =>
  Object.entries(params)
    .map(([name, schema]) => (schema["default"] === undefined ? name : `${name} ${JSON.stringify(schema["default"])}`))
    .join(", ");

function indicatorText(found: Indicator): string {
  const facts: (readonly [string, string])[] = [
    ["Indicator", `${found.name}, version ${found.version}, ${found.category}`],
    ["What it says", found.doc],
    ["Reads", `${found.inputs.join(", ")} of the ${found.timeframe}`],
    ["Needs", found.needs === null ? "the symbol's own bars" : found.needs.summary],
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
  return renderFacts(facts);
}
