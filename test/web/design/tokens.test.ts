import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = join(import.meta.dirname, "..", "..", "..", "web", "src");
const TOKENS = "design/tokens.css";
/** Hairlines and the nudges beside them are drawn in single pixels. */
const HAIRLINE_PIXELS = 2;

const read = (file: string): string => readFileSync(join(SRC, file), "utf8");
const styles = globSync("**/*.css", { cwd: SRC }).filter((file) => file !== TOKENS);

interface Declaration {
  readonly where: string;
  readonly property: string;
  readonly value: string;
}

const declarations: readonly Declaration[] = styles.flatMap((file) =>
  read(file)
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .split(/[{};]/)
    .flatMap((text) => {
      const found = /^\s*(-{0,2}[a-z][a-z-]*):\s+([\s\S]+?)\s*$/.exec(text);
      return found ? [{ where: file, property: found[1]!, value: found[2]! }] : [];
    }),
);

const findings = (bad: (declaration: Declaration) => boolean): string[] =>
  declarations.filter(bad).map(({ where, property, value }) => `${where}: ${property}: ${value}`);

const pixelsOf = (value: string): readonly number[] => [...value.matchAll(/(\d+(?:\.\d+)?)px/g)].map((match) => Number(match[1]));

describe("the tokens", () => {
  it("reads the style sheets", () => {
    expect(styles.length).toBeGreaterThan(20);
    expect(declarations.length).toBeGreaterThan(500);
  });

  it("are the only place of colours", () => {
    const named = /\b(white|black|red|green|blue|orange|yellow|gr[ae]y)\b/;
    expect(findings(({ value }) => /#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|oklch|lab|lch)\(/i.test(value) || named.test(value))).toEqual([]);
    const scripts = globSync("**/*.{ts,tsx}", { cwd: SRC });
    expect(scripts.filter((file) => /["'`]#[0-9a-fA-F]{3,8}["'`]|["'`](rgba?|hsla?)\(/.test(read(file)))).toEqual([]);
  });

  it("are the only place of sizes and weights of text", () => {
    expect(findings(({ property, value }) => property === "font-size" && !/^(var\(|inherit|[\d.]+em$)/.test(value))).toEqual([]);
    expect(findings(({ property, value }) => property === "font-weight" && !/^(var\(|inherit)/.test(value))).toEqual([]);
    expect(findings(({ property, value }) => property === "font-family" && !/^(var\(|inherit)/.test(value))).toEqual([]);
  });

  it("are the only place of spaces and radii", () => {
    const spaced = /^(padding|margin|gap|row-gap|column-gap|border-radius)/;
    expect(findings(({ property, value }) => spaced.test(property) && pixelsOf(value).some((pixels) => pixels > HAIRLINE_PIXELS))).toEqual(
      [],
    );
  });

  it("name every token that is used", () => {
    const known = new Set([...read(TOKENS).matchAll(/^\s*(--[a-z0-9-]+):/gm)].map((match) => match[1]!));
    const own = new Set(declarations.map(({ property }) => property).filter((property) => property.startsWith("--")));
    const used = declarations.flatMap(({ where, value }) =>
      [...value.matchAll(/var\((--[a-z0-9-]+)/g)].map((match) => ({ where, name: match[1]! })),
    );
    expect(used.filter(({ name }) => !known.has(name) && !own.has(name) && !name.startsWith("--radix-"))).toEqual([]);
  });
});
