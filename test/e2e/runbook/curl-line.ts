import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

interface Reason {
  readonly code: string;
  readonly metric: string;
  readonly limit: number;
}

/** What a person reads in the documents that the lines print; each has some of it. */
export interface PrintedDocument {
  readonly ok: boolean;
  readonly error: object | null;
  readonly detail: string;
  readonly run_id: string;
  readonly config: object;
  readonly columns: readonly { readonly name: string }[];
  readonly links: Readonly<Record<"matrix" | "results", string>>;
  readonly outputs: {
    readonly matrix: object;
    readonly trained: readonly object[];
    readonly plan: { readonly folds: readonly number[] };
    readonly backtest: {
      readonly thresholds: readonly { readonly threshold: number }[];
      readonly gate: { readonly status: string; readonly reasons: readonly Reason[] };
      readonly metrics: object;
      readonly log_loss: number;
    };
    readonly sweep: { readonly sweep_id: string };
  };
  readonly rows: readonly {
    readonly run_id: string;
    readonly gate: { readonly reasons: readonly Reason[] };
    readonly params: { readonly group: string; readonly threshold: number; readonly hours: readonly number[] };
  }[];
}

/** What a line of the runbook was answered. */
export interface CurlAnswer {
  readonly status: number;
  readonly body: PrintedDocument;
}

export const hasCurl = spawnSync("curl", ["--version"]).status === 0;

/**
 * Runs a line as it is written, through the shell and curl; what follows the pipe only prints. Without curl the same request goes by
 * fetch.
 *
 * @param folder - of the test's own, for the setting that lets curl tell the status
 */
export async function runCurlLine(line: string, folder: string): Promise<CurlAnswer> {
  const [command] = line.split(" | jq");
  return hasCurl ? await throughCurl(command!, folder) : await throughFetch(command!);
}

async function throughCurl(command: string, folder: string): Promise<CurlAnswer> {
  writeFileSync(join(folder, ".curlrc"), 'write-out = "\\n%{http_code}"\n');
  const child = spawn("sh", ["-c", command], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"] ?? "", CURL_HOME: folder, NO_PROXY: "*" },
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  const code = await new Promise((settle) => child.once("close", settle));
  const text = Buffer.concat(out).toString();
  if (code !== 0) throw new Error(`"${command}" ended with ${code}: ${Buffer.concat(err).toString()}${text}`);
  const at = text.lastIndexOf("\n");
  return { status: Number(text.slice(at + 1)), body: JSON.parse(text.slice(0, at)) as PrintedDocument };
}

async function throughFetch(command: string): Promise<CurlAnswer> {
  const url = /'?(http:\/\/[^\s']+)'?/.exec(command)![1]!;
  const body = /-d '([^']*)'/.exec(command)?.[1];
  const response = await fetch(url, body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body });
  return { status: response.status, body: (await response.json()) as PrintedDocument };
}
