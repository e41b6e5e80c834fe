import type { Transport } from "#client/send.ts";
import type { LocalSystem } from "#infra/local/local-system.ts";
import { simulatedWorkspaceOf } from "#lib/core/workspace.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { type ApiClient, createApiClient, reachingFetch } from "./api-client.ts";
import { UsageError } from "./failure.ts";
import { type Paint, paintFor } from "./paint.ts";
import { createProgress, type Progress } from "./progress.ts";

/** The process as the commands see it, so that a test can stand in for it. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  readonly stderr: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  /** Milliseconds on a clock that only goes forward. */
  now(): number;
}

/** One command's view of the world: where it writes, whose data it sees, and the two doors to the system. */
export interface Session {
  readonly terminal: Terminal;
  readonly json: boolean;
  readonly paint: Paint;
  /** Columns that a table may use; unlimited when nobody watches. */
  readonly width: number;
  readonly workspace: "simulated" | undefined;
  /** Owner of local data. */
  readonly owner: string;
  readonly isRemote: boolean;
  /** A line for the person who waits; never on stdout. */
  note(line: string): void;
  /** Shows steps on stderr as the terminal can. */
  progress(label: string): Progress;
  api(): Promise<ApiClient>;
  /** This machine's system. @throws CONFIG_INVALID when SIGMA_API_URL points elsewhere */
  local(): Promise<LocalSystem>;
  close(): Promise<void>;
}

const LOCAL_OWNER = "local";

export function createSession(terminal: Terminal, options: { readonly json: boolean; readonly workspace?: string | undefined }): Session {
  const { env } = terminal;
  const workspace = readWorkspace(options.workspace);
  const owner = workspace === undefined ? LOCAL_OWNER : simulatedWorkspaceOf(LOCAL_OWNER);
  const remoteUrl = env["SIGMA_API_URL"] || undefined;
  let system: Promise<LocalSystem> | undefined;
  let client: Promise<ApiClient> | undefined;

  const local = (): Promise<LocalSystem> => {
    if (remoteUrl !== undefined)
      throw new SigmaError(
        "CONFIG_INVALID",
        `This command works on this machine's data, but SIGMA_API_URL is "${remoteUrl}". Unset it and run the command again.`,
        { variable: "SIGMA_API_URL" },
      );
    system ??= openLocalSystem(env, note);
    return system;
  };
  const note = (line: string): void => {
    terminal.stderr.write(`${line}\n`);
  };

  return {
    terminal,
    json: options.json,
    paint: paintFor(terminal.stdout, env),
    width: terminal.stdout.isTTY === true ? (terminal.stdout.columns ?? 80) : Number.POSITIVE_INFINITY,
    workspace,
    owner,
    isRemote: remoteUrl !== undefined,
    note,
    local,
    progress: (label) =>
      createProgress({
        label,
        write: (text) => terminal.stderr.write(text),
        isTerminal: terminal.stderr.isTTY === true,
        now: () => terminal.now(),
        columns: terminal.stderr.columns ?? 80,
      }),
    api() {
      client ??= (async () => {
        if (remoteUrl === undefined)
          return createApiClient({ transport: await inProcessTransport(await local(), { env, note }), workspace });
        const token = env["SIGMA_API_TOKEN"];
        return createApiClient({ baseUrl: remoteUrl, token, transport: reachingFetch(remoteUrl), workspace });
      })();
      return client;
    },
    async close() {
      const opening = system;
      system = undefined;
      client = undefined;
      const opened = await opening?.catch(() => undefined);
      await opened?.close();
    },
  };
}

function readWorkspace(name: string | undefined): "simulated" | undefined {
  if (name === undefined || name === "real") return undefined;
  if (name === "simulated") return name;
  throw new UsageError(`--workspace is "real" or "simulated"; found "${name}".`);
}

async function openLocalSystem(env: NodeJS.ProcessEnv, note: (line: string) => void): Promise<LocalSystem> {
  const { createLocalSystem, localHome } = await import("#infra/local/local-system.ts");
  return createLocalSystem({
    home: localHome(env["SIGMA_HOME"]),
    alerts: {
      async deliver(alert) {
        note(`[alert] ${alert.title}`);
      },
    },
  });
}

/** The same app that the cloud deploys, called in this process: no port is opened. */
async function inProcessTransport(system: LocalSystem, { env, note }: InProcessHost): Promise<Transport> {
  const { createLocalApp } = await import("#infra/local/server.ts");
  const app = createLocalApp(system, (error) => {
    if (env["SIGMA_DEBUG"] === "1") note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  });
  return async (path, init) => app.request(path, init);
}

interface InProcessHost {
  readonly env: NodeJS.ProcessEnv;
  readonly note: (line: string) => void;
}
