type Schema = { readonly [key: string]: unknown };

/** What a field of this name looks like in this product; used where its schema allows it. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  pack_id: "swingsigma",
  model_id: "spx_eq_swing_daily",
  trained_model_id: "tm_0a1b2c3d4e5f60718293a4b5",
  run_id: "backtest_0a1b2c3d4e5f60718293a4b5",
  sweep_id: "swp_0a1b2c3d4e5f60718293a4b5",
  row_id: "swp_0a1b2c3d4e5f60718293a4b5-0001",
  template_id: "swing_eq_daily_close",
  strategy: "momentum_swing",
  ticker: "SPX",
  symbol: "SPX",
  status_url: "/v1/runs/backtest_0a1b2c3d4e5f60718293a4b5",
  machine: "backtest",
  status: "succeeded",
  asset_type: "eq",
  horizon: "swing",
  cadence: "daily",
  provider: "sample",
  indicator: "rsi",
  tag: "first",
  version: 1,
  sharpe: 1.1,
  score: 0.8,
  win_rate: 0.54,
  max_drawdown_pct: 9.5,
  trades: 120,
  share: 1,
  done: 12,
  expected: 12,
  next_cursor: null,
  created_at: "2026-01-05T14:30:00.000Z",
  ended_at: "2026-01-05T14:30:12.000Z",
  timestamp: "2026-01-05T21:05:00.000Z",
  step: "RunBacktest",
  message: "2 variants evaluated",
  error: null,
};

const HEX = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

/** Texts that patterns of this product are tried with, the first that matches is taken. */
const CANDIDATES: readonly string[] = [
  "example",
  "Example",
  "EXAMPLE",
  "1.0.0",
  "2026-01-05",
  "2026-01-05T14:30:00.000Z",
  "09:30",
  "09:30-16:00",
  "14",
  "rf=^IRX",
  HEX.slice(0, 16),
  HEX.slice(0, 24),
  HEX + HEX,
  `swp_${HEX.slice(0, 24)}`,
  `backtest_${HEX.slice(0, 24)}`,
  "owners/local/evaluations/example/report.json",
];

/**
 * An example of what a schema describes: each list has one item, what may be left out of a large object is. The same schema
 * gives the same example.
 *
 * @param resolve - the schema of a reference
 */
export function exampleOf(schema: Schema, resolve: (reference: string) => Schema, name = "", depth = 0): unknown {
  const {
    $ref,
    anyOf,
    allOf,
    type,
    enum: choices,
  } = schema as { [key: string]: never } & {
    readonly $ref?: string;
    readonly anyOf?: readonly Schema[];
    readonly allOf?: readonly Schema[];
    readonly type?: string | readonly string[];
    readonly enum?: readonly unknown[];
  };
  const inside = (part: Schema): unknown => exampleOf(part, resolve, name, depth);
  if ($ref !== undefined) return inside(resolve($ref));
  const usual = BY_NAME[name];
  if (Object.hasOwn(BY_NAME, name) && allows(schema, usual, resolve)) return usual;
  if ("const" in schema) return schema["const"];
  if (choices !== undefined) return choices[0];
  if ("default" in schema) return schema["default"];
  if (anyOf !== undefined) return inside(anyOf.find((branch) => branch["type"] !== "null") ?? anyOf[0]!);
  if (allOf !== undefined) return Object.assign({}, ...allOf.map(inside));
  switch (Array.isArray(type) ? type.find((one) => one !== "null") : type) {
    case "string":
      return textOf(schema);
    case "integer":
      return numberOf(schema, 1);
    case "number":
      return numberOf(schema, 0.5);
    case "boolean":
      return false;
    case "array":
      return listOf(schema, resolve, name, depth);
    case "object":
      return objectOf(schema, resolve, name, depth);
    case "null":
      return null;
    default:
      return {};
  }
}

function textOf({ pattern, format, minLength = 0, maxLength = 200 }: Schema): string {
  const most = maxLength as number;
  if (format === "date") return "2026-01-05";
  if (format === "date-time") return "2026-01-05T14:30:00Z";
  if (format === "uri") return "https://example.com/";
  const matches = (text: string): boolean =>
    text.length >= (minLength as number) && text.length <= most && (pattern === undefined || new RegExp(pattern as string).test(text));
  return CANDIDATES.find(matches) ?? "x".repeat(Math.max(1, minLength as number));
}

function numberOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: Schema, usual: number): number {
  const low = (minimum ?? (exclusiveMinimum === undefined ? undefined : (exclusiveMinimum as number) + usual)) as number | undefined;
  const high = (maximum ?? (exclusiveMaximum === undefined ? undefined : (exclusiveMaximum as number) - usual)) as number | undefined;
  const step = (multipleOf as number | undefined) ?? 0;
  const value = Math.max(low ?? usual, usual);
  const within = high === undefined ? value : Math.min(value, high);
  return step > 0 ? Math.ceil(within / step) * step : within;
}

function listOf(schema: Schema, resolve: (reference: string) => Schema, name: string, depth: number): unknown[] {
  const { prefixItems, items, minItems = 0 } = schema as { prefixItems?: readonly Schema[]; items?: Schema; minItems?: number };
  if (prefixItems !== undefined) return prefixItems.map((item) => exampleOf(item, resolve, name, depth + 1));
  if (items === undefined) return [];
  const count = Math.max(minItems, depth < 4 ? 1 : 0);
  return Array.from({ length: count }, () => exampleOf(items, resolve, name.replace(/s$/, ""), depth + 1));
}

function objectOf(schema: Schema, resolve: (reference: string) => Schema, name: string, depth: number): object {
  const { properties = {}, required = [] } = schema as { properties?: Record<string, Schema>; required?: readonly string[] };
  const names = Object.keys(properties).filter((key) => required.includes(key) || depth === 0);
  const own = names.map((key) => [key, exampleOf(properties[key]!, resolve, key, depth + 1)] as const);
  const { additionalProperties, propertyNames } = schema as { additionalProperties?: Schema | boolean; propertyNames?: Schema };
  if (own.length > 0 || typeof additionalProperties !== "object") return Object.fromEntries(own);
  const key = propertyNames === undefined ? "example" : String(exampleOf(propertyNames, resolve, "", depth + 1));
  return { [key]: exampleOf(additionalProperties, resolve, name, depth + 1) };
}

/** Whether the usual value is one that the schema takes, as far as types, choices and patterns say. */
function allows(schema: Schema, value: unknown, resolve: (reference: string) => Schema): boolean {
  const { $ref, type, enum: choices, pattern, anyOf } = schema as { [key: string]: never };
  if ($ref !== undefined) return allows(resolve($ref), value, resolve);
  if (anyOf !== undefined) return (anyOf as readonly Schema[]).some((branch) => allows(branch, value, resolve));
  if ("const" in schema) return schema["const"] === value;
  if (choices !== undefined && !(choices as readonly unknown[]).includes(value)) return false;
  const kind = value === null ? "null" : Number.isInteger(value) ? "integer" : typeof value;
  const types: readonly string[] = type === undefined ? [] : Array.isArray(type) ? type : [type];
  if (!types.includes(kind) && !(kind === "integer" && types.includes("number"))) return false;
  if (typeof value === "string") return pattern === undefined || new RegExp(pattern).test(value);
  return typeof value !== "number" || numberOf(schema, value) === value;
}
