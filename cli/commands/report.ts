import { resolve } from "node:path";
import type { RunView } from "#functions/api/runs/run-view.ts";
import { evaluationOf } from "#functions/api/runs/run-view.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { command } from "../command.ts";
import { bytes } from "../format.ts";
import { oneOf } from "../values.ts";
import { writeWhole } from "../write-file.ts";

/** Where a run's outputs name each form of its report, and how its file ends. */
const FORMS = {
  html: { key: "tear_sheet_key", ending: "html" },
  markdown: { key: "markdown_key", ending: "md" },
  json: { key: "report_key", ending: "json" },
} as const;

export const report = command({
  name: "report",
  description: "Writes a finished backtest's report to a file: a page with all its pictures, Markdown, or the JSON document",
  routes: ["GET /runs/{run_id}", "GET /artifacts/{key}"],
  args: {
    run: { type: "positional", description: "Run id of a backtest", required: true },
    form: { type: "string", valueHint: "html|markdown|json", description: "What to write (default: html)" },
    out: { type: "string", valueHint: "file", description: "File to write (default: the run's id with the form's ending)" },
  },
  examples: ["sigma report backtest_b3e4c52f9256fd8431d552b6 --out sheet.html", "sigma report RUN --form markdown"],
  async run({ session, args }) {
    const form = oneOf("form", args.form ?? "html", ["html", "markdown", "json"]);
    const client = await session.api();
    const run = await client.get<RunView>(`/runs/${encodeURIComponent(args.run)}`);
    const { key: name, ending } = FORMS[form];
    const key = (evaluationOf(run.outputs) as { readonly [key: string]: unknown } | undefined)?.[name];
    if (typeof key !== "string")
      throw new SigmaError(
        "UNPROCESSABLE",
        `Run "${run.run_id}" (${run.machine}, ${run.status}) has no report in the form "${form}". Backtests that succeeded have one: sigma runs list --machine backtest --status succeeded.`,
        { run_id: run.run_id, form },
      );
    const data = await client.bytes(`/artifacts/${key.split("/").map(encodeURIComponent).join("/")}`);
    const path = resolve(args.out ?? `${run.run_id}.${ending}`);
    await writeWhole(path, data);
    const size = data.byteLength;
    return { document: { run_id: run.run_id, form, path, size }, text: `${path} (${bytes(size)})` };
  },
});
