import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readMatrixPointer } from "#functions/shared/matrix-pointer.ts";
import type { LocalSystem } from "#infra/local/local-system.ts";
import { canonicalJson } from "#lib/core/canonical-json.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { loadMatrix } from "#lib/matrix/load-matrix.ts";
import { matrixKeys } from "#lib/matrix/stored-manifest.ts";
import type { TrainedModel } from "#lib/publishing/trained-model.schema.ts";
import { listTrainedModels } from "#lib/publishing/trained-model-store.ts";
import { listRuns } from "#lib/runs/run-store.ts";
import { matrixCsv } from "./matrix-csv.ts";

export interface ExportOrder {
  readonly owner: string;
  readonly packId: string;
  readonly modelId: string;
  readonly folder: string;
}

export interface ExportedFile {
  readonly path: string;
  readonly size: number;
  readonly what: string;
}

const PLOTS: Readonly<Record<string, string>> = {
  "equity.svg": "equity, drawdown, buy and hold",
  "folds.svg": "folds",
  "paths.svg": "out-of-sample paths",
};

/**
 * Writes what there is of a model in the classic layout, and says what there is not.
 *
 * @throws UNPROCESSABLE when the model has no matrix yet; STORE_READ_ONLY when the folder cannot be written
 */
export async function exportFiles(
  { ports }: LocalSystem,
  { owner, packId, modelId, folder }: ExportOrder,
): Promise<{ readonly files: readonly ExportedFile[]; readonly missing: readonly string[] }> {
  const files: ExportedFile[] = [];
  const missing: string[] = [];
  const write = async (path: string, content: Uint8Array | string, what: string): Promise<void> => {
    const data = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await writeOut(join(folder, path), data);
    files.push({ path, size: data.byteLength, what });
  };
  const copy = async (path: string, key: string, what: string): Promise<void> => write(path, (await ports.artifacts.get(key)).bytes, what);

  const { matrix_sha, prefix } = await readMatrixPointer(ports, owner, packId, modelId);
  const { matrix, manifest } = await loadMatrix(ports.artifacts, prefix, matrix_sha);
  const place = `matrices/${modelId}`;
  await write(`${place}/training_matrix_built.csv`, matrixCsv(matrix), `${matrix.rows} rows, ${manifest.columns.length} columns`);
  await copy(`${place}/training_matrix_built.parquet`, matrixKeys(prefix, matrix_sha).file, "the same, typed");
  await write(`${place}/manifest.json`, canonicalJson(manifest), "inputs, quality, leak test");

  const { rows } = await listRuns(ports.metadata, owner, { machine: "backtest", modelId, packId, status: "succeeded" }, { limit: 200 });
  const backtest = rows[0]?.outputs as
    | {
        readonly backtest?: {
          readonly report_key: string;
          readonly tear_sheet_key?: string;
          readonly markdown_key?: string;
          readonly plots: readonly string[];
        };
      }
    | undefined;
  if (backtest?.backtest) {
    const { report_key, tear_sheet_key, markdown_key, plots } = backtest.backtest;
    await copy(`backtest_plots/${modelId}/report.json`, report_key, `backtest ${rows[0]!.run_id}`);
    if (markdown_key !== undefined) await copy(`backtest_plots/${modelId}/report.md`, markdown_key, "the same, to read");
    if (tear_sheet_key !== undefined)
      await copy(`backtest_plots/${modelId}/tear-sheet.html`, tear_sheet_key, "the same as a page with all pictures");
    for (const key of plots) {
      const name = key.split("/").at(-1)!;
      const classic = name === "equity.svg" ? "cum_returns.svg" : name;
      await copy(`backtest_plots/${modelId}/${classic}`, key, PLOTS[name] ?? name);
    }
  } else missing.push(`No backtest yet: sigma backtest ${modelId}`);

  const trained = await trainedModels(ports, owner, packId, modelId);
  for (const model of trained) {
    const target = `models/${modelId}/${model.trained_model_id}`;
    await copy(`${target}/model_card.json`, model.card.key, "model card");
    await copy(`${target}/model_card.md`, model.card.key.replace(/\.json$/, ".md"), "model card, to read");
    await copy(`${target}/judged.model`, model.judged.key, "the model that was judged");
    await copy(`${target}/refit.model`, model.refit.key, "the same recipe on all rows");
    if (model.exports === null) continue;
    const { lightgbm, onnx, calibration } = model.exports;
    if (onnx !== null) await copy(`${target}/refit.onnx`, onnx.key, "for ONNX runtimes, calibrated");
    if (lightgbm !== null) await copy(`${target}/refit.lightgbm.txt`, lightgbm.key, "for LightGBM, before calibration");
    await copy(`${target}/refit.calibration.json`, calibration.key, "what the other files predict, and the calibrator");
  }
  if (trained.length === 0) missing.push(`No trained model yet: sigma train ${modelId}`);
  return { files, missing };
}

async function trainedModels(ports: LocalSystem["ports"], owner: string, packId: string, modelId: string): Promise<TrainedModel[]> {
  const found: TrainedModel[] = [];
  let cursor: string | undefined;
  do {
    const page = await listTrainedModels(ports.metadata, owner, { limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...page.rows.filter((model) => model.model_id === modelId && model.pack_id === packId && model.status !== "discarded"));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

async function writeOut(path: string, data: Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, data);
  } catch (cause) {
    throw writeFault(path, cause);
  }
}

/** Why a file could not be written, and what to do. */
export function writeFault(path: string, cause: unknown): SigmaError {
  const { code } = cause as NodeJS.ErrnoException;
  const full = code === "ENOSPC" || code === "EDQUOT";
  return new SigmaError(
    full ? "STORE_FULL" : "STORE_READ_ONLY",
    `"${path}" cannot be written (${code ?? "unknown"}). ${full ? "Free some space" : "Choose a folder that you may write"} with --out.`,
    { path },
    { cause },
  );
}
