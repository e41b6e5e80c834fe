import * as z from "zod";
import type { AnswerOf } from "../../data/ask.ts";
import { objectionsTo } from "../../ui/form/objections.ts";
import type { Entry } from "./draft.ts";

export type Indicator = AnswerOf<"GET /indicators/{name}">;

/** A parameter as its JSON Schema describes it. */
export interface Parameter {
  readonly name: string;
  readonly kind: "whole" | "number" | "switch" | "choice" | "text";
  readonly description: string;
  readonly usual: number | string | boolean | null;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly choices: readonly (string | number)[];
}

interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly description?: string;
  readonly default?: number | string | boolean | null;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  /** What the indicator says of a value that does not fit. */
  readonly words?: string;
}

/** The parameters of an indicator, in the order of its definition. */
export function parametersOf({ params }: Pick<Indicator, "params">): readonly Parameter[] {
  return Object.entries(params as Readonly<Record<string, JsonSchema>>).map(([name, schema]) => ({
    name,
    kind: kindOf(schema),
    description: schema.description ?? "",
    usual: schema.default ?? null,
    minimum: schema.minimum ?? schema.exclusiveMinimum,
    maximum: schema.maximum,
    choices: schema.enum ?? [],
  }));
}

function kindOf({ type, enum: choices }: JsonSchema): Parameter["kind"] {
  if (choices !== undefined) return "choice";
  if (type === "integer") return "whole";
  if (type === "number") return "number";
  return type === "boolean" ? "switch" : "text";
}

/** What is wrong with a value, in the words of the indicator's own schema; undefined when nothing is. */
export function parameterIssue({ params }: Pick<Indicator, "params">, name: string, value: unknown): string | undefined {
  const schema = (params as Readonly<Record<string, object>>)[name];
  if (schema === undefined || value === undefined) return undefined;
  const { default: _usual, words, ...bounds } = schema as JsonSchema;
  const [objection] = objectionsTo(z.fromJSONSchema(bounds as Parameters<typeof z.fromJSONSchema>[0]), value);
  return objection === undefined ? undefined : (words ?? objection.issue);
}

/** Other names of parameters that mean the same. */
const WINDOWS: readonly string[] = ["window", "period", "length"];

/** A parameter's value in an entry, under whichever of its names; the usual one where the entry says nothing. */
export function valueIn(entry: Entry, { name, usual }: Parameter): Entry[string] {
  const names = WINDOWS.includes(name) ? [name, ...WINDOWS] : [name];
  const said = names.find((each) => entry[each] !== undefined);
  return said === undefined ? usual : entry[said]!;
}

/** An entry with another value of a parameter; what is usual again is not said. */
export function withValue(entry: Entry, { name, usual }: Parameter, value: Entry[string] | undefined): Entry {
  const dropped = WINDOWS.includes(name) ? WINDOWS : [name];
  const rest = Object.fromEntries(Object.entries(entry).filter(([key]) => !dropped.includes(key))) as unknown as Entry;
  return value === undefined || value === usual ? rest : ({ ...rest, [name]: value } as Entry);
}

/** `rsi(window 7)`: an entry in words. */
export function entryInWords(entry: Entry): string {
  const said = Object.entries(entry).filter(([key]) => key !== "name");
  return said.length === 0 ? entry.name : `${entry.name} (${said.map(([key, value]) => `${key} ${String(value)}`).join(", ")})`;
}
