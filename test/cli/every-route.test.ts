import { createHash, randomUUID } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkedUniverse } from "#lib/market-data/universe.ts";
import { importUniverse } from "#lib/market-data/universe-store.ts";
import { everyCommand } from "../../cli/command-tree.ts";
import { COMMANDS } from "../../cli/commands.ts";
import { ROUTES } from "../../functions/api/routes.ts";
import { createLocalSystem, type LocalSystem } from "../../infra/local/local-system.ts";
import { createLocalApp } from "../../infra/local/server.ts";
import { flat, runHere, temporaryHome } from "./support.ts";

/** Routes without a command, and why none is missing. */
const WITHOUT_COMMAND: Readonly<Record<string, string>> = {
  "POST /backtest_sweep": "the classic name of POST /sweeps",
  "GET /model_detail": "the classic form of GET /models/{model_id}; its runs are GET /runs",
  "GET /build_runs": "GET /runs of one machine: sigma runs list --machine build",
  "GET /backtest_runs": "GET /runs of one machine: sigma runs list --machine backtest",
  "GET /training_runs": "GET /runs of one machine: sigma runs list --machine train",
};

const nameOf = ({ method, path }: { readonly method: string; readonly path: string }): string => `${method.toUpperCase()} ${path}`;

/** The route that a request reaches: the first of the table that fits, as the app mounts them. */
function routeOf(method: string, url: string): string {
  const path = new URL(url, "http://host").pathname.replace(/^\/v1(?=\/)/, "");
  const found = ROUTES.find((route) => {
    const pattern = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === "key" ? ".+" : "[^/]+"));
    return route.method === method.toLowerCase() && new RegExp(`^${pattern}$`).test(path);
  });
  return found === undefined ? `${method} ${path}` : nameOf(found);
}

describe("the table of commands", () => {
  it("has a command for every route of the API, or a reason why there is none", async () => {
    const declared = new Set<string>();
    for (const { load } of everyCommand()) for (const route of (await load()).sigma.routes) declared.add(route);
    const routes = ROUTES.map(nameOf);
    expect(routes.filter((route) => !declared.has(route) && !Object.hasOwn(WITHOUT_COMMAND, route))).toEqual([]);
    expect([...declared].filter((route) => !routes.includes(route))).toEqual([]);
    expect(Object.keys(WITHOUT_COMMAND).filter((route) => declared.has(route) || !routes.includes(route))).toEqual([]);
  });

  it("says of every command that calls no route why it needs this machine", async () => {
    const commands = await Promise.all(everyCommand().map(async ({ name, load }) => ({ name, command: await load() })));
    const silent = commands.filter(({ command }) => command.sigma.routes.length === 0 && command.sigma.localOnly === undefined);
    expect(silent.map(({ name }) => name)).toEqual(NEITHER);
    for (const { name, command } of commands) expect(command.sigma.name).toBe(name);
  });

  it("refuses what needs this machine when a remote API is set, and says why", async () => {
    for (const { name, load } of everyCommand()) {
      const { localOnly } = (await load()).sigma;
      if (localOnly === undefined) continue;
      const { code, stderr } = await runHere([...name.split(" "), ...(NEEDED[name] ?? [])], { SIGMA_API_URL: "http://127.0.0.1:9" });
      expect([name, code]).toEqual([name, 1]);
      expect(flat(stderr)).toContain(`"sigma ${name}" works on this machine only: ${localOnly}. SIGMA_API_URL is "http://127.0.0.1:9"`);
    }
  });
});

/** Commands that ask no system at all. */
const NEITHER: readonly string[] = ["completion"];

/** Arguments without which a command is not even looked at. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  "data simulate": ["--symbols", "SIM"],
  "data universe import": ["--file", "x.yaml"],
  "data universe show": ["x"],
  export: ["m", "--out", "x"],
  "models import": ["x"],
  verify: ["run"],
};

const place = temporaryHome();
const TOKEN = randomUUID();
let system: LocalSystem;
let server: Server;
let url: string;
let heard: string[] = [];
const everHeard = new Set<string>();

/** The API of a home of its own, behind a token; it remembers which routes were called. */
beforeAll(async () => {
  system = await createLocalSystem({ home: place.home, alerts: { deliver: async () => {} } });
  const app = createLocalApp(system);
  server = createServer(
    getRequestListener(async (request) => {
      if (request.headers.get("authorization") !== `Bearer ${TOKEN}`) return new Response("no", { status: 401 });
      const route = routeOf(request.method, request.url);
      heard.push(route);
      everHeard.add(route);
      return app.fetch(request);
    }),
  );
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await system.close();
  place.remove();
});

