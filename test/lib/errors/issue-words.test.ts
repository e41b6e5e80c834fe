import { describe, expect, it } from "vitest";
import * as z from "zod";
import { parseOr } from "#lib/errors/parse.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";

/** What is said of a value, with the place when it lies inside. */
function said(schema: z.ZodType, data: unknown): string[] {
  try {
    parseOr("INVALID_PARAM", schema, data);
  } catch (error) {
    if (error instanceof SigmaError) return error.fieldErrors.map(({ path, issue }) => (path === "" ? issue : `${path}: ${issue}`));
    throw error;
  }
  throw new Error("expected a SigmaError");
}

const kinds = z.discriminatedUnion("kind", [z.strictObject({ kind: z.literal("fixed") }), z.strictObject({ kind: z.literal("trailing") })]);
const SECRET = "k3y-that-must-stay-out-of-every-log-and-answer";

describe("issueWords", () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ["missing", z.strictObject({ a: z.string() }), {}, "a: is required"],
    ["missing name", z.strictObject({ a: z.enum(["x", "y"]) }), {}, 'a: is required: one of "x", "y"'],
    ["missing of a union", z.strictObject({ a: z.union([z.string(), z.number()]) }), {}, "a: is required"],
    ["text", z.string(), 5, "must be a text; found 5"],
    ["number", z.number(), "ab", "must be a number; found a text of 2 characters"],
    ["number, empty", z.number(), "", "must be a number; found an empty text"],
    ["number, null", z.number(), null, "must be a number; found null"],
    ["no number", z.number(), Number.NaN, "must be a number"],
    ["no number in a query", z.coerce.number(), "abc", "must be a number"],
    ["infinite", z.number(), Number.POSITIVE_INFINITY, "must be a finite number; found Infinity"],
    ["whole number", z.int(), 2.5, "must be a whole number; found 2.5"],
    ["whole number, too large", z.int(), 1e300, "must be at most 9007199254740991; found 1e+300"],
    ["truth", z.boolean(), "yes", "must be true or false; found a text of 3 characters"],
    ["list", z.array(z.number()), {}, "must be a list; found an object"],
    ["object", z.strictObject({}), [], "must be an object; found a list"],
    ["record", z.record(z.string(), z.number()), true, "must be an object; found true"],
    ["null", z.null(), 1, "must be null; found 1"],
    ["nothing", z.never(), 1, "must be left out"],
    ["date object", z.date(), 5, "must be a date; found 5"],
    ["text, at least 1", z.string().min(1), "", "must not be empty"],
    ["text, at least", z.string().min(3), "ab", "must have at least 3 characters; found 2"],
    ["text, at least, none", z.string().min(3), "", "must have at least 3 characters; found none"],
    ["text, at most", z.string().max(3), "abcd", "must have at most 3 characters; found 4"],
    ["text, exactly", z.string().length(3), "abcd", "must have exactly 3 characters; found 4"],
    ["number, at least", z.number().min(1), 0, "must be at least 1; found 0"],
    ["number, more", z.number().gt(0), 0, "must be more than 0; found 0"],
    ["number, at most", z.number().max(0.5), 0.75, "must be at most 0.5; found 0.75"],
    ["number, less", z.number().lt(1), 1, "must be less than 1; found 1"],
    ["list, at least 1", z.array(z.number()).nonempty(), [], "must not be empty"],
    ["list, at least", z.array(z.number()).min(2), [1], "must have at least 2 entries; found 1"],
    ["list, at most", z.array(z.number()).max(1), [1, 2], "must have at most 1 entry; found 2"],
    ["set, at least", z.set(z.number()).min(2), new Set([1]), "must have at least 2 entries; found 1"],
    [
      "date, at least",
      z.date().min(new Date(0)),
      new Date(-1),
      "must be at least 1970-01-01T00:00:00.000Z; found 1969-12-31T23:59:59.999Z",
    ],
    ["date, at most", z.date().max(new Date(0)), new Date(1), "must be at most 1970-01-01T00:00:00.000Z; found 1970-01-01T00:00:00.001Z"],
    ["multiple", z.number().multipleOf(0.5), 0.7, "must be a multiple of 0.5; found 0.7"],
    ["date", z.iso.date(), "2026-02-30", 'must be a date such as 2026-11-20; found "2026-02-30"'],
    ["half a date", z.iso.date(), "2026-1", 'must be a date such as 2026-11-20; found "2026-1"'],
    ["time", z.iso.datetime(), "2026-11-20 14:05", 'must be a date and time such as 2026-11-20T19:05:00Z; found "2026-11-20 14:05"'],
    ["url", z.url(), "x", "must be a URL such as https://example.com; found a text of 1 character"],
    ["email", z.email(), "x@", "must be an email address; found a text of 2 characters"],
    ["digest", z.string().regex(/^[0-9a-f]{64}$/), "x", "must be 64 hex digits in lower case; found a text of 1 character"],
    ["pattern", z.string().regex(/^rf=.+$/), "x", "must be of the form /^rf=.+$/; found a text of 1 character"],
    ["beginning", z.string().startsWith("rf="), "x", 'must begin with "rf="; found a text of 1 character'],
    ["end", z.string().endsWith("!"), "x", 'must end with "!"; found a text of 1 character'],
    ["part", z.string().includes("/"), "x", 'must contain "/"; found a text of 1 character'],
    ["another format", z.nanoid(), "x", "must be of the format nanoid; found a text of 1 character"],
    ["name", z.enum(["long", "short"]), "up", 'must be one of "long", "short"; found "up"'],
    ["misspelt name", z.enum(["long", "short"]), "shrot", 'must be one of "long", "short"; found "shrot", did you mean "short"?'],
    ["number of a list", z.literal([5, 15]), 6, "must be one of 5, 15; found 6"],
    ["the one value", z.literal("yes"), false, 'must be "yes"; found false'],
    ["kind of a union", kinds, { kind: "fixd" }, 'kind: must be one of "fixed", "trailing"; found "fixd", did you mean "fixed"?'],
    ["kind of a union, missing", kinds, {}, 'kind: is required: one of "fixed", "trailing"'],
    ["values of a union", z.union([z.literal(5), z.literal(15)]), 6, "must be one of 5, 15; found 6"],
    ["forms of a union", z.union([z.literal("none"), z.number()]), "abc", 'must be "none" or a number; found "abc"'],
    ["nearest form of a union", z.union([z.string(), z.strictObject({ a: z.int() })]), { a: 2.5 }, "a: must be a whole number; found 2.5"],
    ["more than one form", z.xor([z.string(), z.string()]), "x", "fits more than one of the forms that are possible here"],
    ["key of a record", z.record(z.string().regex(/^\d$/, "must be a digit"), z.number()), { ab: 1 }, "ab: its name must be a digit"],
    [
      "unknown key of a record",
      z.partialRecord(z.enum(["sharpe", "trades"]), z.number()),
      { sharp: 1 },
      'sharp: unknown key "sharp"; did you mean "sharpe"?',
    ],
    ["entry of a set", z.set(z.string()), new Set([1]), "must be a text; found 1"],
    [
      "entry under a key that is no name",
      z.map(z.date(), z.int().min(3)),
      new Map([[new Date(0), 1]]),
      "has an entry that does not fit: it must be at least 3; found 1",
    ],
    ["a rule without words", z.number().refine(() => false), 1, "does not fit"],
  ])("%s", (_what, schema, data, words) => {
    expect(said(schema, data)).toEqual([words]);
  });

  it.each<[string, z.ZodType, unknown]>([
    ["a pattern", z.string().regex(/^a$/, "my words"), "b"],
    ["a rule", z.number().refine(() => false, "my words"), 1],
    ["a limit", z.string().min(3, "my words"), "b"],
    ["a kind", z.string("my words"), 1],
    ["a missing value", z.string({ error: ({ input }) => (input === undefined ? "my words" : undefined) }), undefined],
    ["a list of names", z.enum(["a"], "my words"), "b"],
    ["a union, over the words of its forms", z.union([z.strictObject({ a: z.int() }), z.int()], "my words"), { a: "x" }],
    ["a form of a union", z.union([z.string("my words"), z.int()]), null],
    ["unknown keys", z.strictObject({ a: z.int() }, "my words"), { a: 1, b: 2 }],
  ])("leaves its author the words for %s", (_what, schema, data) => {
    expect(said(schema, data)).toEqual(["my words"]);
  });

  it("cuts long lists and long names", () => {
    const many = z.enum(Array.from({ length: 30 }, (_, place) => `name_${place}`));
    expect(said(many, 1)[0]).toMatch(/^must be one of "name_0", .*"name_11" or 18 more; found 1$/);
    const [words] = said(z.strictObject({}), { ["k".repeat(500)]: 1 });
    expect(words!.slice(words!.indexOf("unknown"))).toBe(`unknown key "${"k".repeat(63)}…"`);
  });

  it("never repeats what may be a secret that was put into the wrong field", () => {
    const fields = {
      text: z.string().max(5),
      number: z.number(),
      name: z.enum(["long", "short"]),
      date: z.iso.date(),
      time: z.iso.datetime(),
      url: z.url(),
      id: z.string().regex(/^\d+$/),
      either: z.union([z.literal("none"), z.number()]),
      kind: kinds,
    };
    const data = Object.fromEntries(Object.keys(fields).map((name) => [name, name === "kind" ? { kind: SECRET } : SECRET]));
    const words = said(z.strictObject(fields), data);
    expect(words).toHaveLength(Object.keys(fields).length);
    expect(words.join("\n")).not.toContain(SECRET.slice(0, 8));
  });
});
