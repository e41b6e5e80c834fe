import { basename, join, resolve } from "node:path";
import type { CheckView } from "#functions/api/packs/pack-check.schema.ts";
import type { PackState } from "#functions/api/packs/pack-state.ts";
import { command, WAIT_ARG } from "../command.ts";
import { confirmed } from "../confirm.ts";
import { UsageError } from "../failure.ts";
import { count, decimal, text } from "../format.ts";
import { folderOf, readFolder } from "../pack-folder.ts";
import { paintStatus } from "../paint.ts";
import type { Session } from "../session.ts";
import { RUN_ROUTES, startRun } from "../start-run.ts";
import { renderFacts } from "../table.ts";
import { writeWhole } from "../write-file.ts";

const PACK_ARGS = { pack: { type: "positional", description: "Pack id of your own", required: true } } as const;
const FOLDER_ARGS = {
  folder: { type: "positional", description: "Folder with a pack.yaml; its name is the pack's id", required: true },
} as const;
const MATCH_ARG = {
  "if-match": { type: "string", valueHint: "tag", description: "Only if the pack is still as it was told; else CONFLICT" },
} as const;

const pathOf = (packId: string, rest = ""): string => `/packs/${encodeURIComponent(packId)}${rest}`;

/** One change of a pack, and how it stands afterwards. */
async function change(session: Session, method: string, path: string, body: object, ifMatch: string | undefined) {
  const response = await (await session.api()).send(method, path, {
    body,
    headers: ifMatch === undefined ? {} : { "if-match": ifMatch },
  });
  const etag = response.headers.get("etag");
  const pack = (await response.json()) as PackState;
  return { document: { ...pack, etag }, text: stateText(pack, etag, session) };
}

function stateText({ pack_id, state, active, candidate, submission }: PackState, etag: string | null, { width }: Session): string {
  const next =
    candidate === null ? null : candidate.check === null ? `sigma packs check ${pack_id} --ticker SPX` : `sigma packs activate ${pack_id}`;
  return [
    renderFacts(
      [
        ["Pack", `${pack_id} (${state})`],
        ["In use", active === null ? "no version yet" : `version ${active.version}`],
        ["Waits", candidate === null ? "none" : `version ${candidate.version}${candidate.check === null ? ", not checked yet" : ""}`],
        ["Submission", submission === null ? "none" : [submission.state, submission.reason].filter((part) => part !== null).join(": ")],
        ["Version tag", text(etag)],
      ],
      width,
    ),
    ...(next === null ? [] : [`Next: ${next}`]),
  ].join("\n");
}

/** The texts of a folder. @throws UsageError when it has no pack.yaml */
function documentsOf(folder: string): { readonly id: string; readonly documents: Readonly<Record<string, string>> } {
  const path = folderOf(folder) ?? folderOf(`./${folder}`);
  if (path === undefined) throw new UsageError(`"${folder}" is no folder with a pack.yaml.`);
  return { id: basename(path), documents: readFolder(path) };
}

export const packsCreate = command({
  name: "packs create",
  description: "Write a pack of your own from a folder; models can be made of it once it has passed its check and was activated",
  routes: ["POST /packs"],
  args: FOLDER_ARGS,
  examples: ["sigma packs create ./my_pack"],
  run: ({ session, args }) => change(session, "POST", "/packs", { documents: documentsOf(args.folder).documents }, undefined),
});

export const packsUpdate = command({
  name: "packs update",
  description: "Write another version of a pack of your own; models go on with the one in use until this one is activated",
  routes: ["PUT /packs/{pack_id}"],
  args: { ...FOLDER_ARGS, ...MATCH_ARG },
  examples: ["sigma packs update ./my_pack"],
  run({ session, args }) {
    const { id, documents } = documentsOf(args.folder);
    return change(session, "PUT", pathOf(id), { documents }, args["if-match"]);
  },
});

