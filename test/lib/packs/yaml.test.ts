import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import * as z from "zod";
import { readDocument, readYaml, YAML_MAX_BYTES } from "#lib/packs/yaml.ts";
import { thrownBy } from "./support.ts";

const name = { code: "PACK_INVALID", path: "p/pack.yaml" } as const;

describe("readYaml", () => {
  it("reads the plain types", () => {
    const text = "a: 1\nb: [x, true, null]\nc: { d: 0.5 }\ndate: 2024-01-02\nyes_is_text: yes\n";
    expect(readYaml(text, name)).toEqual({ a: 1, b: ["x", true, null], c: { d: 0.5 }, date: "2024-01-02", yes_is_text: "yes" });
  });

  it.each([
    ["a key that stands twice", "a: 1\nb: 2\na: 3\n", { line: 3, column: 1 }, "the same key stands twice"],
    ["a custom tag", "a: 1\nb: !!js/function 'x'\n", { line: 2, column: 4 }, "tags are not allowed"],
    ["a second document", "a: 1\n---\nb: 2\n", { line: 2, column: 1 }, "only one document"],
    ["a tab as indentation", "a:\n\tb: 1\n", { line: 2, column: 1 }, "tabs cannot indent"],
    ["an unclosed list", "a: [1, 2\nb: 3\n", { line: 2 }, "not readable YAML"],
  ])("refuses %s and says where", (_what, text, position, reason) => {
    const error = thrownBy(() => readYaml(text, name));
    expect(error).toMatchObject({ code: "PACK_INVALID", facts: { path: "p/pack.yaml", ...position } });
    expect((error as Error).message).toContain(reason);
  });

  it("expands a few aliases and refuses a bomb of them", () => {
    expect(readYaml("a: &x [1, 2]\nb: *x\n", name)).toEqual({ a: [1, 2], b: [1, 2] });
    const bomb = ["a0: &a0 [lol, lol]", ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)].join("\n");
    expect(thrownBy(() => readYaml(bomb, name))).toMatchObject({ code: "PACK_INVALID" });
  });

  it("refuses what is longer than 64 KB of UTF-8, and takes what is exactly that long", () => {
    const padded = (bytes: number) => `a: "${"é".repeat((bytes - 5) / 2)}"`;
    expect(readYaml(padded(YAML_MAX_BYTES - 1), name)).toHaveProperty("a");
    expect(thrownBy(() => readYaml(padded(YAML_MAX_BYTES + 1), name))).toMatchObject({ facts: { bytes: 65_537 } });
  });

  it("refuses absurd nesting instead of running out of stack", () => {
    expect(thrownBy(() => readYaml("[".repeat(30_000) + "]".repeat(30_000), name))).toMatchObject({ code: "PACK_INVALID" });
  });

  it.each([".nan", ".inf", "-.inf"])("refuses %s, which JSON cannot say", (value) => {
    expect(thrownBy(() => readYaml(`a:\n  b: ${value}\n`, name))).toMatchObject({ code: "PACK_INVALID", facts: { path: "a.b" } });
  });

  it("refuses the key that would change an object's prototype", () => {
    expect(thrownBy(() => readYaml("__proto__: { admin: true }\n", name))).toMatchObject({ code: "PACK_INVALID" });
  });

  it("reads back what is written, whatever the plain value", () => {
    const leaf = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const value = fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/), fc.oneof(leaf, fc.array(leaf, { maxLength: 4 })), {
      maxKeys: 6,
    });
    fc.assert(
      fc.property(value, (document) => {
        const written = stringify(document);
        // YAML has one zero; JavaScript's -0 comes back as 0.
        const read = JSON.stringify(readYaml(written, name));
        expect(read).toBe(JSON.stringify(Object.keys(document).length === 0 ? {} : { ...document }));
      }),
      { numRuns: 200 },
    );
  });
});

describe("readDocument", () => {
  const schema = z.strictObject({ window: z.int().min(1), inner: z.strictObject({ slippage_bps: z.number().optional() }).optional() });

  it("names an unknown key, the nearest known one and its line", () => {
    const error = thrownBy(() => readDocument("window: 5\ninner:\n  slipage_bps: 2\n", schema, name)) as Error & { fieldErrors: unknown };
    expect(error).toMatchObject({ code: "PACK_INVALID", facts: { line: 3, column: 3 } });
    expect(error.fieldErrors).toEqual(
      expect.arrayContaining([
        { path: "inner.slipage_bps", issue: expect.stringContaining('unknown key "slipage_bps"; did you mean "slippage_bps"?') },
      ]),
    );
    expect(error.message).toContain('"p/pack.yaml"');
  });

  it("points at the line of a value out of bounds", () => {
    expect(thrownBy(() => readDocument("# a comment\nwindow: 0\n", schema, name))).toMatchObject({ facts: { line: 2, column: 1 } });
  });
});
