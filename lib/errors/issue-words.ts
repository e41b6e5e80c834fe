import type * as z from "zod";
import { nearestName } from "./nearest.ts";

/** What is said of a union whose forms each have something else against the value; the form that came nearest says more. */
export const FITS_NO_FORM = "fits none of the forms that are possible here";

type RawIssue = z.core.$ZodRawIssue;
type Raw<Code extends RawIssue["code"]> = Extract<RawIssue, { code: Code }>;

/**
 * What is the matter with a value, as a part of a sentence: what was expected, then what was found.
 * Given to zod as the error map of one parse, it speaks only where the schema's author said nothing.
 *
 * Numbers, truth values and kinds are repeated. A text is repeated only where a date or one name of a list belongs, and only when it is
 * short or is written in the characters of dates: whatever else was put there by mistake, such as a key, stays out of logs and answers.
 */
export function issueWords(issue: RawIssue): string {
  switch (issue.code) {
    case "invalid_type":
    case "invalid_value":
      return issue.input === undefined ? missing(issue) : mismatch(issue);
    case "too_small":
      return size(issue, issue.minimum, issue.exact ? "exactly" : issue.inclusive === false ? "more than" : "at least");
    case "too_big":
      return size(issue, issue.maximum, issue.exact ? "exactly" : issue.inclusive === false ? "less than" : "at most");
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}; found ${found(issue.input)}`;
    case "invalid_format":
      return formatWords(issue);
    case "invalid_union":
      return unionWords(issue);
    case "invalid_key":
      return `its name ${inner(issue.issues)}`;
    case "invalid_element":
      return `has an entry that does not fit: it ${inner(issue.issues)}`;
    case "unrecognized_keys":
      return `has keys that are not known: ${listed(issue.keys)}`;
    default:
      return "does not fit";
  }
}

type Wanted =
  | { readonly code: "invalid_type"; readonly expected: string }
  | { readonly code: "invalid_value"; readonly values: readonly unknown[] };

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  bigint: "a whole number",
  boolean: "true or false",
  date: "a date",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

const LEFT_OUT: readonly string[] = ["never", "undefined", "void"];

/** The value that would fit, such as `a number` or `one of "long", "short"`. */
function form(issue: Wanted): string {
  if (issue.code === "invalid_type") return TYPES[issue.expected] ?? `of type ${issue.expected}`;
  return issue.values.length === 1 ? named(issue.values[0]) : `one of ${listed(issue.values)}`;
}

function missing(issue: Raw<"invalid_type" | "invalid_value">): string {
  return issue.code === "invalid_type" ? "is required" : `is required: ${form(issue)}`;
}

function mismatch(issue: Raw<"invalid_type" | "invalid_value">): string {
  // What is no number is not found, it is what a number that nobody wrote is read as.
  if (Number.isNaN(issue.input)) return `must be ${form(issue)}`;
  if (issue.code === "invalid_value") return `must be ${form(issue)}; found ${found(issue.input, true)}${hint(issue.input, issue.values)}`;
  if (LEFT_OUT.includes(issue.expected)) return "must be left out";
  const isInfinite = issue.input === Number.POSITIVE_INFINITY || issue.input === Number.NEGATIVE_INFINITY;
  return `must be ${isInfinite ? "a finite number" : form(issue)}; found ${found(issue.input)}`;
}

const NUMERIC: readonly string[] = ["number", "int", "bigint"];

function size({ origin, input }: Raw<"too_small" | "too_big">, limit: number | bigint, comparison: string): string {
  if (origin === "date") return `must be ${comparison} ${found(new Date(Number(limit)))}; found ${found(input)}`;
  if (NUMERIC.includes(origin)) return `must be ${comparison} ${limit}; found ${found(input)}`;
  const { length, size: entries = length } = input as { readonly length?: number; readonly size?: number };
  if (entries === 0 && limit === 1) return "must not be empty";
  const [one, many] = origin === "string" ? ["character", "characters"] : ["entry", "entries"];
  return `must have ${comparison} ${limit} ${limit === 1 ? one : many}; found ${entries || "none"}`;
}

const FORMATS: Readonly<Record<string, string>> = {
  date: "a date such as 2026-11-20",
  datetime: "a date and time such as 2026-11-20T19:05:00Z",
  url: "a URL such as https://example.com",
  email: "an email address",
};

const TIMES: readonly string[] = ["date", "datetime"];

function formatWords(issue: Raw<"invalid_format">): string {
  return `must ${formatForm(issue)}; found ${found(issue.input, TIMES.includes(issue.format))}`;
}

function formatForm(issue: Raw<"invalid_format">): string {
  const {
    format,
    pattern = "",
    prefix,
    suffix,
    includes,
  } = issue as { readonly format: string } & Readonly<Record<string, string | undefined>>;
  if (format === "starts_with") return `begin with ${named(prefix)}`;
  if (format === "ends_with") return `end with ${named(suffix)}`;
  if (format === "includes") return `contain ${named(includes)}`;
  if (format !== "regex") return `be ${FORMATS[format] ?? `of the format ${format}`}`;
  const digits = /^\/\^\[0-9a-f\]\{(\d+)\}\$\/$/.exec(pattern)?.[1];
  return digits === undefined ? `be of the form ${cut(pattern, 120)}` : `be ${digits} hex digits in lower case`;
}

function unionWords(issue: Raw<"invalid_union">): string {
  if (issue.inclusive === false) return "fits more than one of the forms that are possible here";
  if (issue.options !== undefined && issue.discriminator !== undefined) {
    const input = (issue.input as Record<string, unknown>)[issue.discriminator];
    return issueWords({ code: "invalid_value", values: issue.options, input });
  }
  if (issue.input === undefined) return "is required";
  const wanted = issue.errors.map(([only, ...others]) => (only && others.length === 0 ? wantedBy(only, issue.input) : undefined));
  if (wanted.length === 0 || wanted.some((each) => each === undefined)) return FITS_NO_FORM;
  const values = wanted.flatMap((each) => (each!.code === "invalid_value" ? each!.values : []));
  const types = wanted.flatMap((each) => (each!.code === "invalid_type" ? form(each!) : []));
  const forms = [...(values.length > 0 ? [form({ code: "invalid_value", values })] : []), ...new Set(types)];
  return `must be ${forms.join(" or ")}; found ${found(issue.input, values.length > 0)}${hint(issue.input, values)}`;
}

/** What would fit one form of a union, when that is all that is wrong and its author has no words of his own for it. */
function wantedBy(issue: z.core.$ZodIssue, input: unknown): Wanted | undefined {
  if ((issue.code !== "invalid_type" && issue.code !== "invalid_value") || issue.path.length > 0) return undefined;
  return issue.message === issueWords({ ...issue, input } as RawIssue) ? issue : undefined;
}

const inner = (issues: readonly { readonly message: string }[]): string => issues.map(({ message }) => message).join(" and ");

const hint = (input: unknown, values: readonly unknown[]): string => {
  const near =
    typeof input === "string"
      ? nearestName(
          input,
          values.filter((each) => typeof each === "string"),
        )
      : undefined;
  return near === undefined ? "" : `, did you mean "${near}"?`;
};

const MOST_LISTED = 12;

function listed(values: readonly unknown[]): string {
  const shown = values.slice(0, MOST_LISTED).map(named).join(", ");
  return values.length > MOST_LISTED ? `${shown} or ${values.length - MOST_LISTED} more` : shown;
}

/** A value that a schema knows, or a key. */
export const named = (value: unknown): string => (typeof value === "string" ? JSON.stringify(cut(value, 64)) : String(value));

const MOST_QUOTED = 16;
const WRITTEN_AS_TIME = /^[\d\sTZ:.,/+-]{1,40}$/;

/** What was found. A text is described, or repeated where it may be. */
function found(input: unknown, mayQuote = false): string {
  if (typeof input === "string") {
    if (input === "") return "an empty text";
    if (mayQuote && (input.length <= MOST_QUOTED || WRITTEN_AS_TIME.test(input))) return JSON.stringify(input);
    return `a text of ${input.length} ${input.length === 1 ? "character" : "characters"}`;
  }
  if (Array.isArray(input)) return "a list";
  if (input instanceof Date) return Number.isNaN(input.getTime()) ? "no date" : input.toISOString();
  if (typeof input === "object" && input !== null) return "an object";
  return typeof input === "function" ? "a function" : String(input);
}

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
