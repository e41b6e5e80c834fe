import fc from "fast-check";

type Schema = { readonly [key: string]: unknown };

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Schema;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>> };
}
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** One request as it goes over the wire. */
export interface FuzzedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
}

/** Texts that have broken something somewhere. */
const HOSTILE = [
  "",
  "\0",
  "a\0b",
  "..",
  "../../../../etc/passwd",
  "..\\..\\windows\\win.ini",
  "%2e%2e%2f",
  "/absolute",
  "__proto__",
  "constructor",
  "toString",
  "null",
  "NaN",
  "-0",
  "1e400",
  "9".repeat(400),
  "true",
  "[]",
  "{}",
  "💩",
  "\u202egnp.exe",
  "\ud800",
  "\ufeff",
  "é".repeat(300),
  "a".repeat(5000),
  "${jndi:ldap://x}",
  "{{7*7}}",
  "'; DROP TABLE state; --",
  "=cmd|' /C calc'!A0",
  "<script>alert(1)</script>",
  "\r\nx-injected: 1",
  "2026-02-30",
  "0000-00-00",
  "9999999999-01-01",
  "swingsigma",
  "spx_eq_swing_daily",
  "build_none",
];
const HOSTILE_NUMBERS = [0, -0, -1, 1e308, -1e308, 5e-324, 2 ** 53, 2 ** 31, -(2 ** 63), 0.1 + 0.2, 1e21, 200, 201];

const hostileText = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 60 }), fc.string({ maxLength: 40 }));
const hostileNumber = fc.oneof(fc.constantFrom(...HOSTILE_NUMBERS), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
const anyJson = fc.jsonValue({ maxDepth: 4, stringUnit: "binary" });

/** Now what the schema says, now something else of the kind, now of another kind. */
function fuzzed(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 6, arbitrary: shaped(schema, depth) },
    { weight: 1, arbitrary: anyJson },
    { weight: 1, arbitrary: hostileText },
  );
}

function shaped(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const {
    anyOf,
    type,
    enum: choices,
    pattern,
    format,
    default: usual,
  } = schema as {
    anyOf?: readonly Schema[];
    type?: string | readonly string[];
    enum?: readonly unknown[];
    pattern?: string;
    format?: string;
    default?: unknown;
  };
  if ("const" in schema) return fc.constant(schema["const"]);
  if (choices !== undefined) return fc.constantFrom(...choices);
  if (anyOf !== undefined) return fc.oneof(...anyOf.map((one) => shaped(one, depth)));
  const kinds = type === undefined ? [] : typeof type === "string" ? [type] : type;
  const own = kinds.map((kind) => plain(kind, schema, depth));
  const extras: fc.Arbitrary<unknown>[] = usual === undefined ? [] : [fc.constant(usual)];
  if (pattern !== undefined) extras.push(fc.constantFrom<unknown>("swingsigma", "spx_eq_swing_daily", "SPX", "2026-01-05", "09:30-16:00"));
  if (format === "date") extras.push(fc.constantFrom<unknown>("2010-01-04", "2019-12-31", "2999-01-01", "1800-01-01"));
  return own.length + extras.length === 0 ? anyJson : fc.oneof(...own, ...extras);
}

function plain(kind: string, schema: Schema, depth: number): fc.Arbitrary<unknown> {
  switch (kind) {
    case "string":
      return hostileText;
    case "integer":
      return fc.oneof(fc.integer({ min: -3, max: 300 }), hostileNumber);
    case "number":
      return fc.oneof(fc.double({ min: -2, max: 2, noNaN: true }), hostileNumber);
    case "boolean":
      return fc.boolean();
    case "array":
      return depth > 4
        ? fc.constant([])
        : fc.oneof(
            fc.array(fuzzed((schema["items"] as Schema) ?? {}, depth + 1), { maxLength: 4 }),
            fc.integer({ min: 0, max: 3000 }).map((length) => Array.from({ length }, (_, i) => i / 1000)),
          );
    case "object":
      return depth > 5 ? fc.constant({}) : objectOf(schema, depth);
    default:
      return fc.constant(null);
  }
}

function objectOf(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const { properties = {}, required = [] } = schema as { properties?: Record<string, Schema>; required?: readonly string[] };
  const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, fuzzed(field, depth + 1)]));
  const whole = fc.record(fields, { requiredKeys: Object.keys(fields).filter((name) => required.includes(name)) });
  const withMore = fc
    .tuple(whole, fc.dictionary(fc.oneof(hostileText, fc.constantFrom("__proto__", "constructor")), anyJson, { maxKeys: 2 }))
    .map(([own, more]) => Object.assign(Object.create(null), own, more));
  return fc.oneof({ weight: 5, arbitrary: whole }, { weight: 1, arbitrary: withMore });
}

const deep = (open: string, close: string, levels: number): string => `${open.repeat(levels)}1${close.repeat(levels)}`;

/** The example of the documentation with one field changed: this comes furthest into the handlers. */
function nearlyRight(schema: Schema, example: unknown): fc.Arbitrary<unknown> {
  const { properties = {} } = schema as { properties?: Record<string, Schema> };
  const names = Object.keys(properties);
  if (typeof example !== "object" || example === null || names.length === 0) return fc.constant(example);
  return fc.constantFrom(...names).chain((name) => fuzzed(properties[name]!, 1).map((value) => ({ ...example, [name]: value })));
}

