import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { flat, runHere, runLauncher, startLauncher, temporaryHome } from "./support.ts";

const place = temporaryHome();
afterAll(() => place.remove());

const launched = (...args: string[]) => runLauncher(args, { SIGMA_HOME: place.home });
const sigma = (...args: string[]) => runHere(args, { SIGMA_HOME: place.home });
const version = (JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string }).version;

/** Ten sessions of 2024-07, the Fourth left out, with a column of another name. */
const SESSIONS = [1, 2, 3, 5, 8, 9, 10, 11, 12, 15].map((day) => `2024-07-${String(day).padStart(2, "0")}`);
const csvOf = (rows: readonly string[]): string => `when,open,high,low,close,volume\n${rows.join("\n")}\n`;
const GOOD = csvOf(SESSIONS.map((date, i) => `${date},${100 + i},${102 + i},${99 + i},${101 + i},${1000 + i}`));

describe("sigma", () => {
  it("prints its version, and an overview with examples", async () => {
    const [printed, overview] = await Promise.all([launched("--version"), launched()]);
    expect(printed).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
    expect(overview.code).toBe(0);
    expect(overview.stdout).toContain("sigma sweep qqq_eq_swing_daily");
    expect(overview.stdout).not.toContain("\u001B[");
  });

  it("names the nearest command, group command and option, and exits with 2", async () => {
    const [command, inGroup, option] = await Promise.all([launched("bild"), sigma("packs", "lst"), sigma("build", "m", "--forse")]);
    expect(command).toMatchObject({ code: 2, stdout: "" });
    expect(flat(command.stderr)).toContain('There is no command "bild"; did you mean "sigma build"?');
    expect(flat(inGroup.stderr)).toContain('did you mean "sigma packs list"?');
    expect(option).toMatchObject({ code: 2 });
    expect(flat(option.stderr)).toContain("has no option --forse; did you mean --force?");
    expect(option.stderr).not.toMatch(/\n\s+at /);
  });

  it("explains a command with its options and examples, without colours where nobody sees them", async () => {
    const { code, stdout } = await sigma("help", "sweep");
    expect(code).toBe(0);
    expect(stdout).toContain("sigma sweep [MODEL] [options]");
    expect(stdout).toContain("--no-wait");
    expect(stdout).toContain("EXAMPLES");
    expect(stdout).not.toContain("\u001B[");
  });

  it("lists the packs as one JSON document", async () => {
    const { code, stdout, stderr } = await launched("packs", "list", "--json");
    expect([code, stderr]).toEqual([0, ""]);
    expect((JSON.parse(stdout) as { rows: { pack_id: string }[] }).rows.map(({ pack_id }) => pack_id)).toContain("swingsigma");
  });

  it("tells a failure on stderr in one paragraph and on stdout as JSON, and exits with 1", async () => {
    const { code, stdout, stderr } = await sigma("build", "no_such_model", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "NOT_FOUND", exit_code: 1 } });
    expect(stderr).toMatch(/^Error: Nothing has this id\. No model has the id "no_such_model"/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("refuses a read-only home before anything is written", async () => {
    const blocked = join(place.folder, "a file");
    writeFileSync(blocked, "");
    const { code, stderr } = await runHere(["packs", "list"], { SIGMA_HOME: join(blocked, "home") });
    expect(code).toBe(1);
    expect(stderr).toContain("Code STORE_READ_ONLY.");
    expect(flat(stderr)).toContain("set SIGMA_HOME to another folder");
  });
});

describe("sigma data import", () => {
  it("brings a mapped CSV, knows it again, and replaces it by other bars", async () => {
    const file = join(place.folder, "my bars.csv");
    writeFileSync(file, GOOD);
    const order = ["data", "import", "--file", file, "--symbol", "mine", "--cadence", "daily", "--map", "ts=when", "--json"];
    const first = await launched(...order);
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({
      outcome: "created",
      source_rows: 10,
      dropped_rows: 0,
      series: { symbol: "MINE", rows: 10, first_session: "2024-07-01", last_session: "2024-07-15", stamps: ["price_return_only"] },
    });
    writeFileSync(`${file}.gz`, gzipSync(GOOD));
    expect(JSON.parse((await sigma(...order.with(3, `${file}.gz`))).stdout)).toMatchObject({ outcome: "unchanged" });
    writeFileSync(file, GOOD.replace("2024-07-15,109,111,108,110", "2024-07-15,109,111,108,109"));
    expect(JSON.parse((await sigma(...order)).stdout)).toMatchObject({ outcome: "replaced" });

    const { rows } = JSON.parse((await sigma("data", "list", "--json")).stdout) as { rows: { provider: string; symbols: object[] }[] };
    expect(rows.find(({ provider }) => provider === "files")!.symbols).toEqual([
      { symbol: "MINE", cadences: ["daily"], kinds: ["bars"], stamps: ["price_return_only"] },
    ]);
  });

  it("names line and column of what is wrong, and stores nothing", async () => {
    const file = join(place.folder, "bad.csv");
    writeFileSync(file, csvOf(["2024-07-01,1,2,1,1.5,10", "2024-07-02,1,2,1,-3,10"]));
    const { code, stderr } = await sigma("data", "import", "--file", file, "--symbol", "BAD", "--cadence", "daily", "--map", "ts=when");
    expect(code).toBe(1);
    expect(stderr).toMatch(/line 3/);
    expect(stderr).toMatch(/close/);
    expect(stderr).toContain("Code DATA_INVALID.");
    expect(existsSync(join(place.home, "artifacts", "owners", "local", "data", "files", "BAD"))).toBe(false);
  });

  it("refuses a missing file, an unknown cadence and a wrong map", async () => {
    const file = join(place.folder, "my bars.csv");
    const [missing, cadence, map] = await Promise.all([
      sigma("data", "import", "--file", join(place.folder, "none.csv"), "--symbol", "X", "--cadence", "daily"),
      sigma("data", "import", "--file", file, "--symbol", "X", "--cadence", "dayly"),
      sigma("data", "import", "--file", file, "--symbol", "X", "--cadence", "daily", "--map", "opne=o"),
    ]);
    expect(flat(missing.stderr)).toContain("there is no such file");
    expect(cadence).toMatchObject({ code: 2 });
    expect(cadence.stderr).toContain('found "dayly"');
    expect(flat(map.stderr)).toContain('did you mean "open"');
  });
});

describe("sigma serve", () => {
  it("serves what the same commands use from elsewhere, and ends with a signal", async () => {
    const serving = startLauncher(["serve", "--port", "0"], { SIGMA_HOME: place.home });
    const url = await serving.said(/http:\/\/127\.0\.0\.1:\d+/);
    const remote = { SIGMA_API_URL: url };
    expect(await runHere(["packs", "validate", "swingsigma", "--json"], remote)).toMatchObject({ code: 0 });
    const missing = await runHere(["runs", "show", "build_000000000000000000000000"], remote);
    expect(missing.stderr).toMatch(/Code NOT_FOUND, request [0-9a-f-]{36}\./);
    const localOnly = await runHere(["export", "spx_eq_swing_daily_example", "--out", place.folder], remote);
    expect(flat(localOnly.stderr)).toContain('"sigma export" works on this machine only');
    serving.child.kill("SIGTERM");
    expect(await serving.ended).toBe(0);
  });
});

describe("sigma doctor", () => {
  it("finds everything well, and removes drafts of yesterday on request only", async () => {
    const draft = join(place.home, "artifacts", "owners", ".draft-1");
    mkdirSync(join(place.home, "artifacts", "owners"), { recursive: true });
    writeFileSync(draft, "half");
    const old = new Date(Date.now() - 2 * 86_400_000);
    utimesSync(draft, old, old);
    const fresh = join(place.home, "artifacts", "owners", ".draft-2");
    writeFileSync(fresh, "in progress");

    const seen = await launched("doctor", "--json", "--port", String(await freePort()));
    expect(seen.code).toBe(0);
    const { checks } = JSON.parse(seen.stdout) as { checks: { check: string; status: string; detail: string }[] };
    expect(checks.map(({ check, status }) => `${check} ${status}`)).toEqual([
      "node ok",
      "home ok",
      "permissions ok",
      "database ok",
      "schema ok",
      "locks ok",
      "packs ok",
      "runs ok",
      "sample data ok",
      "port ok",
      "drafts WARN",
    ]);
    expect(existsSync(draft)).toBe(true);

    expect((await sigma("doctor", "--fix", "--json")).code).toBe(0);
    expect([existsSync(draft), existsSync(fresh)]).toEqual([false, true]);
  });

  it("says that a port is taken, and fails on a damaged database", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    const { port } = server.address() as { port: number };
    const other = temporaryHome();
    mkdirSync(other.home, { recursive: true });
    writeFileSync(join(other.home, "metadata.sqlite"), "this is no database at all".repeat(100));
    const { code, stdout } = await runHere(["doctor", "--json", "--port", String(port)], { SIGMA_HOME: other.home });
    server.close();
    other.remove();
    expect(code).toBe(1);
    const { checks } = JSON.parse(stdout) as { checks: { check: string; status: string; detail: string }[] };
    expect(checks.find(({ check }) => check === "port")).toMatchObject({ status: "WARN" });
    expect(checks.find(({ check }) => check === "database")).toMatchObject({ status: "FAIL" });
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}
