import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWebApp, type WebBuild } from "#infra/local/web-app.ts";
import { buildWebApp } from "#infra/local/web-build.ts";
import { sha256 } from "#lib/core/digest.ts";

const project = resolve(import.meta.dirname, "..", "..", "..");
/** A space and a quote, as folders of people have them. */
const scratch = mkdtempSync(join(tmpdir(), "sigma's web build "));
const checkout = join(scratch, "a checkout");
const dist = join(checkout, "web", "dist");

beforeAll(() => {
  for (const name of ["package.json", "package-lock.json", "tsconfig.json", "web", "client", "lib", "functions", "infra", "cli"])
    cpSync(join(project, name), join(checkout, name), { recursive: true, filter: (path) => basename(path) !== "dist" });
  symlinkSync(join(project, "node_modules"), join(checkout, "node_modules"), "junction");
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const build = async () => {
  const said: string[] = [];
  return { built: await buildWebApp({ root: checkout, say: (line) => said.push(line) }), said };
};
const folderOf = (built: WebBuild): string => {
  if ("problem" in built) throw new Error(built.problem);
  return built.folder;
};
/** Digest of each file that is served, by name. */
const contentOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
      // The build's own record of its sources says where this test put the packages.
      .filter((name) => !name.startsWith("."))
      .map((name) => [name, sha256(readFileSync(join(folder, name)))] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
const change = (text: string) => writeFileSync(join(checkout, "web", "public", "changed.txt"), text);

describe("buildWebApp", () => {
  it("builds what there is not, says so in one line, and builds nothing again for the same sources", async () => {
    change("first");
    const first = await build();
    expect(first.said).toEqual([expect.stringMatching(/^Built the web app in \d+\.\d s: [^\n]+$/)]);
    expect(readFileSync(join(folderOf(first.built), "changed.txt"), "utf8")).toBe("first");
    const again = await build();
    expect(again).toEqual({ built: first.built, said: [] });
  });

  it("builds anew when a source has changed, beside the build that another server may hold", async () => {
    change("before");
    const before = folderOf((await build()).built);
    change("after");
    const after = folderOf((await build()).built);
    expect(after).not.toBe(before);
    expect([before, after].map((folder) => readFileSync(join(folder, "changed.txt"), "utf8"))).toEqual(["before", "after"]);
    change("before");
    expect((await build()).said).toEqual([]);
  });

  it("keeps the newest three builds", async () => {
    for (const text of ["one", "two", "three", "four"]) {
      change(text);
      await build();
    }
    expect(readdirSync(dist)).toHaveLength(3);
  });

  it("gives the same bytes in another place, and none of them names the machine", async () => {
    rmSync(join(checkout, "web", "public", "changed.txt"), { force: true });
    const here = folderOf((await build()).built);
    const there = folderOf(await buildWebApp());
    expect(contentOf(here)).toEqual(contentOf(there));
    for (const name of Object.keys(contentOf(here)).filter((file) => /\.(js|css|html|json|svg)$/.test(file))) {
      const text = readFileSync(join(here, name), "utf8");
      for (const path of [scratch, project, tmpdir(), process.env["HOME"] ?? scratch])
        if (path.length > 4) expect(text.includes(path), `${name} names ${path}`).toBe(false);
    }
  });

  it("leaves one whole build when several start at once", async () => {
    change("at once");
    const all = await Promise.all([build(), build(), build()]);
    expect(new Set(all.map(({ built }) => folderOf(built))).size).toBe(1);
    const folder = folderOf(all[0].built);
    const kept = contentOf(folder);
    rmSync(folder, { recursive: true });
    expect(contentOf(folderOf((await build()).built))).toEqual(kept);
    expect(readdirSync(dist).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("leaves the old build or the new one, whole, when it is killed", async () => {
    change("killed: old");
    const old = folderOf((await build()).built);
    const oldContent = contentOf(old);
    change("killed: new");
    for (const afterMs of [0, 60, 250]) {
      const child = startBuild();
      await until(() => readdirSync(dist).some((name) => name.startsWith(".draft-")) || child.exitCode !== null);
      await pause(afterMs);
      killGroup(child);
      expect(contentOf(old)).toEqual(oldContent);
      for (const name of readdirSync(dist).filter((entry) => !entry.startsWith(".")))
        expect(existsSync(join(dist, name, "index.html")), `${afterMs} ms: ${name}`).toBe(true);
      for (const name of readdirSync(dist).filter((entry) => entry.startsWith("."))) rmSync(join(dist, name), { recursive: true });
    }
    expect(readFileSync(join(folderOf((await build()).built), "changed.txt"), "utf8")).toBe("killed: new");
  });

  it("says what is wrong with a source, keeps what was built, and lets the app say what to do", async () => {
    change("good");
    const good = folderOf((await build()).built);
    const page = join(checkout, "web", "src", "main.tsx");
    const text = readFileSync(page, "utf8");
    try {
      writeFileSync(page, "const broken = ;\n");
      const { built, said } = await build();
      expect(built).toMatchObject({ problem: expect.stringMatching(/^Building the web app failed \(1\): .*main\.tsx.*npm run build:web/) });
      expect(said).toEqual([expect.stringMatching(/^The web app is not served, the API is\. [^\n]+$/)]);
      expect(existsSync(join(good, "index.html"))).toBe(true);
      expect(readdirSync(dist).filter((name) => name.startsWith("."))).toEqual([]);
      const answer = await createWebApp({ build: Promise.resolve(built), config: { mode: "local" } })(new Request("http://127.0.0.1/app/"));
      expect(answer.status).toBe(503);
      expect(await answer.text()).toContain("npm run build:web");
    } finally {
      writeFileSync(page, text);
    }
  });

  it("is what npm run build:web does", async () => {
    change("by its command");
    const child = startBuild();
    await until(() => child.exitCode !== null);
    expect(child.exitCode).toBe(0);
    expect((await build()).said).toEqual([]);
  });

  it("says that the packages are missing", async () => {
    const bare = join(scratch, "bare");
    for (const name of ["package.json", "package-lock.json", "tsconfig.json", "web", "client", "lib", "infra"])
      cpSync(join(project, name), join(bare, name), { recursive: true, filter: (path) => basename(path) !== "dist" });
    expect(await buildWebApp({ root: bare })).toEqual({ problem: expect.stringContaining('Run "npm ci".') });
  });
});

/** A build in a process group of its own, which a test can kill as a whole. */
function startBuild(): ChildProcess {
  return spawn(process.execPath, [join(checkout, "cli", "with-runtime.mjs"), join(checkout, "infra", "local", "build-web.ts")], {
    stdio: "ignore",
    detached: true,
  });
}

function killGroup({ pid, exitCode }: ChildProcess): void {
  if (exitCode === null) process.kill(-pid!, "SIGKILL");
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 2000 && !condition(); i += 1) await pause(5);
}
