import { resolve } from "node:path";
import { command } from "../command.ts";
import { exportFiles } from "../export-files.ts";
import { packOf } from "../find-model.ts";
import { bytes } from "../format.ts";
import { renderTable } from "../table.ts";
import { MODEL_ARGS } from "./build.ts";

export const exportModel = command({
  name: "export",
  description: "Matrix (CSV, Parquet), latest backtest report and plots, model card and model file, as plain files",
  localOnly: "it copies the matrix and the model's files out of this machine's home",
  args: {
    ...MODEL_ARGS,
    out: { type: "string", required: true, valueHint: "folder", description: "Folder to write into; it is made when missing" },
  },
  examples: ["sigma export spx_eq_swing_daily --out export"],
  async run({ session, args }) {
    const packId = await packOf(await session.api(), args.model, args.pack);
    const { files, missing } = await exportFiles(await session.local(), {
      owner: session.owner,
      packId,
      modelId: args.model,
      folder: resolve(args.out),
    });
    const table = renderTable(
      [
        { header: "File", value: ({ path }) => path },
        { header: "Size", align: "right", value: ({ size }) => bytes(size) },
        { header: "What", value: ({ what }) => what },
      ],
      files,
      session.width,
    );
    return {
      document: { folder: resolve(args.out), files, missing },
      text: [table, ...missing.map((line) => `  - ${line}`)].join("\n"),
    };
  },
});