/** A command against the remote API: its document, with the routes that it called held against those that it declares. */
async function remote<T = Record<string, never>>(line: readonly string[], exitCode = 0): Promise<T> {
  heard = [];
  const { code, stdout, stderr } = await runHere([...line, "--json"], {
    SIGMA_API_URL: url,
    SIGMA_API_TOKEN: TOKEN,
    SIGMA_HOME: join(place.folder, "never made"),
  });
  expect([line.join(" "), code, code === exitCode ? "" : stderr]).toEqual([line.join(" "), exitCode, ""]);
  expect(`${stdout}${stderr}`).not.toContain(TOKEN);
  const leaf = everyCommand()
    .filter(({ name }) => `${line.join(" ")} `.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0]!;
  const { routes } = (await leaf.load()).sigma;
  expect([...new Set(heard)].filter((route) => !routes.includes(route))).toEqual([]);
  return JSON.parse(stdout) as T;
}

const MODEL = "simflat_eq_swing_daily";
const QUICK = ["learner.calibration=none", "learner.params.trees=10", "window.start=2012-01-03", "window.end=2018-01-01"];

/** A pack step by step, each with the choices that the documentation shows. */
async function draftPack(): Promise<void> {
  const step = join(place.folder, "step.json");
  const take = (name: string, ...words: string[]) => {
    writeFileSync(step, JSON.stringify(ROUTES.find((route) => nameOf(route) === name)!.bodyExample));
    return remote(["packs", "draft", ...words, "--file", step]);
  };
  const { pack_id } = await take("POST /pack_drafts", "begin");
  for (const word of ["identity", "instruments", "strategies"]) await take(`PUT /pack_drafts/{pack_id}/${word}`, word, pack_id!);
  await remote(["packs", "drafts"]);
  await remote(["packs", "draft", "show", pack_id!]);
  await remote(["packs", "draft", "validate", pack_id!, "--ticker", "SPX"]);
  const { can_save } = await remote<{ can_save: boolean }>(["packs", "draft", "review", pack_id!]);
  await remote(["packs", "draft", "save", pack_id!], can_save ? 0 : 1);
  await remote(["packs", "draft", "delete", pack_id!]);
}

