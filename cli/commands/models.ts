import type { Json } from "#lib/core/canonical-json.ts";
import { HORIZONS, MODEL_CADENCES } from "#lib/models/model-config.schema.ts";
import { RISK_PROFILES } from "#lib/policies/risk-budget.schema.ts";
import { command } from "../command.ts";
import { UsageError } from "../failure.ts";
import { allRows, packOf } from "../find-model.ts";
import { text } from "../format.ts";
import { type ModelRow, modelTable } from "../model-table.ts";
import { DEFAULT_PACK } from "../new-model.ts";
import { renderFacts, renderTable } from "../table.ts";
import { applySettings, oneOf, wholeNumber } from "../values.ts";

interface CreatedModel {
  readonly model_id: string;
  readonly pack_id: string;
  readonly created: boolean;
  readonly paths: readonly string[];
  readonly warnings: readonly { readonly code: string; readonly path: string; readonly reason: string; readonly remedy: string }[];
}

const warningLines = (warnings: CreatedModel["warnings"]): string[] =>
  warnings.map(({ code, path, reason, remedy }) => `  - ${code} (${path}): ${reason} ${remedy}`);

/** What may be said of a new model. */
const NEW_MODEL_ARGS = {
  ticker: { type: "string", required: true, valueHint: "QQQ", description: "What is traded" },
  pack: { type: "string", valueHint: "id", description: `Pack (default: ${DEFAULT_PACK})` },
  template: { type: "string", valueHint: "id", description: 'Template of the pack; "sigma packs show" lists them' },
  asset: { type: "string", valueHint: "eq|opt", description: "Shares or options" },
  horizon: { type: "string", valueHint: "swing", description: "How long a trade is meant to last" },
  cadence: { type: "string", valueHint: "daily|hourly|5m", description: "Bar size" },
  provider: {
    type: "string",
    valueHint: "files|sample|simulated|polygon|alpaca",
    description: "Where the bars come from; files = what you imported",
  },
  symbol: { type: "string", valueHint: "QQQ", description: "Symbol at the provider (default: the ticker)" },
  seed: { type: "string", valueHint: "1", description: "Simulated series only: which world" },
  id: { type: "string", valueHint: "model_id", description: "Model id; made of ticker, asset, horizon and cadence when absent" },
  variant: { type: "string", valueHint: "word", description: "Ends the id, to tell variants of a model apart" },
  algo: { type: "string", valueHint: "gbm|rf|cart|logit|lightgbm|prior", description: "Learner" },
  strategy: { type: "string", valueHint: "id", description: "Strategy of the pack" },
  risk: { type: "string", valueHint: RISK_PROFILES.join("|"), description: "Risk profile" },
  set: { type: "string", valueHint: "path=value", description: "Any other setting, such as label.horizon=3; may be given several times" },
} as const;

type NewModelArgs = { readonly ticker: string } & {
  readonly [K in Exclude<keyof typeof NEW_MODEL_ARGS, "ticker" | "set">]?: string | undefined;
};

/** The request for a model, as creating and judging one take it. */
function newModelBody(args: NewModelArgs, settings: readonly string[]): { [key: string]: Json } {
  const ticker = args.ticker.toUpperCase();
  if (args.provider === undefined && (args.symbol !== undefined || args.seed !== undefined))
    throw new UsageError("--symbol and --seed need --provider.");
  const given = {
    template_id: args.template,
    asset_type: args.asset,
    horizon: args.horizon,
    cadence: args.cadence,
    model_id: args.id,
    variant: args.variant,
    algo: args.algo,
    strategy: args.strategy,
    risk_profile: args.risk === undefined ? undefined : oneOf("risk", args.risk, RISK_PROFILES),
  };
  const body: { [key: string]: Json } = { pack_id: args.pack ?? DEFAULT_PACK, ticker };
  for (const [key, value] of Object.entries(given)) if (value !== undefined) body[key] = value;
  if (args.provider !== undefined)
    body["data"] = {
      provider: args.provider,
      symbol: (args.symbol ?? ticker).toUpperCase(),
      ...(args.seed === undefined ? {} : { seed: wholeNumber("seed", args.seed, 0, Number.MAX_SAFE_INTEGER) }),
    };
  applySettings(body as Parameters<typeof applySettings>[0], settings);
  return body;
}

export const modelsCreate = command({
  name: "models create",
  description: "Create a model from a template of a pack; what you do not say comes from the template",
  routes: ["POST /models"],
  args: NEW_MODEL_ARGS,
  repeatable: ["set"],
  examples: [
    "sigma models create --ticker QQQ --template swing_eq_daily --provider files",
    "sigma models create --ticker SPX --template swing_eq_daily_close --set policy.execution.slippage_bps=2",
  ],
  async run({ session, args, all }) {
    const body = newModelBody(args, all("set"));
    const client = await session.api();
    const model = await client.post<CreatedModel>("/models", body);
    const lines = [
      `${model.model_id} ${model.created ? "created" : "was there already, unchanged"} in pack ${model.pack_id}`,
      ...model.paths.map((path) => `  ${path}`),
      ...warningLines(model.warnings),
      `Next: sigma build ${model.model_id}`,
    ];
    return { document: model, text: lines.join("\n") };
  },
});

interface Verdict {
  readonly valid: boolean;
  readonly model_id: string | null;
  readonly is_free: boolean;
  readonly findings: readonly (CreatedModel["warnings"][number] & { readonly severity: "error" | "warning" })[];
  readonly model: { readonly columns: readonly { readonly name: string }[] } | null;
  readonly needs: {
    readonly data: readonly { readonly what: string }[];
    readonly others: readonly { readonly symbol: string; readonly cadence: string }[];
  } | null;
}

