import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import { type App, createApp } from "#functions/api/app.ts";
import { LOCAL_OWNER, localAdmin, localOwner } from "#functions/api/owner.ts";
import { liveStatus } from "#functions/api/runs/run-view.ts";
import { simulatedWorkspaceOf } from "#lib/core/workspace.ts";
import { toProblem } from "#lib/errors/problem.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { readQuotas } from "#lib/quotas/quotas.ts";
import { findRun, listRuns, writeRun } from "#lib/runs/run-store.ts";
import { localEnvironment } from "./environment.ts";
import { createLocalSite, type LocalSiteParts } from "./local-site.ts";
import type { LocalSystem } from "./local-system.ts";
import { measureMachine } from "./machine-probe.ts";

export const DEFAULT_PORT = 8787;

const LOOPBACK = ["127.0.0.1", "::1", "localhost"];
/** How long a closing server waits for answers that are on their way. */
const GRACE_MS = 2000;

export interface LocalServer {
  /** Where to look, the first one for people. */
  readonly urls: readonly string[];
  readonly port: number;
  /** Stops accepting, lets answers finish, then hangs up. The system stays open. */
  close(): Promise<void>;
}

export interface LocalServerOptions {
  /** 0 = any free one. */
  readonly port: number;
  /** Absent = loopback on IPv4 and IPv6. Any other address needs a token. */
  readonly host?: string | undefined;
  /** Asked for on every request when it is set. */
  readonly token?: string | undefined;
  readonly onUnexpected?: (error: unknown, requestId: string) => void;
  readonly web?: LocalSiteParts["web"];
}

/**
 * Options from the environment: `PORT`, `SIGMA_HOST`, `SIGMA_API_TOKEN`.
 *
 * @throws CONFIG_INVALID when PORT is no port
 */
export function serverOptions(env: Readonly<Record<string, string | undefined>> = process.env): LocalServerOptions {
  const text = env["PORT"];
  const port = text === undefined || text === "" ? DEFAULT_PORT : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new SigmaError("CONFIG_INVALID", `PORT must be a number from 0 to 65535; found "${text}".`, { variable: "PORT" });
  return { port, host: env["SIGMA_HOST"] || undefined, token: env["SIGMA_API_TOKEN"] || undefined };
}

/** The API over a local system, as the server and the command line use it. */
export function createLocalApp(system: LocalSystem, onUnexpected?: LocalServerOptions["onUnexpected"]): App {
  return createApp({
    ports: { ...system.ports, workflow: system.workflow },
    mode: "local",
    owner: localOwner,
    requireAdmin: localAdmin,
    quotas: readQuotas("local", localEnvironment()),
    version: system.ports.codeVersion,
    requestId: randomUUID,
    now: () => system.ports.clock.now(),
    machine: measureMachine,
    ...(onUnexpected ? { onUnexpected } : {}),
  });
}

/**
 * Serves the API, the app and the status page. Runs whose process died are marked before the first request.
 *
 * @throws PORT_IN_USE naming the port and what to do
 * @throws CONFIG_INVALID when an address other than loopback is asked for without a token
 */
export async function startLocalServer(system: LocalSystem, options: LocalServerOptions): Promise<LocalServer> {
  const { host, token } = options;
  const isLoopback = host === undefined || LOOPBACK.includes(host);
  if (!isLoopback && token === undefined)
    throw new SigmaError(
      "CONFIG_INVALID",
      `Serving on "${host}" lets other machines in, so SIGMA_API_TOKEN must be set to a secret that callers send as "Authorization: Bearer". Without it only 127.0.0.1 and ::1 are served.`,
      { host: host ?? "" },
    );
  await markInterruptedRuns(system);
  const { onUnexpected, web } = options;
  const site = createLocalSite({ system, api: createLocalApp(system, onUnexpected), web, onUnexpected });
  const fetch = async (request: Request): Promise<Response> => refusal(request, { anyHost: !isLoopback, token }) ?? site.fetch(request);

  const hosts = host === undefined || host === "localhost" ? ["127.0.0.1", "::1"] : [host];
  const { servers, port } = await listenOnAll(fetch, hosts, options.port);
  return {
    urls: hosts.slice(0, servers.length).map((address) => `http://${address.includes(":") ? `[${address}]` : address}:${port}`),
    port,
    close: async () => {
      await Promise.all(servers.map(closeServer));
    },
  };
}

