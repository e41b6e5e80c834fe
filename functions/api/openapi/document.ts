import type * as z from "zod";
import type { AnyRoute, Documented } from "../route.ts";
import { exampleOf } from "./example-of.ts";
import { inputSchema, namedSchemas, outputSchema } from "./named-schemas.ts";

type Schema = { [key: string]: unknown };

const DESCRIPTION =
  "From a trading idea to a trusted, explainable signal. Long work answers 202 with a run; `Prefer: wait=20` waits. " +
  "Every route also answers without `/v1`; the classic paths then add `ok`, and wait for the end of what they start.";

/** What the groups of routes are for, in the order of the documentation. */
const TAGS: Readonly<Record<string, string>> = {
  health: "Whether the service works, and what it offers",
  packs: "Strategy packs and their documents",
  indicators: "The indicator catalogue",
  models: "Models: what is computed and decided",
  policy: "How predictions become trades",
  data: "Market data",
  matrix: "Feature and label tables",
  scan: "Which symbols of a universe to look at",
  evaluate: "Backtests, sweeps, the gate and the leaderboard",
  train: "Trained models and their lifecycle",
  live: "Signals",
  runs: "Long work: its state, progress and outputs",
  admin: "For administrators: quotas, jobs and reviews of every owner; other tokens get 403",
};

/** Every route with schemas that zod itself writes: JSON Schema 2020-12 is what OpenAPI 3.1 speaks. */
export function openApiDocument(version: string, routes: readonly AnyRoute[]): object {
  const schemas = namedSchemas();
  const resolve = (reference: string): Schema => schemas[reference.slice(reference.lastIndexOf("/") + 1)]!;
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, resolve) };
  const tags = [...new Set(routes.map(({ tag }) => tag))];
  return {
    openapi: "3.1.0",
    info: {
      title: "Sigma Lab",
      version,
      description: DESCRIPTION,
      license: { name: "Proprietary", identifier: "LicenseRef-Proprietary" },
    },
    servers: [
      { url: "/v1", description: "Versioned" },
      { url: "/", description: "The classic paths" },
    ],
    tags: tags.map((name) => ({ name, description: TAGS[name] ?? name })),
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "A JWT of the user pool or an API token. Local mode needs none on loopback addresses.",
        },
      },
      headers: HEADERS,
      responses: Object.fromEntries(PROBLEMS.map(({ name, ...problem }) => [name, problemResponse(problem)])),
      schemas,
    },
    paths,
  };
}

const REFERENCE = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

const HEADERS = {
  "X-Request-ID": { description: "The caller's own id when it is safe to log, else a new one", schema: { type: "string" } },
  "RateLimit-Limit": { description: "Requests that may be made in a minute", schema: { type: "integer" } },
  "RateLimit-Remaining": { description: "Requests that are left of them", schema: { type: "integer" } },
  "RateLimit-Reset": { description: "Seconds until the minute begins anew", schema: { type: "integer" } },
  ETag: {
    description: "The state that was read; If-Match writes only on it, If-None-Match reads only another",
    schema: { type: "string" },
  },
};

