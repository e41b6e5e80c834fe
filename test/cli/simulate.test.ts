import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTable } from "#lib/core/parquet-table.ts";
import { flat, runHere, temporaryHome } from "./support.ts";

const place = temporaryHome();
afterAll(() => place.remove());

const run = (...args: string[]) => runHere(args, { SIGMA_HOME: place.home });
async function documentOf<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await run(...args, "--json");
  if (code !== 0) throw new Error(stderr + stdout);
  return JSON.parse(stdout) as T;
}
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
const linesOf = (path: string): string[] => readFileSync(path, "utf8").trimEnd().split("\n");

describe("sigma data simulate --out", () => {
  const folder = join(place.folder, "sim ulated");
  let result: {
    readonly folder: string;
    readonly mark: string;
    readonly statement: string;
    readonly files: readonly { readonly path: string }[];
  };

  beforeAll(async () => {
    result = await documentOf(
      ...["data", "simulate", "--out", folder, "--symbols", "simmkt,SIM04", "--cadence", "daily,5m", "--sessions", "2"],
      ...["--start", "2024-07-02", "--kinds", "bars,actions,universe,chains,option_bars,tape"],
    );
  });

  it("writes what was asked for, with a README that says first of all that it is simulated", () => {
    expect(filesBelow(folder)).toEqual(
      [
        "README.txt",
        "actions.csv",
        "bars/SIM04_5m.csv",
        "bars/SIM04_daily.csv",
        "bars/SIMMKT_5m.csv",
        "bars/SIMMKT_daily.csv",
        "chains/SIM04/2024-07-02.csv",
        "chains/SIM04/2024-07-03.csv",
        "chains/SIMMKT/2024-07-02.csv",
        "chains/SIMMKT/2024-07-03.csv",
        "open_interest/SIM04/2024-07-02.csv",
        "open_interest/SIM04/2024-07-03.csv",
        "open_interest/SIMMKT/2024-07-02.csv",
        "open_interest/SIMMKT/2024-07-03.csv",
        "option_bars/SIM04/2024-07-02_2024-07-05.csv",
        "option_bars/SIM04/2024-07-03_2024-07-05.csv",
        "option_bars/SIMMKT/2024-07-02_2024-07-02.csv",
        "option_bars/SIMMKT/2024-07-03_2024-07-03.csv",
        "simulation.json",
        ...["SIM04", "SIMMKT"].flatMap((symbol) =>
          ["2024-07-02", "2024-07-03"].flatMap((session) => {
            const expiry = symbol === "SIM04" ? "2024-07-05" : session;
            const kinds = ["trades", "quotes", `options_${expiry}_trades`, `options_${expiry}_quotes`];
            return kinds.map((kind) => `tape/${symbol}/${session}_${kind}.csv`);
          }),
        ),
        "universe.csv",
      ].sort(),
    );
    const readme = readFileSync(join(folder, "README.txt"), "utf8");
    expect(readme).toMatch(/^SIMULATED DATA\n/);
    expect(flat(readme)).toContain("SIMULATED market from seed 1; nobody ever traded it.");
    expect(result.statement).toContain("SIMULATED market from seed 1");
    expect(result.mark).toBe("SIMULATED");
    expect(JSON.parse(readFileSync(join(folder, "simulation.json"), "utf8"))).toMatchObject({
      form: "sigma-simulation/1",
      mark: "SIMULATED",
      first_session: "2024-07-02",
      last_session: "2024-07-03",
      simulation: { name: null, spec: { kind: "market", market: { seed: 1 } } },
    });
    expect(existsSync(`${folder}.partial`)).toBe(false);
  });

  it("marks every row of every table", () => {
    for (const path of filesBelow(folder).filter((file) => file.endsWith(".csv"))) {
      const [header, ...rows] = linesOf(join(folder, path));
      expect(header, path).toMatch(/,simulated$/);
      expect(rows.length, path).toBeGreaterThan(0);
      for (const row of rows) if (!row.endsWith(",1")) expect.fail(`${path}: ${row}`);
    }
  });

  it("writes two sessions of bars, half day included, open interest as of the open and chains at the close", () => {
    expect(linesOf(join(folder, "bars/SIMMKT_daily.csv"))).toHaveLength(3);
    // 78 bars, and 42 on the half day.
    expect(linesOf(join(folder, "bars/SIMMKT_5m.csv"))).toHaveLength(1 + 78 + 42);
    const chain = linesOf(join(folder, "chains/SIMMKT/2024-07-02.csv"));
    expect(chain[0]).toBe(
      "session_date,known_at,underlying_price,expiry,strike,right,bid,ask,volume,open_interest,iv,delta,gamma,theta,vega,simulated",
    );
    expect(chain[1]).toMatch(/^2024-07-02,2024-07-02T20:00:00.000Z,[\d.]+,2024-07-02,\d+,C,[\d.]+,[\d.]+,\d+,\d+,,,,,,1$/);
    const morning = linesOf(join(folder, "open_interest/SIMMKT/2024-07-02.csv"));
    expect(morning[0]).toBe("session_date,known_at,expiry,strike,right,open_interest,simulated");
    expect(morning[1]).toMatch(/^2024-07-02,2024-07-02T13:30:00.000Z,2024-07-02,\d+,C,\d+,1$/);
    expect(morning).toHaveLength(chain.length);
    expect(chain.at(-1)).toMatch(/^2024-07-02,2024-07-02T20:00:00.000Z,[\d.]+,2024-11-15,\d+,P,/);
  });

  it("keeps its mark when it is brought back under another name", async () => {
    const file = join(folder, "bars/SIMMKT_daily.csv");
    const imported = await documentOf("data", "import", "--file", file, "--symbol", "QQQ", "--cadence", "daily");
    expect(imported).toMatchObject({ series: { rows: 2, stamps: ["simulated"] } });
    writeFileSync(
      join(place.folder, "chains.yaml"),
      `kind: option_chains\npath: "sim ulated/chains/SIMMKT/*.csv"\nsymbol: SPY\nroots: [SPY]\nopen_interest_of: session\nknown_at: close\n`,
    );
    const chains = await documentOf<{ rows: { manifest: { stamps: string[] } }[] }>(
      "data",
      "import",
      "--config",
      join(place.folder, "chains.yaml"),
    );
    expect(chains.rows[0]!.manifest.stamps).toEqual(["simulated"]);
  });

  it("overwrites nothing without --force, and never a folder of something else", async () => {
    const again = await run("data", "simulate", "--out", folder, "--sessions", "2");
    expect(again.code).toBe(1);
    expect(flat(again.stderr)).toContain("holds simulated data already. Replace the whole folder with --force");
    const other = join(place.folder, "mine");
    mkdirSync(other);
    writeFileSync(join(other, "notes.txt"), "mine");
    const refused = await run("data", "simulate", "--out", other, "--sessions", "2", "--force");
    expect(refused.code).toBe(1);
    expect(flat(refused.stderr)).toContain("holds no simulated data; it is left alone");
    expect(readFileSync(join(other, "notes.txt"), "utf8")).toBe("mine");
  });

  it("writes nothing when something cannot be had", async () => {
    const target = join(place.folder, "none");
    const none = await run("data", "simulate", "--out", target, "--symbols", "SIM21,SIMVIX", "--kinds", "bars,chains", "--sessions", "2");
    expect(none.code).toBe(1);
    expect(flat(none.stderr)).toContain('None of "SIM21,SIMVIX" has options.');
    const halfway = await run("data", "simulate", "--out", target, "--symbols", "SIMMKT,SIM20", "--sessions", "2");
    expect(halfway.code).toBe(1);
    expect(flat(halfway.stderr)).toContain('"simulated" has SIM20 daily from 2010-01-04 to 2014-06-30; found no bar');
    expect([existsSync(target), existsSync(`${target}.partial`)]).toEqual([false, false]);
    const mixed = await run("data", "simulate", "--out", target, "--symbols", "SIMMKT,SIMEDGE");
    expect(flat(mixed.stderr)).toContain("symbols must be of one simulated market");
    const edge = await run("data", "simulate", "--out", target, "--symbols", "SIMEDGE", "--kinds", "universe");
    expect(flat(edge.stderr)).toContain("only a simulated market has a universe");
    const date = await run("data", "simulate", "--out", target, "--start", "2031-01-02");
    expect(flat(date.stderr)).toContain("start must lie in 2010-01-04 to 2024-12-31");
  });

  it("writes a stock that is gone by its own sessions, and says which symbols have no options", async () => {
    const target = join(place.folder, "some");
    const gone = await documentOf<{ files: { path: string }[] }>(
      "data",
      "simulate",
      "--out",
      target,
      "--symbols",
      "SIM20",
      "--sessions",
      "2",
    );
    expect(linesOf(join(target, gone.files[0]!.path)).at(-1)).toMatch(/^2014-06-30T/);
    const args = ["--symbols", "SIMMKT,SIM21", "--kinds", "chains", "--sessions", "2", "--force"];
    const some = await run("data", "simulate", "--out", target, ...args);
    expect(some.stdout).toContain("Without options, so without files of them: SIM21");
    expect(existsSync(join(target, "chains", "SIM21"))).toBe(false);
  });

  it("writes of all stocks those that were listed then", async () => {
    const target = join(place.folder, "stocks");
    const written = await documentOf<{ files: { path: string }[] }>(
      "data",
      "simulate",
      "--out",
      target,
      "--symbols",
      "SIMMKT,stocks",
      "--sessions",
      "2",
    );
    const bars = written.files.filter(({ path }) => path.startsWith("bars/"));
    expect(bars.length).toBeGreaterThan(20);
    expect(bars.length).toBeLessThan(41);
    expect(bars.map(({ path }) => path)).not.toContain("bars/SIM20_daily.csv");
  });

  it("writes the same bytes again, and Parquet of the same numbers", async () => {
    const [first, second, parquet] = ["one", "two", "three"].map((name) => join(place.folder, name)) as [string, string, string];
    const order = ["--symbols", "SIMVIX,SIM30", "--cadence", "hourly", "--sessions", "3", "--seed", "9"];
    for (const target of [first, second]) await documentOf("data", "simulate", "--out", target, ...order);
    for (const path of filesBelow(first)) expect(readFileSync(join(second, path)), path).toEqual(readFileSync(join(first, path)));
    await documentOf("data", "simulate", "--out", second, ...order, "--force", "--format", "parquet");
    await documentOf("data", "simulate", "--out", parquet, ...order, "--format", "parquet");
    expect(filesBelow(second)).toEqual(filesBelow(parquet));
    const table = await readTable(readFileSync(join(parquet, "bars/SIM30_hourly.parquet")));
    const rows = linesOf(join(first, "bars/SIM30_hourly.csv")).slice(1);
    expect(table.rows).toBe(rows.length);
    expect(table.metadata["mark"]).toBe("SIMULATED");
    const close = table.columns.find(({ name }) => name === "close")!.values;
    expect([...close]).toEqual(rows.map((row) => Number(row.split(",")[4])));
  });
});

