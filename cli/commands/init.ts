import { HORIZONS, MODEL_CADENCES } from "#lib/models/model-config.schema.ts";
import { modelName } from "#lib/models/naming.ts";
import { command } from "../command.ts";
import { type Check, checkHome, checkSampleData } from "../doctor-checks.ts";
import { DEFAULT_PACK, kindOfId, makeModel, newModelLines } from "../new-model.ts";
import { paintStatus } from "../paint.ts";
import { oneOf } from "../values.ts";

/** The first model: the sample's index, decided and entered at the close, as its opens are copies of closes. */
const FIRST_MODEL = { id: "spx_eq_swing_daily", ticker: "SPX", pack: DEFAULT_PACK, template: "swing_eq_daily_close" } as const;

const PLACE_ARGS = {
  pack: { type: "string", valueHint: "id", description: `Pack (default: ${DEFAULT_PACK}, else the first with a fitting template)` },
  template: { type: "string", valueHint: "id", description: "Template (default: the first that fits)" },
  provider: { type: "string", valueHint: "files|sample|simulated|polygon|alpaca", description: "Where the bars come from" },
} as const;

const MODEL_ROUTES = ["GET /models", "GET /model_templates", "GET /data", "POST /models"] as const;

export const init = command({
  name: "init",
  description: "Prepare this machine: home, sample data, and a first model; what is there already stays as it is",
  routes: MODEL_ROUTES,
  args: {
    id: { type: "string", valueHint: "model_id", description: `Id of the model to make (default: ${FIRST_MODEL.id})` },
    ticker: { type: "string", valueHint: "SPY", description: "What it trades (default: as its id says)" },
    ...PLACE_ARGS,
  },
  examples: ["sigma init", "sigma init --id spy_opt_0dte_hourly --ticker SPY --pack zerosigma"],
  async run({ session, args }) {
    const checks: Check[] = [];
    if (!session.isRemote) {
      const { home } = await session.local();
      checks.push(await checkHome(home), await checkSampleData());
    }
    const usable = checks.every(({ status }) => status !== "FAIL");
    const isFirst = args.id === undefined && args.ticker === undefined;
    const id = args.id ?? (args.ticker === undefined ? FIRST_MODEL.id : `${args.ticker.toLowerCase()}_eq_swing_daily`);
    const { ticker, asset_type, horizon, cadence } = kindOfId(id);
    const model = usable
      ? await makeModel(await session.api(), {
          id,
          ticker: (args.ticker ?? ticker).toUpperCase(),
          kind: { asset_type, horizon, cadence },
          pack: args.pack ?? (isFirst || id === FIRST_MODEL.id ? FIRST_MODEL.pack : undefined),
          template: args.template ?? (id === FIRST_MODEL.id ? FIRST_MODEL.template : undefined),
          provider: args.provider,
        })
      : null;
    const lines = [
      ...checks.map(({ check, status, detail }) => `${paintStatus(session.paint, status).padEnd(4)}  ${check}: ${detail}`),
      ...(model === null ? ["Nothing was made: see FAIL above."] : [...newModelLines(model), `Next: sigma pipeline ${model.model_id}`]),
    ];
    return { document: { checks, model }, text: lines.join("\n"), exitCode: usable ? 0 : 1 };
  },
});

export const initAuto = command({
  name: "init-auto",
  description: "Make a model whose id, pack and template follow from what it is to do",
  routes: MODEL_ROUTES,
  args: {
    ticker: { type: "string", required: true, valueHint: "SPY", description: "What is traded" },
    asset: { type: "string", valueHint: "eq|opt", description: "Shares or options (default: eq)" },
    horizon: { type: "string", valueHint: HORIZONS.join("|"), description: "How long a trade is meant to last (default: swing)" },
    cadence: { type: "string", valueHint: MODEL_CADENCES.join("|"), description: "Bar size (default: daily)" },
    variant: { type: "string", valueHint: "word", description: "Ends the id, to tell variants of a model apart" },
    ...PLACE_ARGS,
  },
  examples: ["sigma init-auto --ticker SPY --asset opt --horizon 0dte --cadence hourly --pack zerosigma", "sigma init-auto --ticker QQQ"],
  async run({ session, args }) {
    const ticker = args.ticker.toUpperCase();
    const kind = {
      asset_type: oneOf("asset", args.asset ?? "eq", ["eq", "opt"]),
      horizon: oneOf("horizon", args.horizon ?? "swing", HORIZONS),
      cadence: oneOf("cadence", args.cadence ?? "daily", MODEL_CADENCES),
    };
    const { pack, template, provider, variant } = args;
    const id = modelName({ ticker, ...kind, variant });
    const model = await makeModel(await session.api(), { id, ticker, kind, pack, template, provider });
    return { document: model, text: [...newModelLines(model), `Next: sigma build ${model.model_id}`].join("\n") };
  },
});