interface DocumentedProblem {
  readonly name: string;
  readonly status: string;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

const PROBLEMS: readonly DocumentedProblem[] = [
  {
    name: "InvalidParam",
    status: "400",
    code: "INVALID_PARAM",
    title: "A parameter is invalid",
    detail: "The query does not match its schema. limit: must be at most 200; found 5000.",
  },
  {
    name: "Unauthenticated",
    status: "401",
    code: "UNAUTHENTICATED",
    title: "The request carries no valid credentials",
    detail: "This route needs a token: send it as Authorization: Bearer.",
  },
  {
    name: "Forbidden",
    status: "403",
    code: "FORBIDDEN",
    title: "The credentials do not allow this",
    detail: 'The token lacks the scope "write", which POST needs. Use a token that has it.',
  },
  {
    name: "NotFound",
    status: "404",
    code: "NOT_FOUND",
    title: "Nothing has this id",
    detail: 'No run "backtest_0a1b2c3d4e5f60718293a4b5".',
  },
  {
    name: "Conflict",
    status: "409",
    code: "CONFLICT",
    title: "The record changed or already exists",
    detail: "The first request with the Idempotency-Key is still being answered.",
  },
  {
    name: "RateLimited",
    status: "429",
    code: "RATE_LIMITED",
    title: "Too many requests",
    detail: "60 reads a minute are allowed. Ask again in 12 s.",
  },
  { name: "Problem", status: "default", code: "INTERNAL", title: "Internal error", detail: "Every other problem has the same form." },
];

function problemResponse({ status, code, title, detail }: Omit<DocumentedProblem, "name">) {
  const type = `urn:sigma-lab:problem:${code.toLowerCase().replaceAll("_", "-")}`;
  const example = { type, title, status: status === "default" ? 500 : Number(status), code, detail, request_id: "req-1" };
  return {
    description: status === "default" ? "A problem (RFC 9457) with a permanent code" : title,
    headers: commonHeaders(),
    content: { "application/problem+json": { schema: REFERENCE("schemas", "Problem"), example } },
  };
}

function operationOf(route: AnyRoute, resolve: (reference: string) => Schema): object {
  const { method, tag, summary, body, bodyExample, answers, open, startsRun, conditional, classic } = route;
  const parameters = [
    ...parametersOf(route.params!, "path"),
    ...parametersOf(route.query!, "query"),
    ...(method === "post" ? [header("Idempotency-Key", "Within 24 hours the same key and request get the same answer")] : []),
    ...(startsRun ? [header("Prefer", "wait=20: wait up to 20 s for the end; wait: on one machine, until done")] : []),
    ...(conditional && method !== "get" ? [header("If-Match", "Write only on the state with this ETag; CONFLICT when it is another")] : []),
    ...(conditional && method === "get" ? [header("If-None-Match", "304 when the state still has this ETag")] : []),
  ];
  const requestBody = body && {
    required: true,
    content: { "application/json": { schema: inputSchema(body), ...(bodyExample === undefined ? {} : { example: bodyExample }) } },
  };
  return {
    tags: [tag],
    summary,
    ...(classic ? { description: classicText(startsRun === true) } : {}),
    operationId: operationId(route),
    security: open ? [] : [{ token: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(requestBody ? { requestBody } : {}),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [status, responseOf(answer, conditional === true, open === true, resolve)]),
      ),
      ...Object.fromEntries(problemsOf(route).map(({ name, status }) => [status, REFERENCE("responses", name)])),
    },
  };
}

const classicText = (startsRun: boolean): string =>
  `A classic path: without \`/v1\` the answer also has \`ok\`${startsRun ? ", and comes when the run has ended (in the cloud after 25 s at most)" : ""}.`;

/** The problems that a route's own form can have; `default` stands for the rest. */
function problemsOf({ open, path, method, conditional, startsRun }: AnyRoute): readonly DocumentedProblem[] {
  const applies: Readonly<Record<string, boolean>> = {
    "400": true,
    "401": open !== true,
    "403": open !== true,
    "404": path.includes("{"),
    "409": method === "post" || startsRun === true || conditional === true,
    "429": true,
    default: true,
  };
  return PROBLEMS.filter(({ status }) => applies[status]);
}

/** `get /runs/{run_id}` is `getRunsRunId`. */
function operationId({ method, path }: Pick<AnyRoute, "method" | "path">): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return [method, ...(words.length === 0 ? ["index"] : words)]
    .map((word, i) => (i === 0 ? word : word[0]!.toUpperCase() + word.slice(1)))
    .join("");
}

const commonHeaders = (open = false) =>
  Object.fromEntries(
    Object.keys(HEADERS)
      .filter((name) => name !== "ETag" && (!open || name === "X-Request-ID"))
      .map((name) => [name, REFERENCE("headers", name)]),
  );

function responseOf(
  { description, schema, type, example, also = {} }: Documented,
  tagged: boolean,
  open: boolean,
  resolve: (reference: string) => Schema,
) {
  const headers = { ...commonHeaders(open), ...(tagged ? { ETag: REFERENCE("headers", "ETag") } : {}) };
  const shape = schema && outputSchema(schema);
  const main = shape ? { schema: shape, example: example ?? exampleOf(shape, resolve) } : { schema: { type: "string" }, example };
  const content = {
    ...(schema || type ? { [type ?? "application/json"]: main } : {}),
    ...Object.fromEntries(Object.entries(also).map(([media, text]) => [media, { schema: { type: "string" }, example: text }])),
  };
  return { description, headers, ...(Object.keys(content).length > 0 ? { content } : {}) };
}

function parametersOf(schema: z.ZodType, where: "path" | "query") {
  const { properties = {}, required = [] } = inputSchema(schema) as { properties?: Record<string, Schema>; required?: string[] };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: where === "path" || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

const header = (name: string, description: string) => ({ name, in: "header", required: false, description, schema: { type: "string" } });
