import { join } from "node:path";
import type { TrainedModel } from "#lib/publishing/trained-model.schema.ts";
import type { Signal } from "#lib/signals/signal.schema.ts";
import type { ApiClient } from "../api-client.ts";
import { command } from "../command.ts";
import { allRows } from "../find-model.ts";
import { count } from "../format.ts";
import type { Session } from "../session.ts";
import { signalTable } from "../signal-table.ts";
import { signalsCsv } from "../signals-csv.ts";
import { marks } from "../stamps.ts";
import { RUN_ROUTES, startRun } from "../start-run.ts";
import { renderTable } from "../table.ts";
import { wholeNumber } from "../values.ts";
import { writeWhole } from "../write-file.ts";

interface Alerting {
  readonly trained_model_id: string;
  readonly model_id: string;
  readonly pack_id: string;
  readonly status: string;
  readonly stamps: readonly string[];
  readonly cooldown_minutes: number | null;
  readonly max_trades_per_day: number | null;
  readonly signal_interval: string | null;
}

export const alerts = command({
  name: "alerts",
  description: "What your published models alert of: their settings and their last signals; with --run they are scored first",
  routes: ["GET /trained_models", "GET /models/{model_id}", "POST /signals/run", ...RUN_ROUTES, "GET /signals"],
  args: {
    model: { type: "string", valueHint: "id", description: "Only this model" },
    run: { type: "boolean", description: "Score the published models on their newest bars first" },
    out: { type: "string", valueHint: "folder", description: "Write FOLDER/<model_id>/signals.csv for each model, oldest first" },
    limit: { type: "string", valueHint: "20", description: "Signals to show (default: 20)" },
  },
  examples: ["sigma alerts", "sigma alerts --model spx_eq_swing_daily --run --out live_data"],
  async run({ session, args }) {
    const client = await session.api();
    const limit = args.limit === undefined ? 20 : wholeNumber("limit", args.limit, 1, 10_000);
    const models = await alertingModels(client, args.model);
    if (models.length === 0)
      return {
        document: { models, alerts: [], files: [] },
        text: `${args.model === undefined ? "No model is published" : `No trained model of "${args.model}" is published`}, so nothing alerts. Train one, then: sigma publish tm_...`,
      };
    const live = models.filter(({ status }) => status === "published");
    if (args.run === true)
      for (const { trained_model_id } of live)
        await startRun(session, { path: "/signals/run", body: { trained_model_id }, label: `score ${trained_model_id}`, wait: true });

    const found = await allRows<Signal>(client, "/signals", { model_id: args.model }, args.out === undefined ? limit : 100_000);
    const shown = found.slice(0, limit);
    const files = args.out === undefined ? [] : await writeSignals(args.out, found);
    const lines = [
      settingsTable(models, session),
      "",
      signalTable(shown, session),
      ...files.map(({ path, rows }) => `${count(rows)} signals written to ${path}`),
    ];
    return { document: { models, alerts: shown, files }, text: lines.join("\n") };
  },
});

/** Published and paused models with what their policies say of alerts. */
async function alertingModels(client: ApiClient, modelId: string | undefined): Promise<Alerting[]> {
  const trained = await allRows<TrainedModel>(client, "/trained_models", {}, 5000);
  const wanted = trained.filter(
    ({ status, model_id }) => (status === "published" || status === "paused") && (modelId === undefined || model_id === modelId),
  );
  return Promise.all(
    wanted.map(async ({ trained_model_id, model_id, pack_id, status, stamps }) => {
      const { policy, config } = await client.get<{
        readonly policy: { readonly alerting?: { readonly cooldown_minutes?: number; readonly max_trades_per_day?: number } };
        readonly config: { readonly signal_interval: string | null };
      }>(`/models/${encodeURIComponent(model_id)}`, { pack_id });
      return {
        trained_model_id,
        model_id,
        pack_id,
        status,
        stamps,
        cooldown_minutes: policy.alerting?.cooldown_minutes ?? null,
        max_trades_per_day: policy.alerting?.max_trades_per_day ?? null,
        signal_interval: config.signal_interval,
      };
    }),
  );
}

function settingsTable(models: readonly Alerting[], { width }: Session): string {
  return renderTable<Alerting>(
    [
      { header: "Trained model", value: ({ trained_model_id }) => trained_model_id },
      { header: "Model", value: ({ model_id }) => model_id, shrinkTo: 12 },
      { header: "Status", value: ({ status }) => status },
      { header: "Every", value: ({ signal_interval }) => signal_interval ?? "as its pack", optional: 1 },
      { header: "Cooldown (min)", align: "right", value: ({ cooldown_minutes }) => count(cooldown_minutes), optional: 2 },
      { header: "Most a day", align: "right", value: ({ max_trades_per_day }) => count(max_trades_per_day), optional: 3 },
      { header: "Marks", value: ({ stamps }) => marks(stamps), shrinkTo: 9 },
    ],
    models,
    width,
  );
}

async function writeSignals(folder: string, signals: readonly Signal[]): Promise<{ readonly path: string; readonly rows: number }[]> {
  const files: { readonly path: string; readonly rows: number }[] = [];
  for (const [modelId, own] of Map.groupBy(signals.toReversed(), ({ model_id }) => model_id)) {
    const path = join(folder, modelId, "signals.csv");
    await writeWhole(path, new TextEncoder().encode(signalsCsv(own)));
    files.push({ path, rows: own.length });
  }
  return files;
}