export const packsPull = command({
  name: "packs pull",
  description: "Write the YAML documents of a pack into a folder, to copy or to change; of your own pack what was written last",
  routes: ["GET /packs/{pack_id}/documents"],
  args: {
    pack: { type: "positional", description: "Pack id", required: true },
    out: { type: "string", required: true, valueHint: "folder", description: "Folder to write into; it is made when missing" },
  },
  examples: ["sigma packs pull swingsigma --out copies"],
  async run({ session, args }) {
    const found = await (await session.api()).get<{ readonly documents: Readonly<Record<string, string>> }>(
      pathOf(args.pack, "/documents"),
    );
    const folder = resolve(args.out);
    const files = Object.keys(found.documents).sort();
    // The API names documents by the pattern of a pack's paths; anything else must not leave the folder.
    const outside = files.find((path) => !/^[a-z0-9_]+(\/[a-z0-9_]+)*\.yaml$/.test(path));
    if (outside !== undefined) throw new UsageError(`The pack names a document "${outside}", which is no path below a folder.`);
    for (const path of files) await writeWhole(join(folder, path), new TextEncoder().encode(found.documents[path]!));
    return {
      document: { folder, files },
      text: [`${count(files.length)} documents written to ${folder}`, ...files.map((path) => `  ${path}`)].join("\n"),
    };
  },
});

export const packsCheck = command({
  name: "packs check",
  description: "Backtest the version of a pack that waits on one year of data, and say what is objected to",
  routes: ["POST /packs/{pack_id}/check", ...RUN_ROUTES, "GET /packs/{pack_id}/check"],
  args: {
    ...PACK_ARGS,
    ticker: { type: "string", required: true, valueHint: "SPX", description: "What the check trades" },
    provider: { type: "string", valueHint: "files|sample|simulated|polygon|alpaca", description: "Where its bars come from" },
    template: { type: "string", valueHint: "id", description: "Model template to check (default: the pack's first)" },
    ...WAIT_ARG,
  },
  examples: ["sigma packs check my_pack --ticker SPX"],
  async run({ session, args }) {
    const ticker = args.ticker.toUpperCase();
    const started = await startRun(session, {
      path: pathOf(args.pack, "/check"),
      body: {
        ticker,
        ...(args.provider === undefined ? {} : { data: { provider: args.provider, symbol: ticker } }),
        ...(args.template === undefined ? {} : { template_id: args.template }),
      },
      label: `check ${args.pack}`,
      wait: args.wait,
    });
    if ("answer" in started) return started.answer;
    const found = await (await session.api()).get<CheckView>(pathOf(args.pack, "/check"));
    const passed = found.status === "passed";
    const lines = [
      renderFacts(
        [
          ["Check", `${paintStatus(session.paint, passed ? "PASS" : "FAIL")} (${found.status})`],
          ["Data", `${found.symbol} (${found.provider}), ${found.start} to ${found.end}`],
          ["Sharpe (annual)", decimal(found.sharpe)],
          ["Trades", count(found.trades)],
          ["Run", found.run_id],
        ],
        session.width,
      ),
      ...found.findings.map(({ code, path, reason, remedy }) => `  - ${code}${path === "" ? "" : ` (${path})`}: ${reason} ${remedy}`),
      ...(passed ? [`Next: sigma packs activate ${args.pack}`] : []),
    ];
    return { document: found, text: lines.join("\n"), exitCode: passed ? 0 : 1 };
  },
});

export const packsActivate = command({
  name: "packs activate",
  description: "Let models use the version of a pack that waits, which must have passed its check",
  routes: ["POST /packs/{pack_id}/activate"],
  args: { ...PACK_ARGS, ...MATCH_ARG },
  run: ({ session, args }) => change(session, "POST", pathOf(args.pack, "/activate"), {}, args["if-match"]),
});

export const packsSubmit = command({
  name: "packs submit",
  description: "Hand the version of a pack that is in use in for review",
  routes: ["POST /packs/{pack_id}/submit"],
  args: { ...PACK_ARGS, note: { type: "string", valueHint: "text", description: "For the reviewer" }, ...MATCH_ARG },
  run: ({ session, args }) =>
    change(session, "POST", pathOf(args.pack, "/submit"), args.note === undefined ? {} : { note: args.note }, args["if-match"]),
});

export const packsDelete = command({
  name: "packs delete",
  description: "Remove a pack of your own with all its versions; refused while it has models or runs work on it",
  routes: ["DELETE /packs/{pack_id}"],
  args: { ...PACK_ARGS, yes: { type: "boolean", description: "Do not ask" }, ...MATCH_ARG },
  async run({ session, args }) {
    if (args.yes !== true && !(await confirmed(session, `Remove the pack ${args.pack} for good?`)))
      return { document: { pack_id: args.pack, removed: false }, text: "Nothing was changed." };
    const response = await (await session.api()).send("DELETE", pathOf(args.pack), {
      headers: args["if-match"] === undefined ? {} : { "if-match": args["if-match"] },
    });
    return { document: await response.json(), text: `${args.pack} removed` };
  },
});
