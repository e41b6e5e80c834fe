import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importData, readDataDocument } from "#infra/local/import-data.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { encodeBars } from "#lib/market-data/encode-bars.ts";
import type { SymbolDocument } from "#lib/market-data/imports/prepare-import.ts";
import { createMarketData } from "#lib/market-data/market-data-door.ts";
import { createFilesProvider } from "#lib/market-data/providers/files-provider.ts";
import type { ArtifactStore } from "#lib/ports/artifact-store.ts";
import { printCsv, someBars } from "../../lib/market-data/some-bars.ts";
import { describeWithShared, sharedPath } from "../../support/shared-data.ts";

let folder: string;
let store: ArtifactStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sigma import "));
  store = createMemoryArtifactStore();
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

async function bring(yaml: string, artifacts = store) {
  const { document, folder: from } = await readDataDocument(write("data.yaml", yaml));
  return importData(artifacts, "local", document as SymbolDocument, { folder: from });
}
const keys = async (): Promise<readonly string[]> => (await store.list("owners/")).keys;
const ALL = { start: null, end: null };
const ask = { owner: "local", provider: "files", window: ALL } as const;
const door = () => createMarketData([createFilesProvider(store)]);

const DAILY = printCsv(someBars(5));
const BARS = 'kind: bars\npath: "{symbol}_1d.csv"\ncadence: daily\n';

