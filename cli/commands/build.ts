import { command, WAIT_ARG } from "../command.ts";
import { packOf } from "../find-model.ts";
import { count } from "../format.ts";
import { paintStatus } from "../paint.ts";
import { marksLine } from "../stamps.ts";
import { RUN_ROUTES, startRun } from "../start-run.ts";
import { renderFacts } from "../table.ts";
import { wholeNumber } from "../values.ts";

/** What a build says of the matrix. */
export interface BuiltMatrix {
  readonly matrix_sha: string;
  readonly content_digest: string;
  readonly rows: number;
  readonly columns: number;
  readonly features: number;
  readonly quality: string;
  readonly warnings: readonly string[];
  readonly leakage: string;
  readonly values_compared: number;
  readonly forced: readonly string[];
  readonly stamps: readonly string[];
  readonly reused: boolean;
}

export const MODEL_ARGS = {
  model: { type: "positional", description: "Model id", required: true },
  pack: { type: "string", valueHint: "pack", description: "Pack of the model, when its id alone does not say it" },
} as const;

export const build = command({
  name: "build",
  description: "Build a model's matrix: features, label, leak test, quality checks",
  routes: ["GET /models", "POST /build_matrix", ...RUN_ROUTES],
  args: {
    ...MODEL_ARGS,
    start: { type: "string", valueHint: "date", description: "First session, YYYY-MM-DD; as the model says when absent" },
    end: { type: "string", valueHint: "date", description: "The session after the last one" },
    ticker: { type: "string", valueHint: "SPY", description: "Refuse to build unless this is the model's ticker" },
    "distance-max": { type: "string", valueHint: "7", description: "Refuse to build unless this is the model's width of option flow" },
    force: { type: "boolean", description: "Build anew, and accept failed quality checks, which is recorded" },
    ...WAIT_ARG,
  },
  examples: ["sigma build spx_eq_swing_daily", "sigma build qqq_eq_swing_daily --start 2005-01-01 --end 2013-01-01"],
  async run({ session, args }) {
    const { paint } = session;
    const client = await session.api();
    const started = await startRun(session, {
      path: "/build_matrix",
      body: {
        pack_id: await packOf(client, args.model, args.pack),
        model_id: args.model,
        ...(args.start === undefined ? {} : { start: args.start }),
        ...(args.end === undefined ? {} : { end: args.end }),
        ...(args.ticker === undefined ? {} : { ticker: args.ticker.toUpperCase() }),
        ...(args["distance-max"] === undefined ? {} : { distance_max: wholeNumber("distance-max", args["distance-max"], 0, 50) }),
        ...(args.force === true ? { force: true } : {}),
      },
      label: `build ${args.model}`,
      wait: args.wait,
    });
    if ("answer" in started) return started.answer;
    const { run } = started;
    const { matrix } = run.outputs as unknown as { readonly matrix: BuiltMatrix };
    const lines = [
      ...marksLine(matrix.stamps, paint),
      renderFacts(
        [
          ["Matrix", matrix.matrix_sha],
          ["Rows", `${count(matrix.rows)}${matrix.reused ? " (was there already)" : ""}`],
          ["Columns", `${count(matrix.columns)}, ${count(matrix.features)} of them features`],
          ["Leak test", `${paintStatus(paint, matrix.leakage)}, ${count(matrix.values_compared)} values compared`],
          ["Quality", paintStatus(paint, matrix.quality)],
          ["Run", run.run_id],
        ],
        session.width,
      ),
      ...matrix.warnings.map((warning) => `  - ${warning}`),
      ...(matrix.forced.length > 0 ? [`Overruled by --force: ${matrix.forced.join(", ")}`] : []),
      `Next: sigma backtest ${args.model}, or sigma sweep ${args.model}`,
    ];
    return { document: { run_id: run.run_id, model_id: args.model, matrix }, text: lines.join("\n") };
  },
});
