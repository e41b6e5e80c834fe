import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { bundleFunctions } from "#infra/bundle.ts";
import type { Workload } from "../workload.ts";

/** Environment as the stack gives it; nothing is called, so the names lead nowhere. */
const ENVIRONMENT = {
  AWS_REGION: "us-east-1",
  ARTIFACT_BUCKET: "bench-artifacts",
  SECRET_PREFIX: "bench/",
  STATE_TABLE: "bench-state",
  SIGNALS_TABLE: "bench-signals",
  IDEMPOTENCY_TABLE: "bench-idempotency",
  ALERT_TOPIC_ARN: "arn:aws:sns:us-east-1:000000000000:bench",
  STATE_MACHINE_ARN_PREFIX: "arn:aws:states:us-east-1:000000000000:stateMachine:bench-",
};

/** Prints how long the import of a module took, in a process that has imported nothing else. */
const IMPORT = "const from = performance.now(); await import(process.argv[1]); console.log(performance.now() - from); process.exit(0);";

/** What a cold start of the API pays before its first line runs. */
export const apiBundle: Workload = {
  name: "api-bundle",
  title: "Bundle of the API function",
  async run() {
    // Inside the project, where the SDK that the runtime brings is found.
    const parent = join(import.meta.dirname, "..", "..", "cdk.out");
    mkdirSync(parent, { recursive: true });
    const folder = mkdtempSync(join(parent, "bench-bundle-"));
    try {
      // The API carries nothing of the web app.
      mkdirSync(join(folder, "web"));
      const from = performance.now();
      const bundles = await bundleFunctions(join(folder, "functions"), join(folder, "web"));
      const bundleMs = performance.now() - from;
      const api = bundles.get("api");
      if (!api) throw new Error('The bundles hold no "api".');
      const url = pathToFileURL(join(api.folder, "index.mjs")).href;
      const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", IMPORT, url], {
        env: { ...process.env, ...ENVIRONMENT },
      });
      const { start, total } = api;
      return [
        {
          label: "loaded at start: entry and its static chunks, minified",
          value: start.bytes / 1000,
          unit: "KB",
          aim: "<= 800 KB",
          note: "without the AWS SDK, which the runtime brings",
        },
        { label: "loaded at start, each file gzipped", value: start.gzipBytes / 1000, unit: "KB", aim: "<= 250 KB" },
        { label: "whole asset's code, with what requests load later, minified", value: total.bytes / 1000, unit: "KB" },
        { label: "whole asset's code, each file gzipped", value: total.gzipBytes / 1000, unit: "KB" },
        { label: "import in a fresh process, SDK clients included", value: Number(stdout.trim()), unit: "ms", aim: "<= 250 ms" },
        { label: `bundling all ${bundles.size} functions`, value: bundleMs, unit: "ms" },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
