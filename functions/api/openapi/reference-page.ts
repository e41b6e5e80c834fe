import { createHash } from "node:crypto";
import { html, Markup } from "../../shared/html.ts";
import { REFERENCE_SCRIPT, REFERENCE_STYLE } from "./reference-style.ts";

type Schema = { readonly [key: string]: unknown };

interface Content {
  readonly schema?: Schema;
  readonly example?: unknown;
}
interface Operation {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly description?: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<
    Record<string, { readonly $ref?: string; readonly description?: string; readonly content?: Readonly<Record<string, Content>> }>
  >;
}
interface ApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Only the page's own style and script run, known by their digests; it loads and sends nothing. */
const digestOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
export const REFERENCE_POLICY = [
  "default-src 'none'",
  `style-src ${digestOf(REFERENCE_STYLE)}`,
  `script-src ${digestOf(REFERENCE_SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The API's description for people: one page that needs nothing but itself. */
export function referencePage(document: object): string {
  const { info, tags, components, paths } = document as ApiDocument;
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${info.title} API</title>
<style>${new Markup(REFERENCE_STYLE)}</style></head><body>
<header><h1>${info.title} API</h1><span>${info.version}</span><input type="search" placeholder="Find a route" aria-label="Find a route" autocomplete="off"></header>
<div class="page"><nav aria-label="Groups"><ul>${tags.map(({ name }) => html`<li><a href="#${name}">${name}</a></li>`)}<li><a href="#schemas">schemas</a></li></ul></nav>
<main>${introduction(info.description)}
${tags.map(
  ({ name, description }) => html`<section aria-labelledby="${name}"><h2 id="${name}">${name}</h2><p class="soft">${description}</p>
${routes.filter(({ operation }) => operation.tags[0] === name).map(routeOf)}</section>
`,
)}<section aria-labelledby="schemas"><h2 id="schemas">schemas</h2><p class="soft">What answers are made of</p>
${Object.entries(components.schemas).map(
  ([name, schema]) =>
    html`<details id="schema-${name}"><summary><span class="path">${name}</span></summary>${fieldsOf(schema)}</details>
`,
)}</section></main></div>
<script>${new Markup(REFERENCE_SCRIPT)}</script></body></html>
`.toString();
}

const introduction = (description: string): Markup => html`<p>${coded(description)}</p>
<p>Send <code>Authorization: Bearer</code> with a token; the server of one machine needs none on its own addresses. Errors are
<code>application/problem+json</code> with a permanent <code>code</code>. Lists take <code>limit</code> and <code>cursor</code>. The same as a
document: <a href="/openapi.json">openapi.json</a>.</p>`;

function routeOf({ path, method, operation }: { readonly path: string; readonly method: string; readonly operation: Operation }): Markup {
  const { summary, description, operationId, security, parameters = [], requestBody, responses } = operation;
  const body = requestBody?.content["application/json"];
  return html`<details id="${operationId}"><summary><span class="method">${method}</span><span class="path">${path}</span><span class="soft">${coded(summary)}</span>${security.length === 0 ? html`<span class="mark">no token</span>` : null}</summary>
${description === undefined ? null : html`<p>${coded(description)}</p>`}${parameters.length === 0 ? null : parameterTable(parameters)}${body?.schema ? html`<h3>Body</h3>${fieldsOf(body.schema)}${exampleOf(body.example)}` : null}
${Object.entries(responses).map(([status, response]) => answerOf(status, response))}<p><a href="#${operationId}">Link to this route</a></p></details>
`;
}

const parameterTable = (parameters: NonNullable<Operation["parameters"]>): Markup =>
  html`<h3>Parameters</h3>${tableOf(
    parameters.map(({ name, in: place, required, description, schema }) => [
      html`<code>${name}</code>${required ? html` <small>required</small>` : null}`,
      html`${place}, ${typeOf(schema)}`,
      html`${coded(description ?? "")}${boundsOf(schema)}`,
    ]),
  )}`;

