import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT } from "./demo-home.ts";

/** `sigma serve` over a home, as a process of its own that a test can kill and start again at the same address. */
export interface LocalApp {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly home: string;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
  /** Starts it again where it was. */
  start(): Promise<void>;
}

const LONGEST_START_MS = 60_000;

/** Starts the server; the app is built first when it must be. */
export async function startApp(home: string, env: Readonly<Record<string, string>> = {}): Promise<LocalApp> {
  let running = await serve(home, 0, env);
  const { port } = running;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    running.child.kill(signal);
    await running.ended;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    home,
    stop: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
    start: async () => {
      running = await serve(home, port, env);
    },
  };
}

interface Serving {
  readonly child: ChildProcess;
  readonly port: number;
  readonly ended: Promise<void>;
}

async function serve(home: string, port: number, env: Readonly<Record<string, string>>): Promise<Serving> {
  const child = spawn(process.execPath, [join(PROJECT, "cli", "sigma.mjs"), "serve", "--port", String(port)], {
    cwd: tmpdir(),
    env: { ...process.env, SIGMA_HOME: home, SIGMA_DEBUG: "1", ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<void>((settle) => child.once("close", () => settle()));
  let said = "";
  const found = await new Promise<number>((settle, fail) => {
    const late = setTimeout(() => fail(new Error(`The server did not start in time: ${said}`)), LONGEST_START_MS);
    child.stderr!.on("data", (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-8000);
      const match = /Sigma Lab on http:\/\/127\.0\.0\.1:(\d+)/.exec(said);
      if (match) settle(Number(match[1]));
    });
    void ended.then(() => fail(new Error(`The server ended: ${said}`)));
    child.once("error", fail);
    void ended.finally(() => clearTimeout(late));
  }).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  return { child, port: found, ended };
}