describe("importData", () => {
  it("brings a file a symbol, each as a whole, and a second time changes nothing", async () => {
    write("QQQ_1d.csv", DAILY);
    write("SPY_1d.csv", printCsv(someBars(8)));
    const imported = await bring(BARS);
    expect(
      imported.map(({ symbol, outcome, sourceRows, droppedRows, manifest }) => [symbol, outcome, sourceRows, droppedRows, manifest.rows]),
    ).toEqual([
      ["QQQ", "created", 5, 0, 5],
      ["SPY", "created", 8, 0, 8],
    ]);
    const before = await keys();
    expect((await bring(BARS)).map(({ outcome }) => outcome)).toEqual(["unchanged", "unchanged"]);
    expect(await keys()).toEqual(before);
    expect((await door().bars({ ...ask, symbol: "SPY", cadence: "daily" })).bars.length).toBe(8);
    write("SPY_1d.csv", printCsv(someBars(9)));
    expect((await bring(BARS)).map(({ outcome }) => outcome)).toEqual(["unchanged", "replaced"]);
  });

  it("joins the files of a folder a symbol, CSV and Parquet alike", async () => {
    const bars = someBars(3 * 78, { cadence: "5m" });
    const part = (from: number, to: number) => {
      const columns = (["start", "end", "open", "high", "low", "close", "volume", "factor"] as const).map((name) => [
        name,
        bars[name].slice(from, to),
      ]);
      return { ...bars, length: to - from, ...Object.fromEntries(columns) };
    };
    write("SPY/1.csv", printCsv(part(0, 100)).replace("ts,", "start,"));
    write("SPY/2.parquet", encodeBars(part(100, bars.length)));
    const [imported] = await bring('kind: bars\npath: "{symbol}/*"\ncadence: 5m\ncolumns: { ts: start }\n');
    expect(imported?.manifest).toMatchObject({ rows: bars.length, source: { name: "{symbol}/*" } });
    const found = await door().bars({ ...ask, symbol: "SPY", cadence: "5m" });
    expect(found.bars).toEqual({ ...bars, symbol: "SPY" });
  });

  it("writes nothing when one of many symbols is refused, and says what is wrong with each", async () => {
    write("GOOD_1d.csv", DAILY);
    write("BAD_1d.csv", DAILY.replace(",101,", ",x,"));
    write("WORSE_1d.csv", "date,open\n");
    await expect(bring(BARS)).rejects.toMatchObject({
      code: "DATA_INVALID",
      message: expect.stringMatching(
        /^2 of 3 symbols cannot be imported, and nothing was written\. BAD: BAD_1d\.csv: line 2, column "close"/,
      ),
      facts: { symbols: 3, refused: ["BAD", "WORSE"] },
      fieldErrors: [
        { path: "BAD", issue: expect.stringContaining('expected a number, found "x"') },
        { path: "WORSE", issue: expect.stringContaining('expected a column for "high"') },
      ],
    });
    expect(await keys()).toEqual([]);
  });

  it("says once what is wrong with the document for every symbol", async () => {
    write("A_1d.csv", DAILY);
    write("B_1d.csv", DAILY);
    await expect(bring(`${BARS}timezone: America/NewYork\n`)).rejects.toMatchObject({
      code: "INVALID_PARAM",
      message: expect.stringContaining('Did you mean "America/New_York"?'),
    });
    await expect(bring('kind: bars\npath: "{symbol}.parquet"\ncadence: daily\n')).rejects.toMatchObject({ code: "INVALID_PARAM" });
  });

  it("notices a file that changes between the check and the writing", async () => {
    write("A_1d.csv", DAILY);
    const path = write("B_1d.csv", DAILY);
    const changing: ArtifactStore = {
      ...store,
      put: (key, bytes, condition) => {
        if (key.includes("/A/")) writeFileSync(path, printCsv(someBars(6)));
        return store.put(key, bytes, condition);
      },
    };
    await expect(bring(BARS, changing)).rejects.toMatchObject({
      code: "CONFLICT",
      message: 'The files of "B" changed while they were imported; 1 symbols before it were written. Import again.',
    });
    expect((await bring(BARS)).map(({ outcome }) => outcome)).toEqual(["unchanged", "created"]);
  });

  it("takes factors from a file of actions, of one symbol or of all", async () => {
    const split = "date,open,high,low,close\n2024-07-01,70,71,69,70\n2024-07-02,10,11,9,10\n";
    write("A_1d.csv", split);
    write("B_1d.csv", "date,open,high,low,close\n2024-07-01,10,11,9,10\n2024-07-02,10,11,9,10\n");
    write("actions.csv", "symbol,ex_date,kind,ratio\nA,2024-07-02,split,7\n");
    const [a, b] = await bring(`${BARS}actions: actions.csv\n`);
    expect(a?.manifest.notes).toContain("The factor holds 1 splits and 0 dividends.");
    expect(b?.manifest.notes).toContain("The factor holds 0 splits and 0 dividends.");
    expect([...(await door().bars({ ...ask, symbol: "A", cadence: "daily" })).bars.factor]).toEqual([1, 7]);
    write("actions/A.csv", "ex_date,kind,ratio\n2024-07-02,split,7\n");
    write("shared.csv", "ex_date,kind,ratio\n2024-07-02,split,7\n");
    await expect(bring(`${BARS}actions: shared.csv\n`)).rejects.toMatchObject({
      code: "INVALID_PARAM",
      message: expect.stringContaining('shared.csv: one file of actions for many symbols needs a column for "symbol"'),
    });
    const own = await bring('kind: bars\npath: "{symbol}_1d.csv"\nsymbols: [A]\ncadence: daily\nactions: "actions/{symbol}.csv"\n');
    expect(own.map(({ outcome }) => outcome)).toEqual(["unchanged"]);
    await expect(bring("kind: bars\npath: A_1d.csv\nsymbol: A\ncadence: daily\nactions: none.csv\n")).rejects.toMatchObject({
      code: "INVALID_PARAM",
      message: expect.stringContaining("there is no such file"),
    });
  });

  it("brings index levels with the rule by which they became available", async () => {
    write("VIX_1d.csv", "DATE,CLOSE\n07/01/2024,12\n07/02/2024,13\n");
    const [imported] = await bring('kind: index\npath: "{symbol}_1d.csv"\ndates: month_first\n');
    expect(imported?.manifest).toMatchObject({
      kind: "index",
      available_at: "16:15",
      stamps: ["not_tradable", "price_return_only"],
    });
    const { bars, facts } = await door().bars({ ...ask, symbol: "VIX", cadence: "daily", window: { start: "2024-07-02", end: null } });
    expect([new Date(bars.availableAt![0]!).toISOString(), bars.close[0]]).toEqual(["2024-07-02T20:15:00.000Z", 13]);
    expect(facts.stamps).toEqual(["not_tradable", "price_return_only"]);
  });

  it("brings option chains, and the door serves them by window", async () => {
    const row = (date: string) => `${date},O:SPY240920C00545000,2.1,2.2,50`;
    write("chains.csv", ["date,contract,bid,ask,open_interest", ...["2024-06-28", "2024-07-01", "2024-07-02"].map(row)].join("\n"));
    const yaml = "kind: option_chains\npath: chains.csv\nsymbol: SPY\nopen_interest_of: session\n";
    expect((await bring(yaml))[0]).toMatchObject({ outcome: "created", manifest: { kind: "option_chains", rows: 3 } });
    expect((await bring(yaml))[0]?.outcome).toBe("unchanged");
    const request = { ...ask, symbol: "SPY", cadence: "daily" } as const;
    const { snapshots, facts } = await door().optionChains(request);
    expect(snapshots.map(({ sessionDate }) => sessionDate)).toEqual([20240628, 20240701, 20240702]);
    const part = await door().optionChains({ ...request, window: { start: "2024-06-28", end: "2024-07-02" } });
    expect(part.snapshots).toEqual(snapshots.slice(0, 2));
    expect(part.facts.fingerprint).not.toBe(facts.fingerprint);
    await expect(door().optionChains({ ...request, window: { start: "2024-08-01", end: null } })).rejects.toMatchObject({
      code: "DATA_UNAVAILABLE",
      message: expect.stringContaining('"files" has option chains of SPY from 2024-06-28 to 2024-07-02; found none'),
    });
    await expect(door().optionChains({ ...request, symbol: "QQQ" })).rejects.toMatchObject({
      code: "DATA_UNAVAILABLE",
      message: expect.stringContaining("Bring your own with: sigma data import --config data.yaml (kind: option_chains)."),
    });
    await expect(door().optionChains({ ...request, owner: "other" })).rejects.toMatchObject({ code: "DATA_UNAVAILABLE" });
  });

  it("reads a Parquet table of contracts as it reads the CSV of the same rows", async () => {
    const rows = [
      ["2024-07-01", "O:SPY240920C00545000", 2.1, 2.2, 10],
      ["2024-07-01", "O:SPY240920P00545000", 1.1, 1.2, null],
    ] as const;
    const names = ["date", "contract", "bid", "ask", "volume"];
    const columnData = names.map((name, i) => ({ name, data: rows.map((row) => row[i] ?? null) }));
    write("chains.parquet", new Uint8Array(parquetWriteBuffer({ columnData })));
    write("chains.csv", [names.join(","), ...rows.map((row) => row.join(","))].join("\n"));
    const yaml = (path: string) => `kind: option_chains\npath: ${path}\nsymbol: SPY\n`;
    const [fromParquet] = await bring(yaml("chains.parquet"));
    const [fromCsv] = await bring(yaml("chains.csv"));
    expect([fromParquet?.outcome, fromCsv?.outcome]).toEqual(["created", "unchanged"]);
    expect(fromCsv?.manifest.fingerprint).toBe(fromParquet?.manifest.fingerprint);
  });

  it("gives of a session's many chains the morning's and the last where the cadence is daily", async () => {
    const row = (time: string) => `2024-07-01T${time},O:SPY240920C00545000,2.1,2.2`;
    write("chains.csv", ["known_at,contract,bid,ask", ...["10:00", "12:00", "15:45"].map(row)].join("\n"));
    await bring("kind: option_chains\npath: chains.csv\nsymbol: SPY\n");
    const times = async (cadence: "daily" | "hourly") =>
      (await door().optionChains({ ...ask, symbol: "SPY", cadence })).snapshots.map(({ knownAt }) =>
        new Date(knownAt).toISOString().slice(11, 16),
      );
    expect(await times("hourly")).toEqual(["14:00", "16:00", "19:45"]);
    expect(await times("daily")).toEqual(["19:45"]);
  });

  it("brings option minute bars, and the door serves a session's expiry", async () => {
    write("bars.csv", "contract,ts,open,high,low,close,volume,vwap\nO:SPY240701C00545000,2024-07-01T10:00,1,2,1,2,5,1.5\n");
    await bring("kind: option_bars\npath: bars.csv\nsymbol: SPY\n");
    const request = { ...ask, symbol: "SPY", session: 20240701, expiry: 20240701 };
    expect(await door().optionBars(request)).toMatchObject({ length: 1, strike: Float64Array.of(545), vwap: Float64Array.of(1.5) });
    expect((await door().optionBars({ ...request, expiry: 20240702 })).length).toBe(0);
    await expect(door().optionBars({ ...request, session: 20240702 })).rejects.toMatchObject({
      code: "DATA_UNAVAILABLE",
      message: expect.stringContaining('found none of "2024-07-02"'),
    });
  });

  it("brings flow, and the door serves it at its cadence and says nothing where there is none", async () => {
    const header = "session_date,hour_et,distance,calls_volume,puts_volume,prev_close";
    write("flow.csv", `${header}\n2024-06-28,9,0,1,2,545.5\n2024-07-01,10,1,3,4,544.5\n`);
    await bring("kind: flow_cells\npath: flow.csv\nsymbol: SPY\n");
    const request = { ...ask, symbol: "SPY", cadence: "hourly" } as const;
    const flow = await door().flowCells?.(request);
    expect([...flow!.cells.strike, ...flow!.cells.putVolume]).toEqual([546, 545, 2, 4]);
    const part = await door().flowCells?.({ ...request, window: { start: "2024-07-01", end: null } });
    expect([part!.cells.length, part!.cells.callVolume[0]]).toEqual([1, 3]);
    expect(part!.facts.fingerprint).not.toBe(flow!.facts.fingerprint);
    expect(await door().flowCells?.({ ...request, cadence: "5m" })).toBeUndefined();
    expect(await door().flowCells?.({ ...request, symbol: "QQQ" })).toBeUndefined();
    await expect(door().flowCells?.({ ...request, window: { start: "2024-08-01", end: null } })).rejects.toMatchObject({
      code: "DATA_UNAVAILABLE",
    });
    await expect(door().flowCells?.({ ...request, provider: "nobody" })).rejects.toMatchObject({
      code: "DATA_UNAVAILABLE",
      message: expect.stringContaining('There is no data provider "nobody"'),
    });
  });

  it("offers what was imported, by symbol and kind", async () => {
    write("SPY_1d.csv", DAILY);
    await bring(BARS);
    write("flow.csv", "session_date,hour_et,strike,calls_volume,puts_volume\n2024-06-28,9,545,1,2\n");
    await bring("kind: flow_cells\npath: flow.csv\nsymbol: SPY\n");
    write("chains.csv", "date,contract,bid,ask\n2024-06-28,O:QQQ240920C00545000,2.1,2.2\n");
    await bring("kind: option_chains\npath: chains.csv\nsymbol: QQQ\n");
    const [offer] = await door().offers("local");
    expect(offer).toMatchObject({
      kinds: ["bars", "option_chains", "flow_cells"],
      symbols: [
        { symbol: "QQQ", cadences: [], kinds: ["option_chains"], stamps: [] },
        { symbol: "SPY", cadences: ["daily"], kinds: ["bars", "flow_cells"], stamps: [] },
      ],
    });
    await expect(door().bars({ ...ask, symbol: "QQQ", cadence: "daily" })).rejects.toMatchObject({
      message: expect.stringContaining("it has SPY (daily)."),
    });
  });
});