describe("sigma data simulate --name", () => {
  it("registers an edge of a stated Sharpe ratio that a model can be made on", async () => {
    const made = await documentOf(
      "data",
      "simulate",
      "--name",
      "sharpe1",
      "--edge-sharpe",
      "1",
      "--sessions",
      "800",
      "--seed",
      "7",
      "--set",
      "half_life=5",
    );
    expect(made).toMatchObject({
      simulation: {
        outcome: "created",
        symbol: "SIM:SHARPE1",
        mark: "SIMULATED",
        spec: { kind: "edge", edge: { annual_sharpe: 1, half_life: 5, seed: 7 } },
      },
    });
    const model = await documentOf<{ model_id: string }>(
      ...["models", "create", "--ticker", "SHARPE1", "--provider", "simulated", "--symbol", "SIM:SHARPE1", "--template", "swing_eq_daily"],
      ...["--workspace", "simulated"],
    );
    const built = await documentOf<{ matrix: { stamps: string[]; rows: number } }>("build", model.model_id, "--workspace", "simulated");
    expect(built.matrix.rows).toBe(800);
    expect(built.matrix.stamps).toContain("simulated");
  }, 120_000);

  it("registers a market, lists it, and writes it under its own name", async () => {
    const target = join(place.folder, "calm");
    const made = await run(
      ...[
        "data",
        "simulate",
        "--name",
        "calm",
        "--start",
        "2024-01-02",
        "--sessions",
        "40",
        "--set",
        "jumps.per_year=0",
        "--set",
        "annual_volatility=0.1",
      ],
      ...["--out", target, "--symbols", "SIM:CALM,SIM:CALM:03", "--cadence", "15m,daily", "--kinds", "bars,universe"],
    );
    expect(made.code).toBe(0);
    expect(made.stdout).toContain("SIM:CALM (SIMULATED): created");
    expect(made.stdout).toContain("SIMULATED data written to");
    expect(linesOf(join(target, "bars/SIM_CALM_03_daily.csv"))).toHaveLength(41);
    expect(linesOf(join(target, "universe.csv"))[4]).toMatch(/^SIM:CALM:03,2024-01-02,/);
    const list = await run("data", "list");
    expect(list.stdout).toContain("SIM:CALM:00 to SIM:CALM:09");
    expect(list.stdout).toContain("SIM10 to SIM39");
    const again = await run("data", "simulate", "--name", "calm");
    expect(again.code).toBe(1);
    expect(flat(again.stderr)).toContain('There is another simulation named "CALM"');
    expect(await documentOf("data", "simulate", "--name", "calm", "--force")).toMatchObject({ simulation: { outcome: "replaced" } });
  });

  it.each<[string[], number, string]>([
    [[], 2, "needs --name, --out, or both"],
    [["--out", "x", "--edge-sharpe", "1"], 2, "describe a simulation: give it a --name"],
    [["--name", "A", "--edge-sharpe", "much"], 2, "--edge-sharpe takes a number"],
    [["--name", "A", "--sessions", "10"], 2, "--sessions of a market counts from --start"],
    [["--name", "A", "--cadence", "daily"], 2, "A market has every cadence"],
    [["--name", "A", "--set", "volatilty.slow=1"], 1, 'unknown key "volatilty"; did you mean "volatility"?'],
    [["--name", "9A"], 1, "a letter first"],
    [["--name", "A", "--edge-sharpe", "9", "--set", "feature=reversal", "--set", "half_life=40"], 1, "annual_sharpe must be at most"],
    [["--name", "A", "--start", "2024-01-02", "--sessions", "99999"], 2, "--sessions takes a whole number from 2"],
  ])("refuses %j", async (args, code, message) => {
    const result = await run("data", "simulate", ...args);
    expect([result.code, flat(result.stderr)]).toEqual([code, expect.stringContaining(message)]);
  });
});
