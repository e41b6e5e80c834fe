import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLOCK = "2026-01-02T21:00:00Z";
const DRIVER = fileURLToPath(new URL("./driver.ts", import.meta.url));
const LAUNCHER = fileURLToPath(new URL("../../cli/with-runtime.mjs", import.meta.url));

export interface DriverLine {
  readonly ready?: true;
  readonly pid?: number;
  readonly run_id?: string;
  readonly step?: string;
  readonly seq?: number;
  readonly done?: number;
  readonly expected?: number;
  readonly status?: string;
  readonly run?: string;
  readonly execution?: string;
  readonly attempt?: number;
  readonly steps?: number;
  readonly error?: string;
  readonly message?: string;
  readonly ms?: number;
}

export interface DriverProcess {
  readonly child: ChildProcess;
  readonly lines: readonly DriverLine[];
  /** Resolves with the first line that fits, present or to come. Rejects when the process ends without one. */
  line(fits: (line: DriverLine) => boolean): Promise<DriverLine>;
  /** Kills the process and everything that it started. */
  killGroup(): void;
  /** Resolves when the process is gone. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly problems: string }>;
}

/** How the driver is run: by this process's own Node, or through the launcher under another one. */
export interface Start {
  readonly env?: Readonly<Record<string, string>>;
  readonly node?: string;
}

/** The driver as the leader of a process group of its own, under a clock that stands still. */
export function startDriver(home: string, action: string, argument = "", { env = {}, node }: Start = {}): DriverProcess {
  const [command, ...script] = node === undefined ? [process.execPath] : [node, LAUNCHER];
  const child = spawn(command!, [...script, DRIVER, action, argument], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, SIGMA_HOME: home, SIGMA_CLOCK: CLOCK, ...env },
  });
  const lines: DriverLine[] = [];
  const waiting: (() => void)[] = [];
  let gone = false;
  let rest = "";
  let problems = "";
  const wake = (): void => {
    for (const check of waiting.splice(0)) check();
  };
  child.stdout.on("data", (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split("\n");
    rest = parts.pop()!;
    for (const part of parts) lines.push(JSON.parse(part) as DriverLine);
    wake();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    problems += chunk.toString();
  });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null; problems: string }>((done) => {
    child.on("close", (code, signal) => {
      gone = true;
      wake();
      done({ code, signal, problems });
    });
  });
  return {
    child,
    lines,
    ended,
    killGroup() {
      if (gone) return;
      try {
        process.kill(-child.pid!, "SIGKILL");
      } catch (error) {
        // It ended by itself in the meantime.
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
      }
    },
    line: (fits) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const found = lines.find(fits);
          if (found) resolve(found);
          else if (gone) reject(new Error(`The driver ended without the line. It said ${JSON.stringify(lines)} and ${problems}`));
          else waiting.push(check);
        };
        check();
      }),
  };
}

/** Runs an action to its end. @throws what the driver wrote when it failed */
export async function drive(
  home: string,
  action: string,
  argument = "",
  env: Readonly<Record<string, string>> = {},
): Promise<DriverProcess> {
  const driver = startDriver(home, action, argument, env);
  const { code, problems } = await driver.ended;
  if (code !== 0) throw new Error(`"${action}" failed: ${JSON.stringify(driver.lines.at(-1))} ${problems}`);
  return driver;
}

const SIGMA = fileURLToPath(new URL("../../cli/sigma.mjs", import.meta.url));

/** One command line of `sigma`, under this Node or another one. @throws what it said when it failed */
export async function sigma(home: string, argv: readonly string[], node: string = process.execPath): Promise<unknown> {
  const child = spawn(node, [SIGMA, ...argv, "--json"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, SIGMA_HOME: home, SIGMA_CLOCK: CLOCK },
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
  const code = await new Promise((done) => child.on("close", done));
  if (code !== 0) throw new Error(`sigma ${argv.join(" ")} ended with ${code}: ${Buffer.concat(err).toString()}`);
  return JSON.parse(Buffer.concat(out).toString());
}