const MINUTES = "data/spy_0dte_option_minute_bars_2024-07-01_02.csv";
const FLOW = "data/spy_0dte_flow_hourly_2024H1.csv";
const CHAINS = "data/options_chain_lean/AAPL_chain_daily_2014.csv.gz";

describeWithShared("importData on real files", [MINUTES, FLOW, CHAINS], () => {
  it("brings option minute bars, flow and daily chains, and serves each bit for bit again", async () => {
    write("minutes.csv", readFileSync(sharedPath(MINUTES)));
    write("flow.csv", readFileSync(sharedPath(FLOW)));
    write("AAPL_chain.csv.gz", readFileSync(sharedPath(CHAINS)));
    expect((await bring("kind: option_bars\npath: minutes.csv\nsymbol: SPY\n"))[0]?.manifest).toMatchObject({ rows: 16_378 });
    expect((await bring("kind: flow_cells\npath: flow.csv\nsymbol: SPY\n"))[0]?.manifest).toMatchObject({
      rows: 13_020,
      first_session: "2024-01-02",
      last_session: "2024-06-28",
    });
    const chains =
      'kind: option_chains\npath: "{symbol}_chain.csv.gz"\nknown_at: open\nprices_of: previous_session\nopen_interest_of: session\ncolumns: { last: close }\n';
    expect((await bring(chains))[0]?.manifest).toMatchObject({ symbol: "AAPL", first_session: "2014-05-30", last_session: "2014-06-16" });
    const bars = await door().optionBars({ ...ask, symbol: "SPY", session: 20240702, expiry: 20240702 });
    expect(bars.length).toBeGreaterThan(5_000);
    expect(bars.start.every((start, i) => i === 0 || start >= bars.start[i - 1]!)).toBe(true);
    const flow = await door().flowCells?.({ ...ask, symbol: "SPY", cadence: "hourly" });
    expect(flow?.cells.length).toBe(13_020);
    const request = { ...ask, symbol: "AAPL", cadence: "daily" } as const;
    const { snapshots, facts } = await door().optionChains(request);
    expect(snapshots).toHaveLength(20);
    expect((await door().optionChains(request)).facts).toEqual(facts);
  });
});
