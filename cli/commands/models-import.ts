import { readFile, stat } from "node:fs/promises";
import { storeImportedModel } from "#functions/shared/load-learner.ts";
import { MOST_TEXT_BYTES } from "#lib/learners/import/lightgbm-text.ts";
import { command } from "../command.ts";
import { UsageError } from "../failure.ts";
import { renderFacts } from "../table.ts";

export const modelsImport = command({
  name: "models import",
  description: "A model that LightGBM trained, as a learner: it is frozen, and its results reach MARGINAL at most",
  localOnly: "the API takes no model files",
  args: { file: { type: "positional", description: "Text model, as Booster.save_model writes it", required: true } },
  examples: [
    "sigma models import model.txt",
    "sigma models create --ticker SPX --template swing_eq_daily --algo lightgbm --set learner.model_sha256=...",
  ],
  async run({ session, args }) {
    const bytes = await readModel(args.file);
    const { ports } = await session.local();
    const model = await storeImportedModel(ports.artifacts, session.owner, bytes);
    const lines = [
      renderFacts([
        ["Model", model.model_sha256],
        ["Predicts", `${model.objective}, ${model.trees} trees`],
        ["Reads", `${model.features.length} features: ${model.features.join(", ")}`],
      ]),
      "Nobody knows which rows it was trained on, so its backtests may have been seen in training.",
      `Next: sigma models create ... --algo lightgbm --set learner.model_sha256=${model.model_sha256}`,
    ];
    return { document: model, text: lines.join("\n") };
  },
});

async function readModel(file: string): Promise<Uint8Array> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new UsageError(`There is no file "${file}".`);
  if (found.size > MOST_TEXT_BYTES) throw new UsageError(`"${file}" has ${found.size} bytes; a model may have ${MOST_TEXT_BYTES}.`);
  return readFile(file);
}