describe("sigma with SIGMA_API_URL", () => {
  it("does through the API what it does on this machine: every route of every command is called, with the token", async () => {
    await remote(["health", "SPX"]);
    await remote(["health", "--deep"]);
    await remote(["packs", "list"]);
    await remote(["packs", "show", "swingsigma"]);
    for (const kind of ["templates", "indicators", "strategies", "models", "risk-profiles"]) await remote(["packs", kind, "swingsigma"]);
    await remote(["packs", "templates"]);
    const { rows: found } = await remote<{ rows: { strategy: string }[] }>([
      "packs",
      "search",
      "--tag",
      "conservative,long_only,swing,beginner",
    ]);
    expect(found.map(({ strategy }) => strategy)).toEqual(["mean_reversion_swing"]);
    await remote(["packs", "validate", "swingsigma"]);
    await remote(["packs", "pull", "swingsigma", "--out", join(place.folder, "copies")]);
    cpSync(join(place.folder, "copies", "swingsigma"), join(place.folder, "my_pack"), { recursive: true });
    const own = join(place.folder, "my_pack");
    const text = readFileSync(join(own, "pack.yaml"), "utf8");
    const asOwn = text
      .replace("id: swingsigma", "id: my_pack")
      .replace(/^name: .*$/m, "name: MyPack")
      .replace(/^version: .*$/m, "version: 0.1.0");
    writeFileSync(join(own, "pack.yaml"), asOwn);
    rmSync(join(own, "model_configs"), { recursive: true });
    for (const file of readdirSync(join(own, "policy_templates")))
      if (file.includes("_example")) rmSync(join(own, "policy_templates", file));
    expect(await remote(["packs", "create", own])).toMatchObject({ pack_id: "my_pack", state: "draft" });
    writeFileSync(join(own, "pack.yaml"), asOwn.replace("version: 0.1.0", "version: 0.1.1"));
    expect(await remote(["packs", "update", own])).toMatchObject({ candidate: { version: "0.1.1" } });
    await remote(["packs", "check", "my_pack", "--ticker", "SPX", "--template", "swing_eq_daily_close"], 1);
    await remote(["packs", "activate", "my_pack"], 1);
    await remote(["packs", "submit", "my_pack"], 1);
    const review = ["admin", "review", "my_pack", "--owner", "local"];
    await remote(review, 1);
    expect(await remote(["admin", "reviews"])).toEqual({ rows: [] });
    await remote([...review, "--decision", "reject", "--sha", "0a", "--reason", "a test"], 1);
    await remote(["packs", "delete", "my_pack"]);
    await draftPack();
    await remote(["indicators", "--category", "trend"]);
    await remote(["indicators", "rsi"]);
    await remote(["data", "list"]);
    await remote(["scan", "swingsigma", "breakout", "--universe", "nobody_has_it"], 1);
    const members = [{ member: { symbol: "SIM00", from: null, to: null, delisting_return: null }, place: "member 1" }];
    const universe = checkedUniverse("one", members, { name: "test", sha256: "0".repeat(64) });
    await importUniverse(system.ports.artifacts, "local", universe);
    await remote(["scan", "swingsigma", "breakout", "--universe", "one", "--provider", "simulated"]);

    const create = ["models", "create", "--ticker", "SIMFLAT", "--template", "swing_eq_daily", "--provider", "simulated", "--seed", "7"];
    await remote(["models", "validate", ...create.slice(2)]);
    await remote([...create, ...QUICK.flatMap((setting) => ["--set", setting])]);
    await remote(["init-auto", "--ticker", "SPX", "--pack", "swingsigma"]);
    await remote(["init"]);
    await remote(["models", "name", "--ticker", "SPY", "--asset", "opt", "--horizon", "0dte", "--cadence", "hourly"]);
    await remote(["models", "list"]);
    await remote(["models", "show", MODEL]);
    const set = join(place.folder, "set.yaml");
    writeFileSync(
      set,
      "name: eq_short\nindicators:\n  - { name: rsi, period: 7 }\n  - { name: ret }\n  - { name: rolling_std, window: 10 }\n",
    );
    expect(await remote(["packs", "set-indicators", "swingsigma", "--file", set])).toMatchObject({ changed: true, set: { version: 1 } });
    const { etag } = await remote<{ etag: string }>(["models", "show", MODEL]);
    await remote(["models", "update", MODEL, "--risk", "conservative", "--if-match", etag]);
    await remote(["models", "update", MODEL, "--risk", "aggressive", "--if-match", etag], 1);
    await remote(["policy", "explain", MODEL]);
    await remote(["policy", "validate", MODEL]);
    await remote(["policy", "validate", "--file", join(import.meta.dirname, "..", "..", "packs/swingsigma/policy_templates/close.yaml")]);
    await remote(["preview", MODEL]);
    await remote(["test-indicators", MODEL]);
    await remote(["sweep-config", MODEL, "--out", join(place.folder, "sweep.yaml")]);
    const { matrix } = await remote<{ matrix: { matrix_sha: string } }>(["build", MODEL]);
    const shown = await remote<Record<string, unknown>>(["matrix", "show", matrix.matrix_sha]);
    expect(await remote(["matrix", "profile", matrix.matrix_sha])).toMatchObject({ rows: shown["rows"], period_unit: "year" });
    const file = join(place.folder, "taken", "matrix.parquet");
    expect(await remote(["matrix", "download", matrix.matrix_sha, "--out", file])).toEqual({
      file,
      bytes: shown["bytes"],
      sha256: shown["file_sha256"],
    });
    expect(createHash("sha256").update(readFileSync(file)).digest("hex")).toBe(shown["file_sha256"]);
    expect((await remote<{ rows: object[] }>(["matrix", "list"])).rows).toContainEqual(
      expect.objectContaining({ model_id: MODEL, matrix_sha: matrix.matrix_sha }),
    );

    const { run_id } = await remote<{ run_id: string }>(["backtest", MODEL, "--thresholds", "0,0.1", "--robustness", "none"]);
    await remote(["report", run_id, "--form", "json", "--out", join(place.folder, "report.json")]);
    const estimate = await remote<{ variants: number }>(["sweep", MODEL, "--axes", "thresholds=0,0.1", "--estimate"]);
    expect(estimate.variants).toBe(2);
    const swept = await remote<{ run_id: string; sweep_id: string; best_rows: string[] }>(["sweep", MODEL, "--axes", "thresholds=0,0.1"]);
    await remote(["sweeps", "list", "--model", MODEL]);
    await remote(["sweeps", "show", swept.sweep_id]);
    const all = await remote<{ rows: number }>(["sweeps", "results", swept.sweep_id, "--csv", join(place.folder, "rows.csv")]);
    expect(all.rows).toBe(2);
    await remote(["sweeps", "cancel", swept.sweep_id], 1);
    await remote(["leaderboard", "--model", MODEL]);
    const row = swept.best_rows[0]!;
    expect(await remote(["rows", "show", row])).toMatchObject({ row_id: row });
    expect(await remote(["rows", "report", row])).toMatchObject({ kind: "backtest", model_id: MODEL });
    const trades = await remote<{ rows: number }>(["rows", "trades", row, "--csv", join(place.folder, "trades.csv")]);
    expect(trades.rows).toBeGreaterThan(0);
    expect((await remote<{ rows: object[] }>(["rows", "trades", row, "--limit", "1"])).rows).toMatchObject([{ trade: 1 }]);
    const bars = await remote<{ rows: { session: string }[] }>(["rows", "bars", row, "--limit", "9"]);
    const [from, to] = [bars.rows[3]!.session, bars.rows[5]!.session];
    expect(await remote(["rows", "bars", row, "--from", from, "--to", to])).toEqual({ rows: bars.rows.slice(3, 6) });
    await remote(["calibrate", MODEL, "--min-trades", "1"]);
    await remote(["calibrate", MODEL, "--what", "brackets", "--stop-loss", "0.05", "--take-profit", "2", "--min-trades", "1"]);
    const piped = await remote<{ passed: boolean; trained_models: object[] }>(
      ["pipeline", MODEL, "--robustness", "none", "--require-pass"],
      3,
    );
    expect(piped).toMatchObject({ passed: false, trained_models: [] });

    const { trained_models } = await remote<{ trained_models: { trained_model_id: string }[] }>([
      "train",
      MODEL,
      "--rows",
      swept.best_rows[0]!,
      "--research",
    ]);
    const trained = trained_models[0]!.trained_model_id;
    await remote(["trained", "list"]);
    await remote(["trained", "show", trained]);
    await remote(["trained", "card", trained]);
    await remote(["models", "export", trained, "--format", "sigma", "--out", join(place.folder, "taken away")]);
    await remote(["publish", trained]);
    const { signals } = await remote<{ signals: { signal_id: string }[] }>(["signals", "run", "--as-of", "2015-06-30T21:00:00Z"]);
    await remote(["signals", "list"]);
    const alerts = await remote<{ models: object[]; alerts: object[]; files: object[] }>([
      "alerts",
      "--run",
      "--out",
      join(place.folder, "live_data"),
    ]);
    expect(alerts.models).toEqual([
      expect.objectContaining({ trained_model_id: trained, status: "published", cooldown_minutes: 0, max_trades_per_day: 1 }),
    ]);
    expect(alerts.files).toEqual([{ path: join(place.folder, "live_data", MODEL, "signals.csv"), rows: alerts.alerts.length }]);
    await remote(["signals", "show", signals[0]!.signal_id]);
    const seen = await remote<Record<string, unknown>>(["signals", "watch", "--after", "0", "--count", "1", "--model", MODEL]);
    expect(seen).toMatchObject({ seq: 1, signal: { signal_id: signals[0]!.signal_id } });
    await remote(["signals", "export", "--out", join(place.folder, "signals.csv")]);

    await remote(["models", "performance", MODEL]);
    await remote(["models", "documents", MODEL]);
    await remote(["models", "delete", MODEL, "--yes"], 1);
    await remote(["models", "delete", "spx_eq_swing_daily"]);

    await remote(["runs", "list", "--machine", "sweep"]);
    await remote(["runs", "show", run_id]);
    await remote(["runs", "watch", run_id]);
    await remote(["runs", "resume", run_id]);
    await remote(["runs", "cancel", run_id], 1);

    expect((await remote<{ rows: object[] }>(["admin", "jobs", "local", "--machine", "backtest"])).rows).toContainEqual(
      expect.objectContaining({ run_id, owner: "local", status: "succeeded" }),
    );
    expect(await remote(["admin", "retry", run_id])).toMatchObject({ status: "succeeded" });
    await remote(["admin", "cancel", run_id], 1);
    const quotas = ["--quota", "running_trainings=7", "--quota", "sweeps_per_day=none"];
    await remote(["admin", "set-quotas", "local", "--tier", "pro", ...quotas, "--reason", "a test"]);
    expect(await remote(["admin", "quotas", "local"])).toMatchObject({ tier: "pro", reason: "a test", changed_by: "local" });

    const declared = new Set<string>();
    for (const { load } of everyCommand()) for (const route of (await load()).sigma.routes) declared.add(route);
    expect([...declared].filter((route) => !everHeard.has(route))).toEqual([]);
  });

  it("says which codes the gate has, and that a token is wrong, without saying the token", async () => {
    const env = { SIGMA_API_URL: url, SIGMA_API_TOKEN: "of nobody" };
    const wrong = await runHere(["packs", "list"], env);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain("Code UNAUTHENTICATED");
    expect(wrong.stderr).not.toContain("of nobody");
    const { rows } = await remote<{ rows: { row_id: string }[] }>(["leaderboard", "--model", MODEL, "--limit", "1"]);
    await remote(["train", MODEL, "--rows", rows[0]!.row_id], 3);
  });
});

it("finds every group's help without loading a system", async () => {
  for (const [word, entry] of Object.entries(COMMANDS)) {
    if ("load" in entry) continue;
    const { code, stdout } = await runHere([word, "--help"]);
    expect(code).toBe(0);
    for (const member of Object.keys(entry.group)) expect(stdout).toMatch(new RegExp(`^ {2}${member} `, "m"));
  }
});
