import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { sha256 } from "#lib/core/digest.ts";
import { SAMPLE_SHA256 } from "#lib/market-data/sample.ts";
import { TRUST_PACK } from "./memory-lab.ts";

const root = join(import.meta.dirname, "..");

/** What turns results into text; another wording needs no other results. */
const WORDING = ["./section.ts", "../markdown.ts", "../clopper-pearson.ts", "./markdown.ts"];

/**
 * What a result depends on besides its job, as `0.1.0+1a2b3c4d5e6f`: the package version, and a digest of the code that a worker
 * can reach (the experiments' and the product's, without comments and without what nobody calls), of the pack that the models
 * belong to, and of the sample data. Code that no experiment reaches, such as a page or a command, may change without it.
 */
export async function trustVersion(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const parts = [await reachableCode(), ...packDocuments(), SAMPLE_SHA256];
  return `${version}+${sha256(parts.map((part) => sha256(part)).join("\n")).slice(0, 12)}`;
}

async function reachableCode(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["trust/worker.ts"],
    external: WORDING,
    packages: "external",
    bundle: true,
    write: false,
    minifyWhitespace: true,
    platform: "node",
    format: "esm",
    logLevel: "silent",
  });
  return outputFiles.map(({ text }) => text).join("\n");
}

function packDocuments(): string[] {
  const folder = join(root, "packs", TRUST_PACK);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .sort();
}