export const modelsValidate = command({
  name: "models validate",
  description: "What a new model would be and all that is wrong with it; nothing is made",
  routes: ["POST /models/validate"],
  args: NEW_MODEL_ARGS,
  repeatable: ["set"],
  examples: ["sigma models validate --ticker SPX --template swing_eq_daily_close"],
  async run({ session, args, all }) {
    const verdict = await (await session.api()).post<Verdict>("/models/validate", newModelBody(args, all("set")));
    const { valid, model_id, findings, model, needs } = verdict;
    const reads =
      needs === null
        ? []
        : [...needs.data.map(({ what }) => what), ...needs.others.map((other) => `${other.cadence} bars of ${other.symbol}`)];
    const lines = [
      `${model_id ?? "This model"} ${valid ? "can be made" : "cannot be made"}`,
      ...findings.map(
        ({ severity, code, path, reason, remedy }) => `  ${severity === "error" ? "FAIL" : "WARN"} ${code} (${path}): ${reason} ${remedy}`,
      ),
      ...(model === null ? [] : [`  ${model.columns.length} columns: ${model.columns.map(({ name }) => name).join(", ")}`]),
      ...(reads.length === 0 ? [] : [`  Reads: ${reads.join("; ")}`]),
    ];
    return { document: verdict, text: lines.join("\n"), exitCode: valid ? 0 : 1 };
  },
});

export const modelsList = command({
  name: "models list",
  description: "Models of the packs and your own",
  routes: ["GET /models"],
  args: { pack: { type: "string", valueHint: "id", description: "Only this pack" } },
  async run({ session, args }) {
    const rows = await allRows<ModelRow>(await session.api(), "/models", { pack_id: args.pack });
    return { document: { rows }, text: modelTable(rows, session.width) };
  },
});

export const modelsName = command({
  name: "models name",
  description: "The id that a new model would get",
  routes: ["GET /models/name"],
  args: {
    ticker: { type: "string", required: true, valueHint: "QQQ", description: "What is traded" },
    asset: { type: "string", required: true, valueHint: "eq|opt", description: "Shares or options" },
    horizon: { type: "string", required: true, valueHint: HORIZONS.join("|"), description: "How long a trade is meant to last" },
    cadence: { type: "string", required: true, valueHint: MODEL_CADENCES.join("|"), description: "Bar size" },
    variant: { type: "string", valueHint: "word", description: "Ends the id, to tell variants of a model apart" },
  },
  examples: ["sigma models name --ticker SPY --asset opt --horizon 0dte --cadence hourly"],
  async run({ session, args }) {
    const { ticker, asset, horizon, cadence, variant } = args;
    const found = await (await session.api()).get<{ readonly model_id: string }>("/models/name", {
      ticker: ticker.toUpperCase(),
      asset_type: oneOf("asset", asset, ["eq", "opt"]),
      horizon: oneOf("horizon", horizon, HORIZONS),
      cadence: oneOf("cadence", cadence, MODEL_CADENCES),
      variant,
    });
    return { document: found, text: found.model_id };
  },
});

interface ModelDetail {
  readonly model_id: string;
  readonly pack_id: string;
  readonly config: { readonly [key: string]: Json };
  readonly policy: { readonly [key: string]: Json };
  readonly limits: { readonly [key: string]: Json };
  readonly columns: readonly { readonly name: string; readonly indicator: string; readonly unit: string }[];
  readonly tags: readonly string[];
  readonly matrix: { readonly status: string };
  readonly lineage: { readonly [key: string]: string };
  readonly provenance: { readonly [path: string]: string };
  readonly warnings: CreatedModel["warnings"];
}

export const modelsShow = command({
  name: "models show",
  description: "A model with everything that it inherits, and where each value comes from",
  routes: ["GET /models", "GET /models/{model_id}"],
  args: {
    model: { type: "positional", description: "Model id", required: true },
    pack: { type: "string", valueHint: "id", description: "Pack of the model" },
  },
  async run({ session, args }) {
    const client = await session.api();
    const packId = await packOf(client, args.model, args.pack);
    const response = await client.send("GET", `/models/${encodeURIComponent(args.model)}`, { query: { pack_id: packId } });
    const model = (await response.json()) as ModelDetail;
    const etag = response.headers.get("etag");
    const values = [...leaves(model.config, ""), ...leaves(model.policy, "policy."), ...leaves(model.limits, "limits.")];
    const table = renderTable(
      [
        { header: "Setting", value: ({ path }) => path, shrinkTo: 24 },
        { header: "Value", value: ({ value }) => value, shrinkTo: 20 },
        { header: "From", value: ({ path }) => model.provenance[path] ?? "model" },
      ],
      values,
      session.width,
    );
    const lines = [
      renderFacts(
        [
          ["Model", `${model.model_id} (pack ${model.pack_id})`],
          ["Columns", `${model.columns.length}: ${model.columns.map(({ name }) => name).join(", ")}`],
          ["Tags", text(model.tags.join(", "))],
          ["Matrix", text(model.matrix.status)],
          ["Version tag", text(etag)],
          ...Object.entries(model.lineage).map(([name, sha]) => [name, sha] as const),
        ],
        session.width,
      ),
      "",
      table,
      ...warningLines(model.warnings),
    ];
    return { document: { ...model, etag }, text: lines.join("\n") };
  },
});

/** Every value below a mapping with its dotted path; lists are values. */
function leaves(node: Json | undefined, prefix: string): { readonly path: string; readonly value: string }[] {
  if (typeof node !== "object" || node === null || Array.isArray(node)) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return leaves(value, `${prefix}${key}.`);
    const shown = value === null ? "n/a" : Array.isArray(value) ? value.map((part) => String(part)).join(", ") : String(value);
    return [{ path: `${prefix}${key}`, value: shown }];
  });
}
