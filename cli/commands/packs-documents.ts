import type { IndicatorEntry, IndicatorSet } from "#lib/packs/indicator-set.schema.ts";
import type { ModelTemplate } from "#lib/packs/model-template.schema.ts";
import type { Strategy } from "#lib/packs/strategy.schema.ts";
import { command } from "../command.ts";
import { allRows } from "../find-model.ts";
import { text } from "../format.ts";
import { type ModelRow, modelTable } from "../model-table.ts";
import { renderTable } from "../table.ts";

const PACK_ARGS = { pack: { type: "positional", description: "Pack id", required: true } } as const;

const documents = (packId: string, kind: string): string => `/packs/${encodeURIComponent(packId)}/${kind}`;

export const packsTemplates = command({
  name: "packs templates",
  description: "Model templates: of one pack, or of every pack",
  routes: ["GET /packs/{pack_id}/templates", "GET /model_templates"],
  args: { pack: { ...PACK_ARGS.pack, required: false } },
  examples: ["sigma packs templates swingsigma", "sigma packs templates"],
  async run({ session, args }) {
    const client = await session.api();
    const rows =
      args.pack === undefined
        ? await allRows<ModelTemplate & { readonly pack_id: string }>(client, "/model_templates")
        : (await allRows<ModelTemplate>(client, documents(args.pack, "templates"))).map((row) => ({ pack_id: args.pack!, ...row }));
    const table = renderTable(
      [
        { header: "Template", value: ({ name }) => name },
        ...(args.pack === undefined ? [{ header: "Pack", value: ({ pack_id }: (typeof rows)[number]) => pack_id }] : []),
        { header: "Asset", value: ({ model }) => model.asset_type },
        { header: "Horizon", value: ({ model }) => model.horizon },
        { header: "Cadence", value: ({ model }) => model.cadence },
        { header: "What it is", value: ({ title }) => title, shrinkTo: 20 },
      ],
      rows,
      session.width,
    );
    const [first] = rows;
    const next = first === undefined ? [] : [`Next: sigma models create --pack ${first.pack_id} --template ${first.name} --ticker TICKER`];
    return { document: { rows }, text: rows.length === 0 ? "No templates." : [table, ...next].join("\n") };
  },
});

export const packsIndicators = command({
  name: "packs indicators",
  description: "Indicator sets of a pack, with the parameters of each indicator",
  routes: ["GET /packs/{pack_id}/indicator_sets"],
  args: PACK_ARGS,
  examples: ["sigma packs indicators swingsigma"],
  async run({ session, args }) {
    const rows = await allRows<IndicatorSet>(await session.api(), documents(args.pack, "indicator_sets"));
    const sections = rows.map(({ name, version, description, indicators }) => {
      const table = renderTable<IndicatorEntry>(
        [
          { header: "Indicator", value: (entry) => entry.name },
          { header: "Parameters", value: (entry) => text(parametersText(entry)), shrinkTo: 20 },
        ],
        indicators,
        session.width,
      );
      return `${session.paint("bold", name)}, version ${version}${description === undefined ? "" : `: ${description}`}\n${table}`;
    });
    return { document: { rows }, text: rows.length === 0 ? "No indicator sets." : sections.join("\n\n") };
  },
});

const parametersText = ({ name, ...params }: IndicatorEntry): string =>
  Object.entries(params)
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(", ");

export const packsStrategies = command({
  name: "packs strategies",
  description: "Strategies of a pack: which trades their entry rules let through",
  routes: ["GET /packs/{pack_id}/strategies"],
  args: PACK_ARGS,
  examples: ["sigma packs strategies swingsigma"],
  async run({ session, args }) {
    const rows = await allRows<Strategy>(await session.api(), documents(args.pack, "strategies"));
    const table = renderTable<Strategy>(
      [
        { header: "Strategy", value: ({ name, default: isDefault }) => (isDefault ? `${name} (default)` : name) },
        { header: "Side", value: ({ side }) => side },
        { header: "Enters when", value: ({ entry }) => entryText(entry), shrinkTo: 24 },
        { header: "Exit", value: ({ exit }) => exit.kind.replaceAll("_", " "), optional: 1 },
      ],
      rows,
      session.width,
    );
    return { document: { rows }, text: rows.length === 0 ? "No strategies." : table };
  },
});

function entryText(entry: Strategy["entry"]): string {
  const [conditions, joined] = "all" in entry ? [entry.all, " and "] : [entry.any, " or "];
  return conditions.map(({ column, op, value }) => `${column} ${op} ${value}`).join(joined);
}

export const packsModels = command({
  name: "packs models",
  description: "Models of a pack, and your own ones in it",
  routes: ["GET /packs/{pack_id}/models"],
  args: PACK_ARGS,
  examples: ["sigma packs models swingsigma"],
  async run({ session, args }) {
    const rows = await allRows<ModelRow>(await session.api(), documents(args.pack, "models"));
    return { document: { rows }, text: modelTable(rows, session.width) };
  },
});

interface TaggedStrategy {
  readonly pack_id: string;
  readonly strategy: string;
  readonly tags: readonly string[];
}

export const packsSearch = command({
  name: "packs search",
  description: "Strategies of every pack that have all the wanted tags, inherited ones included",
  routes: ["GET /strategies"],
  args: {
    tag: { type: "string", valueHint: "tag,tag", description: "Wanted tags; may be given several times. Without any, every strategy" },
  },
  repeatable: ["tag"],
  examples: ["sigma packs search --tag conservative,long_only,swing,beginner", "sigma packs search --tag swing --tag long_only"],
  async run({ session, all }) {
    const rows = await allRows<TaggedStrategy>(await session.api(), "/strategies", { tags: all("tag").join(",") || undefined });
    const table = renderTable<TaggedStrategy>(
      [
        { header: "Strategy", value: ({ strategy }) => strategy },
        { header: "Pack", value: ({ pack_id }) => pack_id },
        { header: "Tags", value: ({ tags }) => tags.join(", "), shrinkTo: 24 },
      ],
      rows,
      session.width,
    );
    return { document: { rows }, text: rows.length === 0 ? "No strategy has all these tags." : table };
  },
});
