import { LIFECYCLE_STATUSES, type TrainedModel } from "#lib/publishing/trained-model.schema.ts";
import type { ModelCard } from "#lib/training/model-card.schema.ts";
import { command } from "../command.ts";
import { allRows } from "../find-model.ts";
import { bytes, count, decimal, minute, text } from "../format.ts";
import { gateReasons } from "../gate-text.ts";
import { paintStatus } from "../paint.ts";
import { marks, marksLine } from "../stamps.ts";
import { renderFacts, renderTable } from "../table.ts";
import { oneOf, wholeNumber } from "../values.ts";
import { writeWhole } from "../write-file.ts";

const TRAINED_ARGS = { trained: { type: "positional", description: "Trained model id, tm_...", required: true } } as const;

/** A trained model in short, as the list of cards has it. */
type CardRow = Pick<
  TrainedModel,
  "trained_model_id" | "pack_id" | "model_id" | "status" | "gate_status" | "stamps" | "holdout" | "created_at"
>;

export const trainedList = command({
  name: "trained list",
  description: "Trained models with their lifecycle",
  routes: ["GET /model_cards"],
  args: {
    model: { type: "string", valueHint: "id", description: "Only this model" },
    pack: { type: "string", valueHint: "id", description: "Only this pack" },
    status: { type: "string", valueHint: LIFECYCLE_STATUSES.join("|"), description: "Only this status" },
    limit: { type: "string", valueHint: "20", description: "Trained models to show (default: 20)" },
  },
  examples: ["sigma trained list --status published"],
  async run({ session, args }) {
    const { paint, width } = session;
    const limit = args.limit === undefined ? 20 : wholeNumber("limit", args.limit, 1, 5000);
    const query = {
      model_id: args.model,
      pack_id: args.pack,
      status: args.status === undefined ? undefined : oneOf("status", args.status, LIFECYCLE_STATUSES),
    };
    const rows = await allRows<CardRow>(await session.api(), "/model_cards", query, limit);
    const table = renderTable<CardRow>(
      [
        { header: "Trained model", value: ({ trained_model_id }) => trained_model_id },
        { header: "Status", value: ({ status }) => status },
        { header: "Gate", value: ({ gate_status }) => paintStatus(paint, gate_status) },
        { header: "Model", value: ({ model_id }) => model_id, shrinkTo: 12, optional: 3 },
        { header: "Holdout Sharpe", align: "right", value: ({ holdout }) => decimal(holdout?.sharpe), optional: 2 },
        { header: "Created (UTC)", value: ({ created_at }) => minute(created_at), optional: 1 },
        { header: "Marks", value: ({ stamps }) => marks(stamps), shrinkTo: 9 },
      ],
      rows,
      width,
    );
    return { document: { rows }, text: rows.length === 0 ? 'No trained models. "sigma train MODEL" makes one.' : table };
  },
});

export const trainedShow = command({
  name: "trained show",
  description: "One trained model: gate, holdout, lineage, and every change of its status",
  routes: ["GET /trained_models/{trained_model_id}"],
  args: TRAINED_ARGS,
  async run({ session, args }) {
    const { paint } = session;
    const model = await (await session.api()).get<TrainedModel>(`/trained_models/${encodeURIComponent(args.trained)}`);
    const { holdout, override } = model;
    const lines = [
      ...marksLine(model.stamps, paint),
      renderFacts(
        [
          ["Trained model", model.trained_model_id],
          ["Model", `${model.model_id} (pack ${model.pack_id})`],
          ["Status", `${model.status}${model.stage === null ? "" : ` (${model.stage})`}`],
          ["Gate", `${paintStatus(paint, model.gate_status)}${model.proven ? "" : ", UNPROVEN: it stays on paper"}`],
          ["Row", text(model.row_id)],
          ["Training rows", count(model.training_rows)],
          ...(holdout === null
            ? []
            : [
                [
                  "Holdout",
                  `${holdout.start} to ${holdout.end}, ${count(holdout.sessions)} sessions, ${count(holdout.trades)} trades`,
                ] as const,
                [
                  "Residual Sharpe",
                  `${decimal(holdout.sharpe)} in the holdout, ${decimal(holdout.backtest_sharpe)} in the backtest`,
                ] as const,
              ]),
          ...(override === null ? [] : [["Overruled", `by ${override.by}: ${override.reason}`] as const]),
          ["Created (UTC)", minute(model.created_at)],
          ...Object.entries(model.lineage).map(([name, sha]) => [name, String(sha)] as const),
        ],
        session.width,
      ),
      ...gateReasons({ reasons: model.gate_reasons }).map((reason) => `  - ${reason}`),
      ...model.transitions.map(
        ({ from, to, at, by, reason }) => `${minute(at)} ${from} -> ${to} by ${by}${reason === "" ? "" : `: ${reason}`}`,
      ),
    ];
    return { document: model, text: lines.join("\n") };
  },
});

export const trainedCard = command({
  name: "trained card",
  description: "What a person must know before trusting a trained model: its card, as Markdown or JSON",
  routes: ["GET /model_card"],
  args: {
    ...TRAINED_ARGS,
    form: { type: "string", valueHint: "markdown|json", description: "What to write with --out (default: markdown)" },
    out: { type: "string", valueHint: "file", description: "Write the card to this file" },
  },
  examples: ["sigma trained card tm_0123456789abcdef01234567", "sigma trained card tm_0123 --out card.md"],
  async run({ session, args }) {
    const client = await session.api();
    const form = oneOf("form", args.form ?? "markdown", ["markdown", "json"]);
    const query = { trained_model_id: args.trained };
    if (args.out === undefined) {
      const card = await client.get<ModelCard>("/model_card", query);
      return { document: card, text: session.json ? "" : (await client.text("/model_card", "text/markdown", query)).trimEnd() };
    }
    const written = await client.text("/model_card", form === "json" ? "application/json" : "text/markdown", query);
    const data = new TextEncoder().encode(written);
    await writeWhole(args.out, data);
    return {
      document: { trained_model_id: args.trained, form, path: args.out, size: data.byteLength },
      text: `${args.out} (${bytes(data.byteLength)})`,
    };
  },
});
