import { readBuiltinPacks } from "#lib/adapters/local/builtin-packs.ts";
import type { Harness } from "./support.ts";

const builtIn = readBuiltinPacks();

/** swingsigma under another id, without its models and what stands beside the pack. */
export function packDocuments(id: string, change: (text: string, path: string) => string = (text) => text): Record<string, string> {
  const kept = builtIn.list().filter((path) => /^swingsigma\/(pack|(?!model_configs)[a-z_]+\/(?!.*_example)[a-z0-9_]+)\.yaml$/.test(path));
  return Object.fromEntries(
    kept.map((path) => {
      const written = builtIn
        .read(path)!
        .replace("id: swingsigma", `id: ${id}`)
        .replace("name: SwingSigma", `name: ${id.replaceAll("_", " ")}`);
      const text = path === "swingsigma/pack.yaml" ? written.replace(/^version: .*$/m, "version: 0.1.0") : written;
      return [path.replace("swingsigma/", `${id}/`), change(text, path)];
    }),
  );
}
/** Ends the check's run with a report of these numbers. */
export async function endCheck(harness: Harness, runId: string, sharpe: number | null, trades: number): Promise<void> {
  const key = `owners/local/evaluations/${runId}/report.json`;
  const report = {
    headline: 0,
    simulated: false,
    data: { first_session: "2019-03-01", last_session: "2020-02-20" },
    scores: { rows: 100 },
    folds: [{ notes: [] }],
    variants: [{ metrics: { sharpe, trades } }],
  };
  await harness.ports.artifacts.put(key, new TextEncoder().encode(JSON.stringify(report)), "any");
  await harness.end(runId, { backtest: { report_key: key } });
}
