import { join, resolve } from "node:path";
import { EXPORT_FORMATS, type ExportFormat, exportOf } from "#lib/publishing/exports.ts";
import type { TrainedModel } from "#lib/publishing/trained-model.schema.ts";
import { command } from "../command.ts";
import { bytes } from "../format.ts";
import { renderTable } from "../table.ts";
import { oneOf } from "../values.ts";
import { writeWhole } from "../write-file.ts";

const WHAT: Readonly<Record<ExportFormat, string>> = {
  onnx: "calibrated probabilities, for any ONNX runtime with ai.onnx.ml 5",
  lightgbm: "what the trees predict before calibration, for LightGBM",
  calibration: "what the other files predict, and the calibrator, as JSON",
  sigma: "model, calibrator and confidences, as signals are scored with",
};

export const modelsExport = command({
  name: "models export",
  description: "A trained model for other runtimes: ONNX, LightGBM's text format, or the product's own file",
  routes: ["GET /trained_models/{trained_model_id}", "GET /trained_models/{trained_model_id}/export"],
  args: {
    trained: { type: "positional", description: "Trained model id (tm_...)", required: true },
    format: {
      type: "string",
      required: true,
      valueHint: EXPORT_FORMATS.join("|"),
      description: "Format; lightgbm comes with its calibration",
    },
    out: { type: "string", required: true, valueHint: "folder", description: "Folder to write into; it is made when missing" },
  },
  examples: ["sigma models export tm_0123456789abcdef01234567 --format onnx --out exported"],
  async run({ session, args }) {
    const format = oneOf("format", args.format, EXPORT_FORMATS);
    const client = await session.api();
    const path = `/trained_models/${encodeURIComponent(args.trained)}`;
    const model = await client.get<TrainedModel>(path);
    const folder = resolve(args.out);
    // The text format cannot hold the calibrator, so it comes beside it.
    const formats: readonly ExportFormat[] = format === "lightgbm" ? ["lightgbm", "calibration"] : [format];
    const files: { readonly path: string; readonly size: number; readonly what: string }[] = [];
    for (const each of formats) {
      const { file } = exportOf(model, each);
      const data = await client.bytes(`${path}/export`, { format: each });
      await writeWhole(join(folder, file), data);
      files.push({ path: file, size: data.byteLength, what: WHAT[each] });
    }
    const table = renderTable(
      [
        { header: "File", value: ({ path: file }) => file },
        { header: "Size", align: "right", value: ({ size }) => bytes(size) },
        { header: "What", value: ({ what }) => what, shrinkTo: 24 },
      ],
      files,
      session.width,
    );
    return { document: { folder, files }, text: `${table}\nWritten to ${folder}` };
  },
});
