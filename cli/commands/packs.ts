import { basename } from "node:path";
import type { ValidationReport } from "#lib/coherence/report.schema.ts";
import { reportMarkdown, reportText } from "#lib/coherence/report-text.ts";
import { command } from "../command.ts";
import { allRows } from "../find-model.ts";
import { wrap } from "../format.ts";
import { folderOf, readFolder } from "../pack-folder.ts";
import { paintStatus } from "../paint.ts";
import { renderFacts, renderTable } from "../table.ts";

interface PackRow {
  readonly pack_id: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly built_in: boolean;
  readonly tags: readonly string[];
  readonly cadences: readonly string[];
  readonly horizons: readonly string[];
  readonly pack_sha: string;
}

interface PackDetail extends PackRow {
  readonly risk_disclaimer: string;
  readonly templates: readonly string[];
  readonly indicator_sets: readonly string[];
  readonly strategies: readonly string[];
  readonly policies: readonly string[];
  readonly risk_profiles: readonly string[];
}

export const packsList = command({
  name: "packs list",
  description: "Strategy packs: the built-in ones and your own",
  routes: ["GET /packs"],
  async run({ session }) {
    const rows = await allRows<PackRow>(await session.api(), "/packs");
    const table = renderTable<PackRow>(
      [
        { header: "Pack", value: ({ pack_id }) => pack_id },
        { header: "Name", value: ({ name }) => name, optional: 2 },
        { header: "Version", value: ({ version }) => version },
        { header: "Origin", value: ({ built_in }) => (built_in ? "built in" : "your own") },
        { header: "Horizons", value: ({ horizons }) => horizons.join(", ") },
        { header: "Cadences", value: ({ cadences }) => cadences.join(", ") },
        { header: "What it is", value: ({ description }) => description, shrinkTo: 24, optional: 1 },
      ],
      rows,
      session.width,
    );
    return { document: { rows }, text: table };
  },
});

export const packsShow = command({
  name: "packs show",
  description: "One pack: what its models may use",
  routes: ["GET /packs/{pack_id}"],
  args: { pack: { type: "positional", description: "Pack id", required: true } },
  async run({ session, args }) {
    const pack = await (await session.api()).get<PackDetail>(`/packs/${encodeURIComponent(args.pack)}`);
    const text = renderFacts(
      [
        ["Pack", `${pack.pack_id} ${pack.version} (${pack.built_in ? "built in" : "your own"})`],
        ["Name", pack.name],
        ["Tags", pack.tags.join(", ")],
        ["Horizons", pack.horizons.join(", ")],
        ["Cadences", pack.cadences.join(", ")],
        ["Templates", pack.templates.join(", ")],
        ["Indicator sets", pack.indicator_sets.join(", ")],
        ["Strategies", pack.strategies.join(", ")],
        ["Policies", pack.policies.join(", ")],
        ["Risk profiles", pack.risk_profiles.join(", ")],
        ["Digest", pack.pack_sha],
      ],
      session.width,
    );
    const width = Math.min(session.width, 100);
    return { document: pack, text: `${wrap(pack.description, width)}\n\n${text}\n\n${wrap(`Risk: ${pack.risk_disclaimer}`, width)}` };
  },
});

export const packsValidate = command({
  name: "packs validate",
  description: "Everything that is wrong with a pack: a known one by its id, or a folder with a pack.yaml",
  routes: ["POST /packs/validate"],
  args: {
    pack: { type: "positional", description: "Pack id or folder", required: true },
    markdown: { type: "boolean", description: "Print the report as Markdown" },
  },
  examples: ["sigma packs validate swingsigma", "sigma packs validate ./my_pack --markdown"],
  async run({ session, args }) {
    const folder = folderOf(args.pack);
    const body = folder === undefined ? { pack_id: args.pack } : { pack_id: basename(folder), documents: readFolder(folder) };
    const report = await (await session.api()).post<ValidationReport>("/packs/validate", body);
    return {
      document: report,
      text: args.markdown === true ? reportMarkdown(report) : reportText(report, (status) => paintStatus(session.paint, status)),
      exitCode: report.status === "REJECTED" ? 1 : 0,
    };
  },
});
