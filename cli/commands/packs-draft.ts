import { readFileSync } from "node:fs";
import type { CheckView } from "#functions/api/packs/pack-check.schema.ts";
import type { DraftView } from "#functions/api/packs/pack-draft.schema.ts";
import type { PackState } from "#functions/api/packs/pack-state.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { readYaml } from "#lib/packs/yaml.ts";
import type { ApiClient } from "../api-client.ts";
import { type Answer, command, WAIT_ARG } from "../command.ts";
import { UsageError } from "../failure.ts";
import { allRows } from "../find-model.ts";
import { decimal, minute } from "../format.ts";
import { RUN_ROUTES, startRun } from "../start-run.ts";
import { renderFacts, renderTable } from "../table.ts";

const CHECK_ARGS = {
  ticker: { type: "string", valueHint: "SPX", description: "validate: what the check trades" },
  provider: {
    type: "string",
    valueHint: "files|sample|simulated|polygon|alpaca",
    description: "Where its bars come from (default: sample)",
  },
  symbol: { type: "string", valueHint: "SPX", description: "Symbol at the provider (default: the ticker)" },
  template: { type: "string", valueHint: "id", description: "Model template that is checked (default: the pack's first)" },
} as const;

const STEPS = ["begin", "show", "identity", "instruments", "strategies", "validate", "review", "save", "delete"] as const;
type Step = (typeof STEPS)[number];

/** What a step says of the draft, and what to do next. */
function draftAnswer(draft: DraftView): Answer {
  const { pack_id, next, identity, compatible } = draft;
  const { horizons, cadences, supported_instruments, indicators } = compatible.instruments;
  const facts = renderFacts([
    ["Draft", `${pack_id} (${identity.name})`],
    ["Next step", next],
    ["Instruments", supported_instruments.join(", ")],
    ["Horizons", horizons.join(", ")],
    ["Cadences", cadences.join(", ")],
    ["Indicators", `${indicators.length} fit: ${indicators.map(({ name }) => name).join(", ")}`],
    ...(compatible.strategies === null
      ? []
      : ([
          ["Approaches", compatible.strategies.approaches.join(", ")],
          ["Columns", compatible.strategies.columns.map(({ name }) => name).join(", ")],
          ["Gates", JSON.stringify(compatible.strategies.suggested_gates)],
        ] as const)),
    ...(compatible.templates === null ? [] : ([["Templates", compatible.templates.join(", ")]] as const)),
  ]);
  return { document: draft, text: facts };
}

/** A step's choices, from a file of YAML or JSON. */
function readChoices(file: string | undefined): { [key: string]: Json } {
  if (file === undefined) throw new UsageError("This step needs --file: its choices as YAML or JSON.");
  return readYaml(readFileSync(file, "utf8"), { code: "INVALID_PARAM", path: file }) as { [key: string]: Json };
}

async function change(client: ApiClient, method: "POST" | "PUT", path: string, body: { [key: string]: Json }): Promise<Answer> {
  return draftAnswer((await (await client.send(method, path, { body })).json()) as DraftView);
}

export const packsDrafts = command({
  name: "packs drafts",
  description: "Your packs in the making",
  routes: ["GET /pack_drafts"],
  async run({ session }) {
    const rows = await allRows<{ readonly pack_id: string; readonly name: string; readonly updated_at: string }>(
      await session.api(),
      "/pack_drafts",
    );
    const columns = [
      { header: "Draft", value: ({ pack_id }: (typeof rows)[number]) => pack_id },
      { header: "Name", value: ({ name }: (typeof rows)[number]) => name },
      { header: "Changed (UTC)", value: ({ updated_at }: (typeof rows)[number]) => minute(updated_at) },
    ];
    return {
      document: { rows },
      text: rows.length === 0 ? 'No drafts. "sigma packs draft begin" starts one.' : renderTable(columns, rows, session.width),
    };
  },
});

