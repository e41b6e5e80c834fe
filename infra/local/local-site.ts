import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import type { App } from "#functions/api/app.ts";
import { requestIdOf } from "#functions/api/http/request-id.ts";
import { localOwner } from "#functions/api/owner.ts";
import type { WebConfig } from "#lib/accounts/web-config.schema.ts";
import { toProblem } from "#lib/errors/problem.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { APP_BASE } from "../web-paths.ts";
import type { LocalSystem } from "./local-system.ts";
import { readStatus, renderStatus, STATUS_POLICY } from "./status-page.ts";
import { createWebApp, type WebBuild } from "./web-app.ts";

/** What the app is told of this host: nobody signs in. */
const LOCAL_CONFIG: WebConfig = { mode: "local" };

const NO_BUILD: Promise<WebBuild> = Promise.resolve({
  problem: "This server was started without the app. Start it with: npm start",
});

export interface LocalSiteParts {
  readonly system: LocalSystem;
  readonly api: App;
  /** The built app; requests for it wait. Absent = none is served. */
  readonly web?: Promise<WebBuild> | undefined;
  /** Hears of every error of a page that is not in the catalogue, with what was asked for. */
  readonly onUnexpected?: ((error: unknown, about: string) => void) | undefined;
}

/** Everything that one machine serves: the app and the status page for people, and the API at every other path. */
export function createLocalSite({ system, api, web = NO_BUILD, onUnexpected }: LocalSiteParts): Pick<Hono, "fetch"> {
  const site = new Hono();
  const app = createWebApp({ build: web, config: LOCAL_CONFIG });

  site.use(async (context, next) => {
    await next();
    // The API has named its own answers.
    if (!context.res.headers.has("x-request-id"))
      context.res.headers.set("x-request-id", requestIdOf(context.req.header("x-request-id"), randomUUID));
  });
  site.get("/", async (context, next) => {
    if (!isForPeople(context)) {
      await next();
      context.res.headers.append("vary", "accept");
      return;
    }
    return new Response(null, {
      status: 302,
      headers: { location: `${APP_BASE}${new URL(context.req.url).search}`, "cache-control": "no-store", vary: "accept" },
    });
  });
  for (const path of ["/app", "/app/*"]) site.all(path, (context) => app(context.req.raw));
  site.get("/status", async (context) => {
    const page = renderStatus(await readStatus(system, localOwner(context)));
    return context.html(page, 200, {
      "cache-control": "no-store",
      "content-security-policy": STATUS_POLICY,
      "x-content-type-options": "nosniff",
    });
  });
  site.notFound((context) => api.fetch(context.req.raw));
  site.onError((error, context) => {
    if (!(error instanceof SigmaError)) onUnexpected?.(error, context.req.path.slice(0, 120));
    const problem = toProblem(error, context.req.path.slice(0, 512));
    return new Response(JSON.stringify(problem), {
      status: problem.status,
      headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
    });
  });
  return site;
}

/** Browsers ask for pages by name; programs take anything. */
const isForPeople = (context: Context): boolean => (context.req.header("accept") ?? "").includes("text/html");
