import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { networkVariables, readNetworkSettings } from "#lib/market-data/network-settings.ts";
import { quotaVariables, readQuotas } from "#lib/quotas/quotas.ts";
import { bundleFunctions } from "./bundle.ts";
import { buildWebApp, folderDigest } from "./local/web-build.ts";
import { summaryOf } from "./summary.ts";
import { createCloudApp } from "./synth.ts";
import { readWebSettings } from "./web-settings.ts";

const start = performance.now();
const given = process.env["CDK_OUTDIR"];
const outdir = resolve(given ?? "cdk.out");
// Under the CDK's own CLI the folder is the CLI's to keep.
if (given === undefined) rmSync(outdir, { recursive: true, force: true });

// A setting that cannot be read is refused now, not by the first function that starts.
readNetworkSettings(process.env);
readQuotas("cloud", process.env);
const settings = readWebSettings(process.env);
const web = await buildWebApp({ say: (line) => process.stderr.write(`${line}\n`) });
if ("problem" in web) throw new Error(web.problem);
const bundles = await bundleFunctions(join(outdir, "bundles"), web.folder);
const { app, stack } = createCloudApp({
  outdir,
  bundles,
  network: networkVariables(process.env),
  quotas: quotaVariables(process.env),
  web: { digest: folderDigest(web.folder), settings },
});
try {
  const { template } = app.synth().getStackArtifact(stack.artifactId);
  process.stderr.write(summaryOf({ stack, template, bundles, seconds: (performance.now() - start) / 1000, outdir }));
} catch (error) {
  // The checks have printed each finding with its construct and the id to acknowledge it by.
  if ((error as Error).name !== "ValidationFailed") throw error;
  process.stderr.write("The template has findings (above). Nothing was synthesized for deployment.\n");
  process.exitCode = 1;
}