function bodyOf(operation: Operation): fc.Arbitrary<string | Uint8Array<ArrayBuffer> | undefined> {
  const { schema = {}, example } = operation.requestBody?.content["application/json"] ?? {};
  const text = (value: unknown): string => JSON.stringify(value) ?? "null";
  return fc.oneof(
    { weight: 10, arbitrary: nearlyRight(schema, example).map(text) },
    { weight: 5, arbitrary: fuzzed(schema, 0).map(text) },
    { weight: 3, arbitrary: fc.constant(text(example)) },
    { weight: 1, arbitrary: anyJson.map(text) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, "", "{", "[1,", '{"a":1}{', "nul", '"', "\ufeff{}", '{"a":1,"a":2}') },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }).map((bytes) => Uint8Array.from(bytes)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(deep("[", "]", 70), deep('{"a":', "}", 5000), deep("[", "]", 200_000), `[${"[],".repeat(50_000)}1]`),
    },
  );
}

const urlText = (text: string): string => {
  try {
    return encodeURIComponent(text);
  } catch {
    // Half of a pair of surrogates: sent as the bytes that it would be.
    return "%ED%A0%80";
  }
};

const queryOf = (parameters: readonly Parameter[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      ...parameters
        .filter((parameter) => parameter.in === "query")
        .map(({ name, required, schema }) =>
          fc
            .option(fc.oneof({ weight: 3, arbitrary: shaped(schema, 3) }, { weight: 1, arbitrary: hostileText }), {
              freq: required ? 8 : 1,
            })
            .map((value) =>
              value === null ? "" : `${name}=${urlText(typeof value === "string" ? value : (JSON.stringify(value) ?? ""))}`,
            ),
        ),
      fc.oneof(
        { weight: 8, arbitrary: fc.constant("") },
        {
          weight: 1,
          arbitrary: fc.constantFrom("limit=1&limit=2", "%", "a=%ff", "&&&", "=", "workspace=simulated", "workspace=x", "__proto__=1"),
        },
      ),
    )
    .map((parts) => parts.filter((part) => part !== "").join("&"));

const headerText = hostileText.map((text) => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "").trim());
const headersOf: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    "content-type": fc.constantFrom(
      "application/json",
      "application/json; charset=utf-8",
      "application/json; charset=utf-16",
      "text/plain",
      "multipart/form-data",
      "application/x-www-form-urlencoded",
      ";;;",
      "application/merge-patch+json",
    ),
    accept: fc.constantFrom("text/csv", "text/markdown", "text/html", "*/*;q=x", "application/json, text/csv;q=0.1", ""),
    prefer: fc.oneof(fc.constantFrom("wait=0", "respond-async", "wait=-1", "wait=1e9", "wait=999999999999", "wait=,;"), headerText),
    "idempotency-key": fc.oneof(fc.constantFrom("k1", "k2"), headerText),
    "if-match": fc.oneof(fc.constantFrom("*", '"1"', 'W/"1"', '""'), headerText),
    "if-none-match": fc.oneof(fc.constantFrom("*", '"1"'), headerText),
    "last-event-id": fc.oneof(fc.constantFrom("0", "1", "-1", "1e9", "99999999999999999999"), headerText),
    "x-request-id": headerText,
    "x-sigma-workspace": fc.oneof(fc.constantFrom("real", "simulated", "other"), headerText),
    authorization: fc.oneof(fc.constantFrom("Bearer", "Bearer x", "Basic ====", "Bearer a.b.c"), headerText),
  },
  { requiredKeys: [] },
);

/** Any request to any route of a description. */
export function fuzzedRequests(document: ApiDocument): fc.Arbitrary<FuzzedRequest> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  return fc.constantFrom(...operations).chain(({ path, method, operation }) => {
    const { parameters = [] } = operation;
    const names = parameters.filter((parameter) => parameter.in === "path");
    const places = fc.tuple(
      ...names.map(({ schema }) =>
        fc.oneof({ weight: 3, arbitrary: shaped(schema, 3) }, { weight: 1, arbitrary: hostileText }).map((value) => urlText(String(value))),
      ),
    );
    const body = method === "GET" ? fc.constant(undefined) : bodyOf(operation);
    // Most requests get past the headers, so that what is behind them is reached.
    const headers = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: headersOf });
    return fc
      .record({
        places,
        query: queryOf(parameters),
        headers,
        body,
        versioned: fc.boolean(),
        json: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
      })
      .map(({ places: values, query, headers: given, body: sent, versioned, json }) => {
        const filled = names.reduce((url, { name }, i) => url.replace(`{${name}}`, () => values[i]!), path);
        return {
          method,
          url: `${versioned ? "/v1" : ""}${filled}${query === "" ? "" : `?${query}`}`,
          // Most bodies come as what they are, so that they are read at all.
          headers: json && sent !== undefined ? { ...given, "content-type": "application/json" } : given,
          body: sent,
        };
      });
  });
}
