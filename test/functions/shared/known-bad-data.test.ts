import { expect, it } from "vitest";
import { loadMatrixData } from "#functions/shared/load-matrix-data.ts";
import { importData } from "#infra/local/import-data.ts";
import { createLocalMarketData } from "#lib/adapters/local/market-data.ts";
import { createMemoryArtifactStore } from "#lib/adapters/memory/memory-artifact-store.ts";
import { createMemoryMetadataStore } from "#lib/adapters/memory/memory-metadata-store.ts";
import type { IndicatorEntry } from "#lib/indicators/resolve.ts";
import { DataDocumentSchema } from "#lib/market-data/imports/data-document.schema.ts";
import type { SymbolDocument } from "#lib/market-data/imports/prepare-import.ts";
import { matrixOf, prepareMatrix } from "#lib/matrix/build-matrix.ts";
import { checkLeakage } from "#lib/matrix/leakage.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { dataSources } from "#lib/matrix/matrix-data.ts";
import { type MatrixConfig, matrixNeeds, matrixSpecOf } from "#lib/matrix/matrix-spec.ts";
import { assessQuality, requireQuality } from "#lib/matrix/quality/assess-quality.ts";
import type { QualityReport, Verdict } from "#lib/matrix/quality/quality.schema.ts";
import { configOf } from "../../lib/matrix/fixtures.ts";
import { describeWithShared, sharedPath } from "../../support/shared-data.ts";

const OWNER = "local";
const CLOCK = { now: () => Date.parse("2026-01-02T21:00:00Z") };

/** A store of one owner's files, and the matrices that are built from them. */
function createPlace() {
  const artifacts = createMemoryArtifactStore();
  const marketData = createLocalMarketData({ artifacts, sample: () => Promise.reject(new Error("no sample is read here")) });
  return {
    async bring(document: Readonly<Record<string, unknown>>) {
      const parsed = DataDocumentSchema.parse(document) as SymbolDocument;
      const [imported] = await importData(artifacts, OWNER, parsed, { folder: sharedPath("data") });
      return imported!;
    },
    async build(symbol: string, entries: readonly IndicatorEntry[], overrides: Partial<MatrixConfig>) {
      const config = configOf(overrides);
      const data = await loadMatrixData(
        { marketData, artifacts, metadata: createMemoryMetadataStore({ clock: CLOCK }), clock: CLOCK },
        OWNER,
        { ...config, data: { provider: "files", symbol, others: {} } },
        matrixNeeds(config, entries, symbol),
      );
      const spec = matrixSpecOf(config, entries, symbol, dataSources(data));
      const source = prepareMatrix(spec, data);
      const matrix = matrixOf(spec, source);
      const leakage = await checkLeakage(spec, source.data, source.table);
      return { matrix, leakage, quality: assessQuality(spec, matrix, source.data) };
    },
  };
}

const verdictOn = ({ verdicts }: QualityReport, check: string): Verdict => verdicts.find((verdict) => verdict.check === check)!;
const columnOf = ({ info, features, sessionDate }: Matrix, name: string): [number, number][] => {
  const values = features[info.features.findIndex((feature) => feature.name === name)]!;
  return Array.from(sessionDate, (date, row) => [date, values[row]!]);
};

const CHAINS = "data/options_chain_lean/AAPL_chain_daily_2014.csv.gz";
const AAPL = "data/equity_daily_lean/AAPL_1d.csv";