function answerOf(status: string, { $ref, description, content = {} }: Operation["responses"][string]): Markup | null {
  if ($ref !== undefined) return null;
  return html`<h3>${status} <small>${description}</small></h3>${Object.entries(content).map(
    ([media, { schema, example }]) =>
      html`<p class="soft">${media}</p>${schema && media.endsWith("json") ? fieldsOf(schema) : null}${exampleOf(example)}`,
  )}`;
}

const exampleOf = (example: unknown): Markup | null =>
  example === undefined
    ? null
    : html`<pre tabindex="0" aria-label="Example">${typeof example === "string" ? example : JSON.stringify(example, null, 2)}</pre>`;

/** The fields of an object with their types; deeper ones by their path. */
function fieldsOf(schema: Schema): Markup {
  const rows = rowsOf(schema, "", 0);
  return rows.length === 0 ? html`<p>${typeOf(schema)}</p>` : tableOf(rows);
}

/** Deeper fields than these are shown by the example. */
const DEEPEST = 2;

function rowsOf(schema: Schema, prefix: string, depth: number): Markup[][] {
  const { properties = {}, required = [] } = schema as { properties?: Record<string, Schema>; required?: readonly string[] };
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const own = [
      html`<code>${path}</code>${required.includes(name) ? null : html` <small>optional</small>`}`,
      typeOf(field),
      html`${coded(String(field["description"] ?? ""))}${boundsOf(field)}`,
    ];
    const items = field["items"] as Schema | undefined;
    const inside = depth >= DEEPEST ? [] : items ? rowsOf(items, `${path}[].`, depth + 1) : rowsOf(field, `${path}.`, depth + 1);
    return [own, ...inside];
  });
}

const tableOf = (rows: readonly (readonly Markup[])[]): Markup =>
  html`<div class="scroll"><table><thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead><tbody>${rows.map(
    (cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`;

function typeOf(schema: Schema): Markup {
  const {
    $ref,
    anyOf,
    type,
    enum: choices,
    items,
  } = schema as {
    $ref?: string;
    anyOf?: readonly Schema[];
    type?: string | readonly string[];
    enum?: readonly unknown[];
    items?: Schema;
  };
  if ($ref !== undefined) {
    const name = $ref.slice($ref.lastIndexOf("/") + 1);
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  if ("const" in schema) return html`<code>${JSON.stringify(schema["const"])}</code>`;
  if (choices !== undefined)
    return html`${choices.map((choice, i) => html`${i === 0 ? "" : " | "}<code>${JSON.stringify(choice)}</code>`)}`;
  if (anyOf !== undefined) return html`${anyOf.map((one, i) => html`${i === 0 ? "" : " | "}${typeOf(one)}`)}`;
  if (items !== undefined) return html`list of ${typeOf(items)}`;
  return html`${type === undefined ? "any JSON" : typeof type === "string" ? type : type.join(" | ")}`;
}

function boundsOf(schema: Schema): Markup | null {
  const { minimum, maximum, exclusiveMinimum, minLength, maxLength, minItems, maxItems, pattern } = schema as Record<string, unknown>;
  const parts = [
    minimum === undefined ? null : `at least ${minimum}`,
    exclusiveMinimum === undefined ? null : `more than ${exclusiveMinimum}`,
    maximum === undefined ? null : `at most ${maximum}`,
    minLength === undefined && maxLength === undefined ? null : `${minLength ?? 0} to ${maxLength ?? "any number of"} characters`,
    minItems === undefined && maxItems === undefined ? null : `${minItems ?? 0} to ${maxItems ?? "any number of"} items`,
    pattern === undefined ? null : `matches ${pattern}`,
    "default" in schema ? `default ${JSON.stringify(schema["default"])}` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : html` <small>${parts.join("; ")}</small>`;
}

/** Texts put code between backticks. */
const coded = (text: string): Markup => html`${text.split("`").map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}`;
