import { access } from "node:fs/promises";
import { join } from "node:path";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import { command } from "../command.ts";
import { packOf } from "../find-model.ts";
import { sweepConfigText } from "../sweep-config-text.ts";
import { writeWhole } from "../write-file.ts";
import { MODEL_ARGS } from "./build.ts";

export const sweepConfig = command({
  name: "sweep-config",
  description: "Write the sweep of a model as commented YAML, to be edited and run with: sigma sweep --config FILE",
  routes: ["GET /models", "GET /models/{model_id}"],
  args: {
    ...MODEL_ARGS,
    start: { type: "string", valueHint: "date", description: "First session of the matrix that the sweep reads, YYYY-MM-DD" },
    end: { type: "string", valueHint: "date", description: "The session after the last one" },
    out: { type: "string", valueHint: "file", description: "File to write (default: sweeps/<model_id>_sweep.yaml)" },
    force: { type: "boolean", description: "Replace a file that is there already" },
  },
  examples: [
    "sigma sweep-config spx_eq_swing_daily",
    "sigma sweep-config spx_eq_swing_daily --start 2012-01-03 --end 2018-01-01 --out my.yaml",
  ],
  async run({ session, args }) {
    const client = await session.api();
    const packId = await packOf(client, args.model, args.pack);
    const { config } = await client.get<{ readonly config: ModelConfig }>(`/models/${encodeURIComponent(args.model)}`, { pack_id: packId });
    const file = args.out ?? join("sweeps", `${args.model}_sweep.yaml`);
    if (args.force !== true && (await exists(file)))
      throw new SigmaError(
        "CONFLICT",
        `"${file}" is there already, and it may hold what you changed. Run it with: sigma sweep --config ${file}, or replace it with --force.`,
        { file },
      );
    const { start, end } = args;
    const text = sweepConfigText({ modelId: args.model, packId, config, window: { start, end }, file });
    await writeWhole(file, new TextEncoder().encode(text));
    return {
      document: { path: file, model_id: args.model, pack_id: packId },
      text: `${file} written. Edit it, then: sigma sweep --config ${file}`,
    };
  },
});

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