/** Says of every run that is recorded as running, and that nothing executes, that it was interrupted. */
export async function markInterruptedRuns({ ports, workflow }: Pick<LocalSystem, "ports" | "workflow">): Promise<readonly string[]> {
  const marked: string[] = [];
  for (const owner of [LOCAL_OWNER, simulatedWorkspaceOf(LOCAL_OWNER)]) {
    let cursor: string | undefined;
    do {
      const page = await listRuns(
        ports.metadata,
        owner,
        { status: "running" },
        { limit: 200, ...(cursor === undefined ? {} : { cursor }) },
      );
      for (const { run_id } of page.rows) {
        const found = await findRun(ports.metadata, run_id);
        if (found?.run.status !== "running" || (await liveStatus({ ...ports, workflow }, found.run)) !== "interrupted") continue;
        await writeRun(ports.metadata, { ...found.run, status: "interrupted" }, found.version);
        marked.push(run_id);
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }
  return marked;
}

interface Door {
  /** A wider binding is guarded by its token; a loopback one by the names that may stand in Host. */
  readonly anyHost: boolean;
  readonly token: string | undefined;
}

/** Why a request may not come in, as the response to it; undefined when it may. */
export function refusal(request: Request, { anyHost, token }: Door): Response | undefined {
  const url = new URL(request.url);
  const host = request.headers.get("host") ?? "";
  if (!anyHost && !isLoopbackHost(host))
    return problem(
      request,
      "FORBIDDEN",
      `This server answers to 127.0.0.1, [::1] and localhost; found Host ${JSON.stringify(host.slice(0, 80))}.`,
    );
  if (!["GET", "HEAD", "OPTIONS"].includes(request.method) && isForeign(request, host))
    return problem(
      request,
      "FORBIDDEN",
      "Another site's page may not change anything here. Use the API directly or from this server's own pages.",
    );
  if (token !== undefined && url.pathname !== "/healthz" && url.pathname !== "/v1/healthz" && !carriesToken(request, token)) {
    const refused = problem(request, "UNAUTHENTICATED", "Send the token as Authorization: Bearer, or as the password of Basic.");
    refused.headers.set("www-authenticate", 'Basic realm="Sigma Lab", charset="UTF-8"');
    return refused;
  }
  return undefined;
}

/** A page of another site can make a browser call this server under a name of its own (DNS rebinding). */
function isLoopbackHost(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host);
}

function isForeign(request: Request, host: string): boolean {
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return true;
  if (origin === null) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host.toLowerCase();
}

function carriesToken(request: Request, token: string): boolean {
  const [scheme, value = ""] = (request.headers.get("authorization") ?? "").split(" ");
  if (scheme?.toLowerCase() === "bearer") return equal(value, token);
  if (scheme?.toLowerCase() !== "basic") return false;
  const pair = Buffer.from(value, "base64").toString();
  return equal(pair.slice(pair.indexOf(":") + 1), token);
}

/** Compares without telling by its time how much was right. */
function equal(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function problem(request: Request, code: "FORBIDDEN" | "UNAUTHENTICATED", detail: string): Response {
  const id = randomUUID();
  const body = { ...toProblem(new SigmaError(code, detail), new URL(request.url).pathname.slice(0, 512)), request_id: id };
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { "content-type": "application/problem+json", "x-request-id": id, "cache-control": "no-store" },
  });
}

type Fetch = (request: Request) => Promise<Response>;

/** Listens on every address at one port. An IPv6 loopback that the machine does not have is left out. */
async function listenOnAll(fetch: Fetch, hosts: readonly string[], port: number): Promise<{ servers: Server[]; port: number }> {
  const servers: Server[] = [];
  let bound = port;
  for (const host of hosts) {
    const server = createAdaptorServer({ fetch, overrideGlobalObjects: false }) as Server;
    try {
      await listen(server, host, bound);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (host === "::1" && servers.length > 0 && (code === "EAFNOSUPPORT" || code === "EADDRNOTAVAIL")) continue;
      await Promise.all(servers.map(closeServer));
      if (code === "EADDRINUSE" || code === "EACCES") throw portTaken(bound, host, code);
      throw error;
    }
    servers.push(server);
    bound = (server.address() as { port: number }).port;
  }
  return { servers, port: bound };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}

function portTaken(port: number, host: string, code: string): SigmaError {
  const why = code === "EACCES" ? "may not be used by this user" : "is in use by another program (perhaps another Sigma Lab)";
  return new SigmaError(
    "PORT_IN_USE",
    `Port ${port} on ${host} ${why}. Stop that program, or choose another port: PORT=${port < 65_535 ? port + 1 : DEFAULT_PORT} npm start.`,
    { port, host },
  );
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const hangUp = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(hangUp);
      resolve();
    });
    server.closeIdleConnections();
  });
}