export const packsDraft = command({
  name: "packs draft",
  description: "Build a pack step by step: begin, instruments, strategies, validate, review, save; each step says what fits next",
  routes: [
    "POST /pack_drafts",
    "GET /pack_drafts/{pack_id}",
    "PUT /pack_drafts/{pack_id}/identity",
    "PUT /pack_drafts/{pack_id}/instruments",
    "PUT /pack_drafts/{pack_id}/strategies",
    "POST /pack_drafts/{pack_id}/validate",
    "GET /pack_drafts/{pack_id}/review",
    "POST /pack_drafts/{pack_id}/save",
    "DELETE /pack_drafts/{pack_id}",
    ...RUN_ROUTES,
  ],
  args: {
    step: { type: "positional", description: STEPS.join("|"), required: true },
    pack: { type: "positional", description: "Id of the pack; begin takes it from the file", required: false },
    file: { type: "string", valueHint: "step.yaml", description: "begin, identity, instruments, strategies: the choices" },
    ...CHECK_ARGS,
    submit: { type: "boolean", description: "save: hand the pack in for review, too" },
    ...WAIT_ARG,
  },
  examples: [
    "sigma packs draft begin --file identity.yaml",
    "sigma packs draft instruments my_pack --file instruments.yaml",
    "sigma packs draft validate my_pack --ticker SPX",
    "sigma packs draft save my_pack",
  ],
  async run({ session, args }) {
    const client = await session.api();
    const step = args.step as Step;
    if (!STEPS.includes(step)) throw new UsageError(`The step is one of ${STEPS.join(", ")}; found "${args.step}".`);
    if (step === "begin") return change(client, "POST", "/pack_drafts", readChoices(args.file));
    if (args.pack === undefined) throw new UsageError(`"sigma packs draft ${step}" needs the id of the pack.`);
    const path = `/pack_drafts/${encodeURIComponent(args.pack)}`;
    switch (step) {
      case "show":
        return draftAnswer(await client.get<DraftView>(path));
      case "identity":
      case "instruments":
      case "strategies":
        return change(client, "PUT", `${path}/${step}`, readChoices(args.file));
      case "validate": {
        const started = await startRun(session, {
          path: `${path}/validate`,
          body: checkBody(args.ticker, args.provider, args.symbol, args.template),
          label: "check",
          wait: args.wait,
        });
        return "answer" in started ? started.answer : review(client, args.pack, path);
      }
      case "review":
        return review(client, args.pack, path);
      case "save": {
        const state = await client.post<PackState>(`${path}/save`, { submit: args.submit === true });
        return { document: state, text: `${args.pack} ${state.active?.version ?? ""} is in use` };
      }
      case "delete": {
        const removed = await client.remove(path);
        return { document: removed, text: `The draft of ${args.pack} was thrown away` };
      }
    }
  },
});

/** The body of a check, from its options. @throws UsageError without a ticker */
function checkBody(ticker: string | undefined, provider?: string, symbol?: string, template?: string): { [key: string]: Json } {
  if (ticker === undefined) throw new UsageError('"sigma packs draft validate" needs --ticker: what the check trades.');
  return {
    ticker: ticker.toUpperCase(),
    ...(provider === undefined ? {} : { data: { provider, symbol: (symbol ?? ticker).toUpperCase() } }),
    ...(template === undefined ? {} : { template_id: template }),
  };
}

async function review(client: ApiClient, packId: string, path: string): Promise<Answer> {
  const found = await client.get<{
    readonly report: { readonly status: string };
    readonly check: CheckView | null;
    readonly can_save: boolean;
  }>(`${path}/review`);
  const { report, check, can_save } = found;
  const lines = [
    renderFacts([
      ["Draft", packId],
      ["Report", report.status],
      ["Check", check === null ? "not checked yet" : check.status],
      ["Sharpe", decimal(check?.sharpe, 3)],
    ]),
    ...(check?.findings ?? []).map(({ code, reason, remedy }) => `  - ${code}: ${reason} ${remedy}`),
    can_save ? `Next: sigma packs draft save ${packId}` : "It cannot be saved as it is.",
  ];
  return { document: found, text: lines.join("\n") };
}
