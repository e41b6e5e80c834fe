import * as z from "zod";
import type { AnyRoute } from "#functions/api/route.ts";
import { ROUTES } from "#functions/api/routes.ts";
import { ERROR_CATALOG } from "#lib/errors/catalog.ts";

/** Text of `docs/api.md`, from the table of routes and the catalogue of errors. */
export function renderApiDocs(routes: readonly AnyRoute[] = ROUTES): string {
  const tags = [...new Set(routes.map(({ tag }) => tag))];
  const sections = tags.flatMap((tag) => [
    `## ${tag[0]!.toUpperCase()}${tag.slice(1)}`,
    routeTable(routes.filter((route) => route.tag === tag)),
  ]);
  return `${[HEADER, ...sections, "## Errors", ERRORS_INTRO, errorTable()].join("\n\n")}\n`;
}

const HEADER = `# HTTP API

<!-- Generated from functions/api by cli/generate/generate.ts (npm run schemas). Do not edit. -->

The same app answers in the cloud and on one machine (\`sigma serve\`, http://127.0.0.1:8787). \`GET /openapi.json\` has every schema with examples, and
\`GET /docs\` shows it in a browser without a network; this page is the overview. [client/](../client/README.md) is the API for TypeScript programs. JSON in snake_case; unknown numbers are \`null\`, never 0.

- **Paths.** Below \`/v1\`, and without it. The classic paths (marked *ok*) add \`ok\` to the unversioned answer: false when the run they waited for did not succeed.
- **Long work** (marked *run*) answers 202 \`{ run_id, status, status_url, is_new }\` with \`Location\`. \`Prefer: wait=20\` waits up to 20 s and answers 200 with the
  run when it has ended; on one machine a bare \`Prefer: wait\` waits until done. Unversioned paths wait until done (25 s in the cloud) unless \`Prefer: respond-async\`.
  Equal requests on unchanged definitions, data and code are one run; \`is_new\` says which.
- **Progress.** \`GET /v1/runs/{run_id}\`, or \`GET /v1/runs/{run_id}/events\` as server-sent events: \`progress\` with the sequence number as id, then \`end\`. Go on with
  \`Last-Event-ID\`; 204 means that the run has ended and everything was read. In the cloud the answer comes within 20 s, with \`retry: 2000\`.
- **Signals as they come.** \`GET /v1/signals/stream\`: \`signal\` events in the order of writing, \`cursor\` events that only say where to go on. The id is the
  place in that order: send it as Last-Event-ID and none is lost or comes twice. Without it the stream begins now; \`?after=0\` begins with the first signal.
- **Idempotency-Key** on any POST: within 24 hours the same key and request get the stored answer (\`Idempotency-Replayed: true\`); another request with it is a CONFLICT.
- **Quotas.** In the cloud an owner may make 60 reads (GET) a minute, begin 10 sweeps and 20 trainings a day, and have 2 of each running; a pipeline counts as what it
  may do. \`RateLimit-Limit\`, \`-Remaining\` and \`-Reset\` (seconds) stand on every answer. Too many reads are RATE_LIMITED (429, \`Retry-After\`), a used-up share is
  QUOTA_EXCEEDED (403, with the quota's name). A place is free again however its run ended. On one machine nothing is rationed, and no such header is sent, unless
  \`SIGMA_QUOTA_<NAME>\` says otherwise.
- **States.** Answers with an \`ETag\` can be read with \`If-None-Match\` (304 when nothing changed); a write with \`If-Match\` on another state is a CONFLICT.
- **Lists**: \`limit\` (1-200, default 50) and \`cursor\`; \`{ rows, next_cursor }\`. Leaderboard, sweep results and signals come as CSV with \`Accept: text/csv\`; the next
  cursor is then in \`X-Next-Cursor\`.
- **X-Request-ID** on every answer: yours when it is safe to log, else a new one. Bodies are JSON of at most 6 MB.
- **Owners.** In the cloud the token says who asks; another owner's id answers 404. The routes of administrators need the scope \`admin\` (a member of the user
  pool's group of that name, or a token made with \`--admin\`); all others get FORBIDDEN there. On one machine there is one user, who administers, with a workspace for simulated models beside
  the real one: \`X-Sigma-Workspace: simulated\` or \`?workspace=simulated\`.
- **On one machine** the server listens on 127.0.0.1 and ::1 only, refuses foreign \`Host\` headers and other sites' changes. \`SIGMA_HOST\` opens another address and then
  needs \`SIGMA_API_TOKEN\` (sent as \`Authorization: Bearer\`, or as the password of Basic).`;

const ERRORS_INTRO =
  "Every error is `application/problem+json` (RFC 9457) with a permanent `code`, `detail` (what was expected, what was found, what to do), `facts`, `request_id` and, for wrong input, `field_errors` of `{ path, issue }`. Retryable ones carry `Retry-After`. [errors.md](errors.md) says what each means and what to do.";

function routeTable(routes: readonly AnyRoute[]): string {
  const rows = routes.map((route) => {
    const { method, path, summary, startsRun, classic } = route;
    const marks = [startsRun ? "run" : null, classic ? "ok" : null].filter((mark) => mark !== null);
    return [`\`${method.toUpperCase()} ${path}\``, summary, fieldsOf(route.query), fieldsOf(route.body), marks.join(", ")];
  });
  return table(["Route", "What", "Query", "Body", "Marks"], rows);
}

/** Names of a schema's fields; those that must be given are bold. */
function fieldsOf(schema: z.ZodType | undefined): string {
  if (!schema) return "";
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return Object.keys(properties)
    .map((name) => (required.includes(name) ? `**${name}**` : name))
    .join(", ");
}

function errorTable(): string {
  return table(
    ["Code", "Status", "Title", "Retry"],
    Object.entries(ERROR_CATALOG).map(([code, { status, title, retryable }]) => [
      `\`${code}\``,
      String(status),
      title,
      retryable ? "yes" : "",
    ]),
  );
}

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
