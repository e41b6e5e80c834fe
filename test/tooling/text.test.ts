import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { MACHINES } from "#lib/ports/workflow.ts";

const root = resolve(import.meta.dirname, "..", "..");
const MOST_BYTES = 2 * 2 ** 20;

/** Files that belong to the project: tracked or about to be; everything on disk where there is no git. */
const files = projectFiles().filter((path) => existsSync(join(root, path)) && statSync(join(root, path)).isFile());
const texts = files.filter((path) => /\.(tsx?|mjs|json|md|yaml|yml|css|html|grit|py|example)$|^Makefile$|^\.ci\/run$/.test(path));
const read = (path: string): string => readFileSync(join(root, path), "utf8");

function projectFiles(): string[] {
  const { status, stdout } = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: root,
    encoding: "utf8",
  });
  if (status === 0) return stdout.split("\0").filter(Boolean);
  const outside = /^(node_modules|cdk\.out|dist|coverage|\.git|\.sigma)\//;
  return readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => !outside.test(path));
}

/** `file:line: text` of each line that matches. */
function linesMatching(pattern: RegExp, paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split("\n")
      .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );
}

describe("the project's files", () => {
  it("are many: the tests below look at something", () => {
    expect(texts.length).toBeGreaterThan(300);
  });

  it("name no folder of somebody's machine", () => {
    // Written in pieces, or this file would name them.
    const folders = ["home", "Users", "work", "root", "mnt"].join("|");
    const pattern = new RegExp(`(?<![\\w.~)}/-])/(${folders})/(?!somebody\\b)[A-Za-z0-9_.-]+|[A-Z]:\\\\\\\\?Users`);
    expect(
      linesMatching(
        pattern,
        texts.filter((path) => path !== "package-lock.json"),
      ),
    ).toEqual([]);
  });

  it("hold text only", () => {
    expect(texts.filter((path) => read(path).includes("\0"))).toEqual([]);
  });

  it("leave nothing to do later", () => {
    const pattern = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"].join("|")})\\b`);
    expect(
      linesMatching(
        pattern,
        texts.filter((path) => path !== "package-lock.json"),
      ),
    ).toEqual([]);
  });

  it("do not silence the compiler", () => {
    const pattern = new RegExp(`@ts-(${["ignore", "nocheck"].join("|")})|biome-ignore .*noExplicitAny`);
    expect(
      linesMatching(
        pattern,
        files.filter((path) => path.endsWith(".ts") && path !== "test/tooling/text.test.ts"),
      ),
    ).toEqual([]);
  });

  it("are at most 2 MiB each", () => {
    expect(files.filter((path) => statSync(join(root, path)).size > MOST_BYTES)).toEqual([]);
  });

  it("carry no name that says nothing", () => {
    const vague = /^(utils?|helpers?|types|common|manager|misc|index)\.ts$/;
    const lambdas = /^functions\/[a-z-]+\/index\.ts$/;
    expect(files.filter((path) => vague.test(basename(path)) && !lambdas.test(path))).toEqual([]);
  });

  it("have names in kebab-case", () => {
    const code = files.filter((path) => /\.(ts|mjs)$/.test(path));
    expect(code.filter((path) => !/^\.?[a-z0-9]+([.-][a-z0-9]+)*\.(ts|mjs)$/.test(basename(path)))).toEqual([]);
  });
});

describe("tests", () => {
  const folders = (path: string): string[] =>
    readdirSync(join(root, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  const hasTests = (path: string): boolean => files.some((file) => file.startsWith(`${path}/`) && file.endsWith(".test.ts"));

  it("exist for each folder of lib", () => {
    // Ports are interfaces; their promises are the contracts that every adapter runs.
    expect(folders("lib").filter((name) => name !== "ports" && !hasTests(`test/lib/${name}`))).toEqual([]);
    expect(files.filter((file) => /^test\/contract\/.+\.contract\.ts$/.test(file)).length).toBeGreaterThanOrEqual(5);
  });

  it("mirror the tree: a test under test/lib lies where its code lies", () => {
    const stray = files
      .filter((path) => /^test\/lib\/.+\.test\.ts$/.test(path))
      .map((path) => path.slice("test/".length, path.lastIndexOf("/")))
      .filter((folder) => !existsSync(join(root, folder)));
    expect([...new Set(stray)]).toEqual([]);
  });
});

describe("recipes", () => {
  it.each([
    ["an indicator", "lib/indicators/README.md", "## Adding an indicator"],
    ["a stage", "functions/README.md", "## Adding a stage"],
    ["a route", "functions/README.md", "## Adding a route"],
    ["an error code", "lib/errors/README.md", "## Adding an error code"],
    ["a label", "lib/matrix/README.md", "## Adding a label"],
    ["a metric", "lib/metrics/README.md", "## Adding a metric"],
    ["a provider", "lib/market-data/README.md", "## Adding a provider"],
    ["a state", "state-machines/README.md", "## Adding a state"],
  ])("tell how to add %s, in numbered steps that speak of tests", (_, path, heading) => {
    const text = read(path);
    expect(text).toContain(heading);
    const recipe = text.slice(text.indexOf(heading) + heading.length).split("\n## ")[0]!;
    expect(recipe).toMatch(/^1\. .+\n/m);
    expect(recipe).toMatch(/^3\. .+/m);
    expect(recipe).toMatch(/\btest/i);
  });

  it("name only files that exist", () => {
    const missing = ["lib/errors/README.md", "functions/README.md", "state-machines/README.md"].flatMap((path) =>
      [...read(path).matchAll(/`((?:lib|functions|infra|test|state-machines)\/[\w./-]+\.\w+)`/g)]
        .map((match) => match[1]!)
        .filter((named) => !existsSync(join(root, named)) && !named.includes("<") && named !== "lib/errors/README.md")
        .map((named) => `${path}: ${named}`),
    );
    expect(missing).toEqual([]);
  });
});

describe("state-machines/README.md", () => {
  const text = read("state-machines/README.md");
  it.each(MACHINES)("draws every state of %s", (machine) => {
    const start = text.indexOf(`## ${machine}\n`);
    expect(start).toBeGreaterThan(-1);
    const drawing = text.slice(start).split("```")[1]!;
    expect(drawing.startsWith("mermaid")).toBe(true);
    const states = [...read(`state-machines/${machine}.asl.json`).matchAll(/"(\w+)": \{\s*"Type"/g)].map((match) => match[1]!);
    expect(states.length).toBeGreaterThan(2);
    for (const state of states.filter((name) => name !== "RecordFailure" && name !== "Failed"))
      expect(drawing).toMatch(new RegExp(`\\b${state}\\b`));
  });
});
