import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FUNCTIONS } from "#infra/manifest.ts";

const outdir = mkdtempSync(join(tmpdir(), "sigma synth command "));
let ended: { readonly code: number; readonly stdout: string; readonly stderr: string };

beforeAll(async () => {
  // No credentials, no region, no home folder: nothing of an account may be needed.
  const env = { PATH: process.env["PATH"] ?? "", CDK_OUTDIR: outdir, AWS_EC2_METADATA_DISABLED: "true" };
  ended = await new Promise((resolve) => {
    execFile(process.execPath, ["cli/with-runtime.mjs", "infra/app.ts"], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}, 120_000);
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

describe("npm run synth", () => {
  it("needs no account and ends with 0 when the checks are clean", () => {
    expect(ended.code, ended.stderr).toBe(0);
  });

  it("writes the template and an asset for every function", () => {
    const { Resources } = JSON.parse(readFileSync(join(outdir, "SigmaLab.template.json"), "utf8")) as {
      Resources: Record<string, { Type: string; Properties: { Code?: { S3Key: string } } }>;
    };
    const assets = Object.values(Resources).flatMap(({ Type, Properties }) =>
      Type === "AWS::Lambda::Function" ? [join(outdir, `asset.${Properties.Code!.S3Key.replace(/\.zip$/, "")}`, "index.mjs")] : [],
    );
    expect(assets).toHaveLength(Object.keys(FUNCTIONS).length);
    expect(assets.filter((path) => !existsSync(path))).toEqual([]);
  });

  it("sums up resources, bundles and accepted findings", () => {
    expect(ended.stderr).toMatch(/^SigmaLab: \d+ resources$/m);
    expect(ended.stderr).toMatch(/^ +10 StepFunctions::StateMachine$/m);
    expect(ended.stderr).toMatch(/^ +api +\d+ kB +\d+ kB +\d+ kB +\d+ kB$/m);
    expect(ended.stderr).toMatch(/cdk-nag AwsSolutions: clean; accepted with reasons: .*\d+ AwsSolutions-IAM5/);
  });
});
