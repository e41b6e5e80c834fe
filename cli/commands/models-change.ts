import type { ModelDetail } from "#functions/api/models/model-detail.ts";
import type { ModelPerformance } from "#functions/api/models/model-performance.schema.ts";
import type { Json } from "#lib/core/canonical-json.ts";
import { RISK_PROFILES } from "#lib/policies/risk-budget.schema.ts";
import { command } from "../command.ts";
import { confirmed } from "../confirm.ts";
import { UsageError } from "../failure.ts";
import { packOf } from "../find-model.ts";
import { count, decimal, minute } from "../format.ts";
import { leaderboardTable } from "../leaderboard-table.ts";
import { paintStatus } from "../paint.ts";
import { renderFacts, renderTable } from "../table.ts";
import { applySettings, oneOf } from "../values.ts";
import { MODEL_ARGS } from "./build.ts";

const MATCH_ARG = {
  "if-match": { type: "string", valueHint: "tag", description: 'Only if the model is still as "sigma models show" told; else CONFLICT' },
} as const;

const pathOf = (modelId: string): string => `/models/${encodeURIComponent(modelId)}`;

const matching = (tag: string | undefined): Readonly<Record<string, string>> => (tag === undefined ? {} : { "if-match": tag });

export const modelsUpdate = command({
  name: "models update",
  description: "Change an own model: what is said changes, the rest stays, all of it or nothing",
  routes: ["GET /models", "PATCH /models/{model_id}"],
  args: {
    ...MODEL_ARGS,
    set: {
      type: "string",
      valueHint: "path=value",
      description: "A setting, such as label.horizon=3; null takes it back to the pack's; may be given several times",
    },
    strategy: { type: "string", valueHint: "id", description: "Strategy of the pack; none for none" },
    risk: { type: "string", valueHint: RISK_PROFILES.join("|"), description: "Risk profile" },
    ...MATCH_ARG,
  },
  repeatable: ["set"],
  examples: [
    "sigma models update spx_eq_swing_daily --risk conservative",
    "sigma models update spx_eq_swing_daily --set policy.execution.slippage_bps=2 --set allowed_hours=[13,14]",
  ],
  async run({ session, args, all }) {
    const body: { [key: string]: Json } = {};
    if (args.strategy !== undefined) body["strategy"] = args.strategy === "none" ? null : args.strategy;
    if (args.risk !== undefined) body["risk_profile"] = oneOf("risk", args.risk, RISK_PROFILES);
    applySettings(body as Parameters<typeof applySettings>[0], all("set"));
    if (Object.keys(body).length === 0)
      throw new UsageError('"sigma models update" needs what to change: --set, --strategy or --risk. See: sigma models update --help');
    const client = await session.api();
    const response = await client.send("PATCH", pathOf(args.model), {
      query: { pack_id: await packOf(client, args.model, args.pack) },
      body,
      headers: matching(args["if-match"]),
    });
    const model = (await response.json()) as ModelDetail;
    const isStale = model.matrix.status === "stale";
    const lines = [
      renderFacts(
        [
          ["Model", `${model.model_id} (pack ${model.pack_id})`],
          ["Changed", Object.keys(body).join(", ")],
          ["Matrix", isStale ? "stale: what it was made of has changed" : model.matrix.status],
          ["Version tag", response.headers.get("etag") ?? "n/a"],
        ],
        session.width,
      ),
      ...model.warnings.map(({ code, path, reason, remedy }) => `  - ${code} (${path}): ${reason} ${remedy}`),
      `Next: sigma ${isStale ? "build" : "backtest"} ${model.model_id}`,
    ];
    return { document: { ...model, etag: response.headers.get("etag") }, text: lines.join("\n") };
  },
});

export const modelsDelete = command({
  name: "models delete",
  description: "Remove an own model; its runs, results and trained models stay. Refused while one of it works or is published",
  routes: ["GET /models", "DELETE /models/{model_id}"],
  args: { ...MODEL_ARGS, yes: { type: "boolean", description: "Do not ask" }, ...MATCH_ARG },
  examples: ["sigma models delete qqq_eq_swing_daily"],
  async run({ session, args }) {
    const client = await session.api();
    const packId = await packOf(client, args.model, args.pack);
    if (args.yes !== true && !(await confirmed(session, `Remove the model ${args.model} for good?`)))
      return { document: { model_id: args.model, removed: [] }, text: "Nothing was changed." };
    const response = await client.send("DELETE", pathOf(args.model), {
      query: { pack_id: packId },
      headers: matching(args["if-match"]),
    });
    const found = (await response.json()) as { readonly model_id: string; readonly removed: readonly string[] };
    return { document: found, text: [`${found.model_id} removed`, ...found.removed.map((path) => `  ${path}`)].join("\n") };
  },
});

export const modelsPerformance = command({
  name: "models performance",
  description: "A model's best results, what the gate says of them, and the holdouts of what was trained",
  routes: ["GET /models", "GET /models/{model_id}/performance"],
  args: MODEL_ARGS,
  examples: ["sigma models performance spx_eq_swing_daily"],
  async run({ session, args }) {
    const { paint, width } = session;
    const client = await session.api();
    const found = await client.get<ModelPerformance>(`${pathOf(args.model)}/performance`, {
      pack_id: await packOf(client, args.model, args.pack),
    });
    const older = found.best.filter(({ is_current }) => !is_current).length;
    const trained = renderTable<ModelPerformance["trained"][number]>(
      [
        { header: "Trained model", value: ({ trained_model_id }) => trained_model_id },
        { header: "Status", value: ({ status }) => status },
        { header: "Gate", value: ({ gate_status }) => paintStatus(paint, gate_status) },
        { header: "Holdout Sharpe", align: "right", value: ({ holdout }) => decimal(holdout?.sharpe) },
        { header: "Trades", align: "right", value: ({ holdout }) => count(holdout?.trades) },
        { header: "Created (UTC)", value: ({ created_at }) => minute(created_at), optional: 1 },
      ],
      found.trained,
      width,
    );
    const lines = [
      found.best.length === 0
        ? `No results yet. See: sigma backtest ${args.model}`
        : leaderboardTable(
            found.best.map(({ row }) => row),
            session,
          ),
      ...(older === 0 ? [] : [`${count(older)} of these are of an earlier definition of the model.`]),
      ...(found.best.length > 0 && found.best_passed === null ? ["The gate passes none of its results."] : []),
      ...(found.trained.length === 0 ? [] : ["", trained]),
    ];
    return { document: found, text: lines.join("\n") };
  },
});
