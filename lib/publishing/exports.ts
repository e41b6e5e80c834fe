import { SigmaError } from "../errors/sigma-error.ts";
import type { TrainedModel } from "./trained-model.schema.ts";

export const EXPORT_FORMATS = ["onnx", "lightgbm", "calibration", "sigma"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const FILES: Readonly<Record<ExportFormat, { readonly extension: string; readonly type: string }>> = {
  onnx: { extension: "onnx", type: "application/octet-stream" },
  lightgbm: { extension: "lightgbm.txt", type: "text/plain; charset=utf-8" },
  calibration: { extension: "calibration.json", type: "application/json; charset=utf-8" },
  sigma: { extension: "model", type: "application/octet-stream" },
};

/** Where a trained model's file of a format lies, and what it is called outside. */
export interface ExportedModel {
  readonly ref: TrainedModel["refit"];
  readonly file: string;
  readonly type: string;
}

/**
 * The file of a trained model in a format: always of the refit, which signals are scored with.
 *
 * @throws UNPROCESSABLE when there is none
 */
export function exportOf(model: TrainedModel, format: ExportFormat): ExportedModel {
  const { extension, type } = FILES[format];
  const ref = format === "sigma" ? model.refit : model.exports?.[format];
  const id = model.trained_model_id;
  if (ref !== undefined && ref !== null) return { ref, file: `${id}.${extension}`, type };
  const why =
    model.exports === null
      ? `"${id}" was trained before models were written in other formats. Train its row again.`
      : `"${id}" cannot be written as "${format}": only boosted trees of up to a million nodes can, for LightGBM under names without spaces. "sigma" holds every model.`;
  throw new SigmaError("UNPROCESSABLE", why, { trained_model_id: id, format });
}
