import { type Context, Hono } from "hono";
import { parseOr } from "#lib/errors/parse.ts";
import { toProblem } from "#lib/errors/problem.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import { quotasOf } from "#lib/quotas/quotas.ts";
import type { RateWindow } from "#lib/quotas/rate-window.ts";
import { createAdmission } from "#lib/quotas/run-admission.ts";
import type { ApiDeps } from "./api-deps.ts";
import { type Answer, toResponse } from "./http/answer.ts";
import { isUnchanged } from "./http/conditions.ts";
import { withIdempotency } from "./http/idempotency.ts";
import { jsonText } from "./http/json-text.ts";
import { rateHeaders, rateWindow, requireBudget } from "./http/rate-limit.ts";
import { readJsonBody } from "./http/read-body.ts";
import { requestIdOf } from "./http/request-id.ts";
import type { AnyRoute, Call } from "./route.ts";
import { indexRoutes } from "./routes/index.route.ts";
import { ROUTES } from "./routes.ts";
import { withMatrix } from "./runs/await-matrix.ts";

type Variables = { Variables: { requestId: string; rate: RateWindow | undefined } };

/** The whole HTTP surface. Lambda and local mode mount the same app. */
export function createApp(given: ApiDeps) {
  const quotasFor = (owner: string) => quotasOf(given.ports.metadata, given.quotas, given.mode, owner);
  const deps: ApiDeps = { ...given, ports: { ...given.ports, admit: createAdmission(given.ports, quotasFor) } };
  const app = new Hono<Variables>();

  app.use(async (context, next) => {
    const id = requestIdOf(context.req.header("x-request-id"), deps.requestId);
    context.set("requestId", id);
    await next();
    context.res.headers.set("x-request-id", id);
    context.res.headers.set("x-content-type-options", "nosniff");
    if (!context.res.headers.has("cache-control")) context.res.headers.set("cache-control", "no-store");
    const rate = context.get("rate");
    if (rate !== undefined) for (const [name, value] of Object.entries(rateHeaders(rate))) context.res.headers.set(name, value);
  });

  app.use(async (context, next) => {
    const window = await rateWindow(deps, context);
    context.set("rate", window);
    requireBudget(window);
    await next();
  });

  let document: Promise<object> | undefined;
  const openApi = (): Promise<object> => {
    document ??= import("./openapi/document.ts").then(({ openApiDocument }) => openApiDocument(deps.version, routes));
    return document;
  };
  const routes: readonly AnyRoute[] = [...indexRoutes(() => routes, openApi), ...ROUTES];
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === "key" ? ":key{.+}" : `:${name}`));
    app.on(route.method, path === "/" ? ["/", "/v1", "/v1/"] : [path, `/v1${path}`], (context) => answer(deps, route, context));
  }

  app.notFound((context) => {
    const { method, path } = context.req;
    const shown = JSON.stringify(path.slice(0, 120));
    return problem(new SigmaError("NOT_FOUND", `No route ${method} ${shown}. GET / lists the routes.`, { method }), context);
  });
  app.onError((error, context) => {
    if (!(error instanceof SigmaError)) deps.onUnexpected?.(error, context.get("requestId"));
    return problem(error, context);
  });
  return app;
}
export type App = ReturnType<typeof createApp>;

async function answer(deps: ApiDeps, route: AnyRoute, context: Context): Promise<Response> {
  const receivedAt = performance.now();
  const versioned = context.req.path === "/v1" || context.req.path.startsWith("/v1/");
  const owner = route.open ? "" : deps.owner(context);
  if (route.admin) deps.requireAdmin(context);
  const params = parseOr("INVALID_PARAM", route.params!, context.req.param(), "The path");
  const query = parseOr("INVALID_PARAM", route.query!, ownQuery(context), "The query");
  const raw = route.method === "get" ? undefined : await readJsonBody(context.req.raw);
  const body = route.body ? parseOr("INVALID_PARAM", route.body, raw, "The body") : undefined;
  const call = { deps, ports: deps.ports, owner, params, query, body, raw, context, versioned, receivedAt } as Call<never, never, never>;
  const handle = () => route.handler(call);
  const work = async () => classicAnswer(await (route.needsMatrix ? withMatrix(call, handle) : handle()), route, versioned);
  const answered =
    route.method === "post"
      ? await withIdempotency(
          deps,
          { owner, key: context.req.header("idempotency-key"), request: { path: route.path, params, query, body: raw } },
          work,
        )
      : await work();
  return toResponse(unlessUnchanged(answered, route, context));
}

/** A reader who has the same state already gets no body. */
function unlessUnchanged(answered: Answer, route: AnyRoute, context: Context): Answer {
  if (route.method !== "get" || answered.status !== 200) return answered;
  if (!isUnchanged(context.req.header("if-none-match"), answered.headers["etag"])) return answered;
  return { status: 304, headers: answered.headers, body: { none: true } };
}

/** The query without the parameter that chooses the workspace, which the owner's rule has read. */
function ownQuery(context: Context): Record<string, string> {
  const { workspace, ...query } = context.req.query();
  return query;
}

/** The classic paths say `ok`; a run that has ended without success is not. */
function classicAnswer(answered: Answer, route: AnyRoute, versioned: boolean): Answer {
  if (versioned || !route.classic || !("json" in answered.body)) return answered;
  const { status } = answered.body.json as { readonly status?: string };
  const failed = route.startsRun === true && (status === "failed" || status === "canceled" || status === "interrupted");
  return { ...answered, body: { json: { ok: !failed, ...(answered.body.json as object) } } };
}

function problem(error: unknown, context: Context<Variables>): Response {
  const document = { ...toProblem(error, context.req.path.slice(0, 512)), request_id: context.get("requestId") };
  const seconds = error instanceof SigmaError ? (error.facts["retry_after_seconds"] ?? 2) : 2;
  const retry = error instanceof SigmaError && error.retryable ? { "retry-after": String(seconds) } : {};
  return new Response(jsonText(document), {
    status: document.status,
    headers: { "content-type": "application/problem+json", ...retry },
  });
}
