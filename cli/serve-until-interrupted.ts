import { serverOptions, startLocalServer } from "#infra/local/server.ts";
import { buildWebApp } from "#infra/local/web-build.ts";
import type { Session } from "./session.ts";

/** Serves the API and the app, which is built when it must be, until Ctrl-C or a stop from outside; runs in progress are asked to stop then. */
export async function serveUntilInterrupted(session: Session, port: number | undefined, host?: string): Promise<void> {
  const { env } = session.terminal;
  const system = await session.local();
  const options = serverOptions(port === undefined ? env : { ...env, PORT: String(port) });
  const server = await startLocalServer(system, {
    ...options,
    ...(host === undefined ? {} : { host }),
    web: buildWebApp({ say: (line) => session.note(line) }),
    onUnexpected: (error, requestId) => {
      session.note(
        `request ${requestId}: ${error instanceof Error ? (env["SIGMA_DEBUG"] === "1" ? error.stack : error.message) : String(error)}`,
      );
    },
  });
  session.note(`Sigma Lab on ${server.urls.join(" and ")} (Ctrl-C ends)`);
  await new Promise<void>((settle) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => settle());
  });
  session.note("Stopping: steps in progress are finished, runs can be resumed.");
  await server.close();
}
