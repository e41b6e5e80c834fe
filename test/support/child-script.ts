import { spawn } from "node:child_process";

/**
 * Runs a script in a child process and kills it (SIGKILL) some time after its first line.
 *
 * @returns the lines that were complete when it died
 */
export async function linesUntilKilled(script: string, args: readonly string[], killAfterMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let problems = "";
  let timer: NodeJS.Timeout | undefined;
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    timer ??= setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    problems += chunk.toString();
  });
  const signal = await new Promise<string | null>((done) => child.on("close", (_, by) => done(by)));
  clearTimeout(timer);
  if (signal !== "SIGKILL") throw new Error(`The child ended by itself:\n${problems}`);
  return output.split("\n").slice(0, -1);
}

/** Runs a script in a child process to its end. @throws what it wrote when it failed */
export async function runChild(script: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let problems = "";
  child.stderr.on("data", (chunk: Buffer) => {
    problems += chunk.toString();
  });
  const code = await new Promise<number | null>((done) => child.on("close", done));
  if (code !== 0) throw new Error(`The child failed:\n${problems}`);
}