describeWithShared("AAPL's chains of June 2014", [CHAINS, AAPL], () => {
  const entries = [{ name: "atm_iv" }, { name: "max_pain" }, { name: "oi_peak_strike" }, { name: "dist_to_max_pain" }, { name: "ret" }];
  const place = createPlace();
  const documentOf = (last: string | null) => ({
    kind: "option_chains",
    path: "options_chain_lean/AAPL_chain_daily_2014.csv.gz",
    symbol: "AAPL",
    columns: { date: "file_date", underlying_price: "underlying_close", last },
    // A file dated D holds what was known before D's open.
    known_at: "open",
    prices_of: "previous_session",
    open_interest_of: "session",
  });
  const june = { window: { start: "2014-06-02", end: "2014-06-17" } };
  const built = (async () => {
    await place.bring({ kind: "bars", path: "equity_daily_lean/AAPL_1d.csv", symbol: "AAPL", cadence: "daily" });
    const { manifest } = await place.bring(documentOf("close"));
    return { manifest, ...(await place.build("AAPL", entries, june)) };
  })();

  it("are imported without the file of zeros, which is named, and with 0 for no volatility", async () => {
    const { notes } = (await built).manifest;
    expect(notes).toContainEqual("1 snapshots say nothing of any contract and were left out (2014-06-06).");
    expect(notes).toContainEqual(expect.stringMatching(/^\d+ rows have an implied volatility of 0, which means not computed/));
    expect(notes).toContainEqual(expect.stringMatching(/^The underlying's price repeats for three sessions or more/));
  });

  it("stop a build: the junk file's sessions have no chain, and those of the stale price are named first", async () => {
    const { quality } = await built;
    const found = verdictOn(quality, "chain_sanity");
    expect(found.status).toBe("fail");
    // The files of 06-10 to 06-13 all say 93.77: prices of the sessions before them, 06-09 to 06-12.
    expect(found.items.slice(0, 5)).toEqual([
      "2014-06-10 stale_underlying",
      "2014-06-11 stale_underlying",
      "2014-06-12 stale_underlying",
      // The file of zeros is dated 06-06: prices of 06-05, open interest of 06-06.
      "2014-06-05 no_market",
      "2014-06-06 no_open_interest",
    ]);
    expect(found.numbers).toMatchObject({ stale_underlying: 3, sessions_without: 2 });
    expect(found.summary).toContain("2014-06-10 stale_underlying");
    expect(() => requireQuality(quality, { force: false })).toThrowError(expect.objectContaining({ code: "QUALITY_FAILED" }));
    expect(requireQuality(quality, { force: true })).toContain("chain_sanity");
  });

  it("have no implied volatility that can be believed, and the report says why", async () => {
    const found = verdictOn((await built).quality, "iv_populated");
    expect(found).toMatchObject({ status: "fail", numbers: { rows_with_iv: 0, with_quotes: 0 } });
    expect(found.summary).toMatch(/^Implied volatility is unavailable: the volatilities of "\d+" of "\d+" chains contradict their prices/);
  });

  it("are suspect where their volatilities come without a price: 146 to 350 % cannot be contradicted, and a stale price measures nothing", async () => {
    const other = createPlace();
    await other.bring({ kind: "bars", path: "equity_daily_lean/AAPL_1d.csv", symbol: "AAPL", cadence: "daily" });
    await other.bring(documentOf(null));
    const { matrix, quality } = await other.build("AAPL", [{ name: "atm_iv" }], june);
    expect(verdictOn(quality, "chain_sanity").items).toContain("2014-06-02 iv_without_price");
    // The row of 06-06 has no market (the junk file); those of 06-12 and 06-13 have the third and fourth session of one price.
    const unknown = columnOf(matrix, "atm_iv_30").flatMap(([date, value]) => (Number.isNaN(value) ? [date] : []));
    expect(unknown).toEqual([20140606, 20140612, 20140613]);
  });

  it("keep strikes raw across the split of seven for one: of one scale in each row, or unknown", async () => {
    const { matrix } = await built;
    for (const name of ["max_pain", "oi_peak_strike"]) {
      for (const [date, strike] of columnOf(matrix, name)) {
        if (Number.isNaN(strike)) continue;
        // Before the split the stock stood at 620 to 650 dollars, after it at 92 to 94.
        const [low, high] = date < 20140609 ? [400, 800] : [60, 140];
        expect(strike > low && strike < high, `${name} of ${date} is ${strike}`).toBe(true);
      }
      const known = columnOf(matrix, name).flatMap(([date, strike]) => (Number.isNaN(strike) ? [] : [date]));
      expect(known.some((date) => date < 20140609) && known.some((date) => date >= 20140609)).toBe(true);
    }
    for (const [, share] of columnOf(matrix, "dist_to_max_pain")) expect(Number.isNaN(share) || Math.abs(share) < 0.3).toBe(true);
  });

  it("change nothing in earlier rows when they come later", async () => {
    expect((await built).leakage.leaks).toEqual([]);
  });
});

const QQQ = "data/equity_daily_lean/QQQ_1d.csv";

describeWithShared("VIX with opens outside the day's range", ["data/daily_index/VIX_1d.csv", QQQ], () => {
  it("is imported with these opens unknown and counted, and the report counts those of the window", async () => {
    const place = createPlace();
    await place.bring({ kind: "bars", path: "equity_daily_lean/QQQ_1d.csv", symbol: "QQQ", cadence: "daily" });
    const { manifest } = await place.bring({ kind: "index", path: "daily_index/{symbol}_1d.csv", symbols: ["VIX"] });
    expect(manifest.notes).toContainEqual(
      expect.stringMatching(/^47 rows have an open outside the day's high and low: these opens are unknown/),
    );
    const { quality, leakage } = await place.build("QQQ", [{ name: "vix_level" }, { name: "ret" }], {});
    const found = verdictOn(quality, "other_series");
    // QQQ begins in 1999; the file lacks the last session of that year.
    expect(found).toMatchObject({
      status: "warn",
      items: ["VIX"],
      numbers: { VIX_outside_range: 0, VIX_missing_sessions: 1, VIX_unknown_opens: 5 },
    });
    expect(found.summary).toContain("the first 1999-12-31");
    expect(found.summary).toContain('"5" unknown opens');
    expect(leakage.leaks).toEqual([]);
  });
});

const EXTENDED = "data/spy_hourly_2023Q1_extended_hours.csv";

describeWithShared("SPY with extended hours mixed in", [EXTENDED], () => {
  it("is imported without them, counted, and its sessions are sound", async () => {
    const place = createPlace();
    const { sourceRows, droppedRows, manifest } = await place.bring({
      kind: "bars",
      path: "spy_hourly_2023Q1_extended_hours.csv",
      symbol: "SPY",
      cadence: "hourly",
      columns: { ts: "timestamp_utc" },
    });
    // 58 sessions, 01-03 to 03-27, with seven bars each; the rest lies outside 09:30 to 16:00.
    expect({ sourceRows, droppedRows, rows: manifest.rows }).toEqual({ sourceRows: 930, droppedRows: 524, rows: 406 });
    expect(manifest.notes).toContain("524 rows outside regular trading hours were left out.");
    const { quality } = await place.build("SPY", [{ name: "ret" }], { cadence: "hourly", horizon: "intraday" });
    for (const check of ["session_alignment", "missing_sessions", "coverage_by_hour"]) expect(verdictOn(quality, check).status).toBe("ok");
  });
});

describeWithShared("an equity's file without some closes", [QQQ], () => {
  it("is refused with line, column and what to do, and nothing is written", async () => {
    const place = createPlace();
    const { mkdtemp, readFile, rm, writeFile } = await import("node:fs/promises");
    const { join } = await import("node:path");
    const { tmpdir } = await import("node:os");
    const folder = await mkdtemp(join(tmpdir(), "sigma closes "));
    try {
      const [header, ...lines] = (await readFile(sharedPath(QQQ), "utf8")).trim().split("\n");
      const close = header!.split(",").indexOf("close");
      const holed = lines.map((line, i) => (i % 100 === 7 ? line.split(",").with(close, "").join(",") : line));
      const path = join(folder, "QQQ.csv");
      await writeFile(path, [header, ...holed].join("\n"));
      await expect(place.bring({ kind: "bars", path, symbol: "QQQ", cadence: "daily" })).rejects.toMatchObject({
        code: "DATA_INVALID",
        // Line 1 is the header.
        message: expect.stringMatching(/QQQ\.csv: line 9, column "close"/),
      });
      await expect(place.build("QQQ", [{ name: "ret" }], {})).rejects.toMatchObject({ code: "DATA_UNAVAILABLE" });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
