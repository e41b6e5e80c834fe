import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { type IndicatorEntry, type IndicatorSet, IndicatorSetSchema } from "#lib/packs/indicator-set.schema.ts";
import type { ModelTemplate } from "#lib/packs/model-template.schema.ts";
import type { Strategy } from "#lib/packs/strategy.schema.ts";
import { readDocument } from "#lib/packs/yaml.ts";
import { command } from "../command.ts";
import { UsageError } from "../failure.ts";
import { allRows } from "../find-model.ts";
import { text, wrap } from "../format.ts";
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
        { header: "What it is", value: ({ title }) => title, shrinkTo: 10 },
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
      const heading = wrap(
        `${name}, version ${version}${description === undefined ? "" : `: ${description}`}`,
        Math.min(session.width, 100),
      );
      return `${session.paint("bold", heading)}\n${table}`;
    });
    return { document: { rows }, text: rows.length === 0 ? "No indicator sets." : sections.join("\n\n") };
  },
});

export const packsSetIndicators = command({
  name: "packs set-indicators",
  description: "Write an indicator set of your own: beside a pack's under a name, or as one model's own set",
  routes: ["POST /indicator_sets"],
  args: {
    ...PACK_ARGS,
    file: { type: "string", required: true, valueHint: "set.yaml", description: "The set: name, description, indicators" },
    name: { type: "string", valueHint: "id", description: "Name of the set (default: as the file says)" },
    model: { type: "string", valueHint: "id", description: "The model whose own set it becomes, instead of a name" },
    "if-match": { type: "string", valueHint: "tag", description: "Only if the set is still as it was told; else CONFLICT" },
  },
  examples: ["sigma packs set-indicators swingsigma --file eq_short.yaml"],
  async run({ session, args }) {
    const { name, model, file } = args;
    if (name !== undefined && model !== undefined) throw new UsageError("Give --name or --model, not both.");
    const {
      name: own,
      version,
      ...set
    } = readDocument(await readText(file), SetFileSchema, { code: "INVALID_PARAM", path: basename(file) });
    const target = model === undefined ? { name: name ?? own } : { model_id: model };
    const response = await (await session.api()).send("POST", "/indicator_sets", {
      body: { pack_id: args.pack, ...target, ...(version === undefined ? {} : { version }), ...set },
      headers: args["if-match"] === undefined ? {} : { "if-match": args["if-match"] },
    });
    const written = (await response.json()) as { readonly set: IndicatorSet; readonly changed: boolean };
    const { set: found, changed } = written;
    return {
      document: { ...written, etag: response.headers.get("etag") },
      text: `${found.name}, version ${found.version}: ${changed ? "written" : "was there already, unchanged"}, ${found.indicators.length} indicators`,
    };
  },
});

/** A set as a file says it; where it goes may be said beside it. */
const SetFileSchema = IndicatorSetSchema.partial({ name: true, version: true });

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) throw new UsageError(`There is no file "${file}" that can be read.`);
  return bytes.toString("utf8");
}

interface RiskProfileRow {
  readonly name: string;
  readonly limits: Readonly<Record<string, number | null>>;
  readonly risk_sha: string;
}

export const packsRiskProfiles = command({
  name: "packs risk-profiles",
  description: "Risk profiles of a pack, with the limits that the gate holds under each",
  routes: ["GET /packs/{pack_id}/risk_profiles"],
  args: PACK_ARGS,
  examples: ["sigma packs risk-profiles swingsigma"],
  async run({ session, args }) {
    const rows = await allRows<RiskProfileRow>(await session.api(), documents(args.pack, "risk_profiles"));
    const limits = [...new Set(rows.flatMap(({ limits: own }) => Object.keys(own)))];
    const table = renderTable<string>(
      [
        { header: "Limit", value: (limit) => limit },
        ...rows.map((row) => ({
          header: row.name,
          align: "right" as const,
          value: (limit: string) => (row.limits[limit] == null ? "none" : String(row.limits[limit])),
        })),
      ],
      limits,
      session.width,
    );
    return { document: { rows }, text: rows.length === 0 ? "No risk profiles." : table };
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
