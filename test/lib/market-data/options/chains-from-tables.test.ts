import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import { readKnownAt } from "#lib/market-data/known-at.ts";
import { CHAIN_FIELDS, type ChainField } from "#lib/market-data/options/chain-fields.ts";
import { type ChainSource, chainsFromTables } from "#lib/market-data/options/chains-from-tables.ts";
import { readCsvTable } from "#lib/market-data/source/csv-table.ts";
import type { FieldMap } from "#lib/market-data/source/source-table.ts";
import { describeWithShared, sharedPath } from "../../../support/shared-data.ts";

const SOURCE: ChainSource = {
  underlying: "SPY",
  roots: ["SPY"],
  name: "chain.csv",
  knownAt: readKnownAt("close+15m"),
  pricesOf: "session",
  openInterestOf: "session",
  crossedQuotes: "refuse",
  ivScale: 1,
};
const HEADER = "date,expiry,strike,right,bid,ask,last,volume,open_interest,iv,delta,gamma,theta,vega,underlying_price";
const CALL = "2024-07-01,2024-07-05,545,C,2.1,2.2,2.15,100,50,0.12,0.5,0.05,-0.2,0.1,544.5";
const PUT = "2024-07-01,2024-07-05,545,P,2.5,2.6,2.55,80,70,0.13,-0.5,0.05,-0.2,0.1,544.5";

function read(rows: readonly string[], changes: Partial<ChainSource> & { header?: string; map?: FieldMap<ChainField> } = {}) {
  const { header = HEADER, map, ...source } = changes;
  return chainsFromTables([readCsvTable([header, ...rows].join("\n"), CHAIN_FIELDS, { name: "chain.csv" }, map)], {
    ...SOURCE,
    ...source,
  });
}
const iso = (ms: number): string => new Date(ms).toISOString();
const contracts = ({ strike, right, expiry }: OptionChain): string[] =>
  Array.from(strike, (value, i) => `${expiry[i]} ${value}${right[i] === 1 ? "C" : "P"}`);
const refusal = (issue: string | RegExp) =>
  expect.objectContaining({
    code: "DATA_INVALID",
    message: typeof issue === "string" ? expect.stringContaining(issue) : expect.stringMatching(issue),
  });

describe("chainsFromTables", () => {
  it("reads one snapshot a session, known a quarter of an hour after its close, whatever the order of the rows", () => {
    const later = CALL.replace("2024-07-01,", "2024-07-02,");
    const { snapshots, notes, sourceRows, droppedRows } = read([later, CALL, PUT]);
    expect(snapshots.map(({ sessionDate, knownAt, length }) => [sessionDate, iso(knownAt), length])).toEqual([
      [20240701, "2024-07-01T20:15:00.000Z", 2],
      [20240702, "2024-07-02T20:15:00.000Z", 1],
    ]);
    expect(contracts(snapshots[0]!)).toEqual(["20240705 545P", "20240705 545C"]);
    expect(snapshots[0]).toMatchObject({
      underlying: "SPY",
      underlyingPrice: 544.5,
      bid: Float64Array.of(2.5, 2.1),
      ask: Float64Array.of(2.6, 2.2),
      last: Float64Array.of(2.55, 2.15),
      volume: Float64Array.of(80, 100),
      openInterest: Float64Array.of(70, 50),
      iv: Float64Array.of(0.13, 0.12),
      delta: Float64Array.of(-0.5, 0.5),
      gamma: Float64Array.of(0.05, 0.05),
      theta: Float64Array.of(-0.2, -0.2),
      vega: Float64Array.of(0.1, 0.1),
    });
    expect({ notes, sourceRows, droppedRows }).toEqual({ notes: [], sourceRows: 3, droppedRows: 0 });
    expect(read([PUT, CALL, later]).snapshots).toEqual(snapshots);
  });

  it("reads the contract from its symbol, and leaves other underlyings out", () => {
    const header = "date,contract,bid,ask";
    const rows = [
      "2024-07-01,O:SPY240705C00545000,2.1,2.2",
      "2024-07-01,O:QQQ240705C00480000,1,2",
      "2024-07-01,SPY   240705P00540500,1,1.1",
    ];
    const { snapshots, notes, droppedRows } = read(rows, { header });
    expect(contracts(snapshots[0]!)).toEqual(["20240705 540.5P", "20240705 545C"]);
    expect([notes, droppedRows]).toEqual([["1 rows of other underlyings were left out."], 1]);
    expect(snapshots[0]!.openInterest).toEqual(Float64Array.of(Number.NaN, Number.NaN));
  });

  it("takes further roots of an underlying, such as weekly index options", () => {
    const header = "date,contract,bid,ask";
    const rows = ["2024-07-01,SPX240719C05500000,2.1,2.2", "2024-07-01,SPXW240705C05500000,1,2"];
    expect(read(rows, { header, underlying: "SPX", roots: ["SPX", "SPXW"] }).snapshots[0]!.length).toBe(2);
    expect(read(rows, { header, underlying: "SPX", roots: ["SPX"] }).snapshots[0]!.length).toBe(1);
  });

  it("groups rows by the moment they were known where a column says it", () => {
    const header = "known_at,contract,bid,ask";
    const rows = ["2024-07-01T15:45,SPY240705C00545000,2.1,2.2", "2024-07-01T10:00,SPY240705C00545000,1,1.1"];
    expect(read(rows, { header }).snapshots.map(({ sessionDate, knownAt, bid }) => [sessionDate, iso(knownAt), bid[0]])).toEqual([
      [20240701, "2024-07-01T14:00:00.000Z", 1],
      [20240701, "2024-07-01T19:45:00.000Z", 2.1],
    ]);
  });

  it("splits what a source dates with the next session: yesterday's market and this morning's open interest", () => {
    const { snapshots } = read([CALL], { knownAt: readKnownAt("open"), pricesOf: "previous_session" });
    const morning = "2024-07-01T13:30:00.000Z";
    expect(snapshots.map(({ sessionDate, knownAt }) => [sessionDate, iso(knownAt)])).toEqual([
      [20240628, morning],
      [20240701, morning],
    ]);
    expect([snapshots[0]!.bid[0], snapshots[0]!.openInterest[0], snapshots[0]!.underlyingPrice]).toEqual([2.1, Number.NaN, 544.5]);
    expect([snapshots[1]!.bid[0], snapshots[1]!.openInterest[0], snapshots[1]!.underlyingPrice]).toEqual([Number.NaN, 50, Number.NaN]);
  });

  it("gives open interest counted at a session's end to the next morning, without the contracts that expired", () => {
    const expiring = CALL.replace("2024-07-05", "2024-07-01");
    const { snapshots } = read([CALL, expiring], { openInterestOf: "next_session" });
    expect(snapshots.map(({ sessionDate, knownAt }) => [sessionDate, iso(knownAt)])).toEqual([
      [20240701, "2024-07-01T20:15:00.000Z"],
      [20240702, "2024-07-02T13:30:00.000Z"],
    ]);
    expect(contracts(snapshots[0]!)).toEqual(["20240701 545C", "20240705 545C"]);
    expect(contracts(snapshots[1]!)).toEqual(["20240705 545C"]);
  });

  it("makes unknown what the source calls 0 and cannot be 0, and counts it", () => {
    const empty = "2024-07-01,2024-07-05,550,C,0,0,0,0,0,0,0,0,0,0,544.5";
    const { snapshots, notes } = read([CALL, empty]);
    const [, second] = contracts(snapshots[0]!).map((_, i) =>
      (["bid", "ask", "last", "volume", "openInterest", "iv", "delta", "gamma", "theta", "vega"] as const).map(
        (name) => snapshots[0]![name][i],
      ),
    );
    const nan = Number.NaN;
    expect(second).toEqual([nan, nan, nan, 0, 0, nan, nan, nan, nan, nan]);
    expect(notes).toEqual([
      "1 rows have an implied volatility of 0, which means not computed: it and their greeks are unknown.",
      "1 rows have an ask of 0, which means no quote: bid and ask are unknown.",
      "1 rows have a price of 0, which means none: it is unknown.",
    ]);
  });

  it("keeps a bid of 0 beside an ask: nobody buys, somebody sells", () => {
    const { snapshots, notes } = read([CALL.replace("2.1,2.2", "0,0.05")]);
    expect([snapshots[0]!.bid[0], snapshots[0]!.ask[0], notes]).toEqual([0, 0.05, []]);
  });

  it("takes the session before a Saturday's expiry for the last trading day, and leaves expired contracts out", () => {
    const monthly = CALL.replace("2024-07-05", "2024-07-20");
    const { snapshots, notes, droppedRows } = read([CALL, monthly, CALL.replace("2024-07-05", "2024-06-28")]);
    expect([...snapshots[0]!.expiry]).toEqual([20240705, 20240719]);
    expect(droppedRows).toBe(1);
    expect(notes).toEqual([
      "1 rows of contracts that had expired before their session were left out.",
      "1 rows have an expiry on a day without a session: the session before it is their last trading day.",
    ]);
  });

  it("leaves a snapshot that says nothing out, and names an underlying's price that stands still", () => {
    const silent = "2024-07-02,2024-07-05,545,C,,,0,0,,0,0,0,0,0,544.5";
    const dates = ["2024-07-03", "2024-07-05"].map((date) => CALL.replace("2024-07-01", date));
    const { snapshots, notes } = read([CALL, silent, ...dates]);
    expect(snapshots.map(({ sessionDate }) => sessionDate)).toEqual([20240701, 20240703, 20240705]);
    expect(notes.slice(2)).toEqual([
      "1 snapshots say nothing of any contract and were left out (2024-07-02).",
      "The underlying's price repeats for three sessions or more (2024-07-05): it was probably not updated, and so perhaps the chain.",
    ]);
  });

  it("takes volatilities in percent as fractions, and crossed quotes as unknown, where that was said", () => {
    const { snapshots, notes } = read([CALL.replace("2.1,2.2", "2.3,2.2").replace("0.12", "12")], {
      ivScale: 0.01,
      crossedQuotes: "unknown",
    });
    expect([snapshots[0]!.bid[0], snapshots[0]!.ask[0], snapshots[0]!.iv[0]]).toEqual([Number.NaN, Number.NaN, 0.12]);
    expect(notes).toEqual(["1 rows have a bid above the ask: both are unknown."]);
  });

  it.each<[string, string, string]>([
    [
      "a bid above the ask",
      CALL.replace("2.1,2.2", "2.3,2.2"),
      'column "bid": expected a bid of at most the ask "2.2", found "2.3"; correct the row, or say crossed_quotes: unknown',
    ],
    ["a negative bid", CALL.replace("2.1,", "-2.1,"), 'column "bid": expected 0 or more, or an empty cell for unknown; found "-2.1"'],
    [
      "negative open interest",
      CALL.replace(",50,", ",-50,"),
      'column "open_interest": expected 0 or more, or an empty cell for unknown; found "-50"',
    ],
    ["a negative strike", CALL.replace(",545,", ",-545,"), 'column "strike": expected a strike above 0, found "-545"'],
    ["a strike of 0", CALL.replace(",545,", ",0,"), 'column "strike": expected a strike above 0, found "0"'],
    ["an unknown right", CALL.replace(",C,", ",X,"), 'column "right": expected call or put ("C", "P"), found "X"'],
    ["an empty right", CALL.replace(",C,", ",,"), 'column "right": expected a text, found an empty cell'],
    [
      "a holiday",
      CALL.replace("2024-07-01", "2024-07-04"),
      'column "date": expected a trading session, found "2024-07-04" (Independence Day)',
    ],
    [
      "volatility in percent",
      CALL.replace("0.12", "120"),
      'column "iv": expected a volatility as a fraction a year, found "120"; for percent say iv_unit: percent',
    ],
    [
      "a delta of a hundred shares",
      CALL.replace(",0.5,", ",50,"),
      'column "delta": expected a delta from -1 to 1 for one share, found "50"',
    ],
    ["a negative price of the underlying", CALL.replace("544.5", "-1"), 'column "underlying_price": expected a price above 0, found "-1"'],
  ])("refuses %s, with its place", (_, row, issue) => {
    expect(() => read([PUT, row])).toThrow(refusal(`chain.csv: line 3, ${issue}`));
  });

  it("refuses a contract twice in a snapshot, and two prices of the underlying", () => {
    expect(() => read([CALL, PUT, CALL])).toThrow(
      refusal('line 4, column "strike": duplicated contract: 2024-07-05 545 call of 2024-07-01 is also at line 2'),
    );
    expect(() => read([CALL, PUT.replace("544.5", "544")])).toThrow(
      refusal('column "underlying_price": expected one price of the underlying in a snapshot, found "544" and "544.5"'),
    );
  });

  it("refuses a chain without expiry, and says what it may have instead", () => {
    expect(() => read(["2024-07-01,545,C,2.1,2.2"], { header: "date,strike,right,bid,ask" })).toThrow(
      expect.objectContaining({
        code: "DATA_INVALID",
        message:
          'chain.csv: each row must say its contract; found no column for "expiry". Map strike, expiry and right, or contract (symbols such as "O:SPY240701C00545000").',
        fieldErrors: [{ path: "expiry", issue: "no such column in the source" }],
      }),
    );
  });

  it("refuses a symbol that disagrees with the columns beside it", () => {
    const header = "date,contract,strike,right,bid,ask";
    expect(() => read(["2024-07-01,SPY240705C00545000,550,P,2.1,2.2"], { header })).toThrow(
      refusal(
        'column "strike": the contract\'s symbol says the strike "545", found "550"; line 2, column "right": the contract\'s symbol says the other right',
      ),
    );
    expect(() => read(["2024-07-01,SPY240705X00545000,545,C,2.1,2.2"], { header })).toThrow(
      refusal('column "contract": expected an option\'s symbol such as "O:SPY240701C00545000", found "SPY240705X00545000"'),
    );
  });

  it("refuses open interest of which nobody said the morning", () => {
    expect(() => read([CALL], { openInterestOf: undefined })).toThrow(
      refusal("Say open_interest_of: session when it was open as the row's date began"),
    );
    expect(read([CALL], { openInterestOf: undefined, map: { open_interest: null } }).snapshots[0]!.openInterest[0]).toBe(Number.NaN);
  });

  it("refuses prices that were known before their session began", () => {
    const header = "date,known_at,contract,bid,ask";
    const row = "2024-07-01,2024-07-01T09:30,SPY240705C00545000,2.1,2.2";
    expect(() => read([row], { header })).toThrow(
      refusal(
        'column "known_at": prices of 2024-07-01 are not known at or before its open, found "2024-07-01T13:30:00.000Z"; correct the time, or say prices_of: previous_session',
      ),
    );
    expect(read([row], { header, pricesOf: "previous_session" }).snapshots).toHaveLength(1);
    expect(() => read([CALL], { knownAt: readKnownAt("09:00") })).toThrow(refusal("are not known at or before its open"));
  });

  it("refuses a file without dates, without rows, and of other underlyings only", () => {
    expect(() => read(["SPY240705C00545000,2.1,2.2"], { header: "contract,bid,ask" })).toThrow(
      refusal('expected a column for "date" or "known_at", found neither'),
    );
    expect(() => read([])).toThrow(refusal('expected rows of "SPY", found 0 rows'));
    expect(() => read(["2024-07-01,QQQ240705C00480000,2.1,2.2"], { header: "date,contract,bid,ask" })).toThrow(
      refusal("found 1 of 1 rows of other underlyings. Check the symbol, its roots and the columns."),
    );
  });
});

const AAPL = "data/options_chain_lean/AAPL_chain_daily_2014.csv.gz";
const TWX = "data/options_chain_lean/TWX_chain_daily.csv.gz";

describeWithShared("chainsFromTables on real daily chains", [AAPL, TWX], () => {
  /** A file dated D holds what was known before D's open. */
  const morning = (path: string, underlying: string) =>
    chainsFromTables(
      [readCsvTable(readFileSync(sharedPath(path)), CHAIN_FIELDS, { name: "chain.csv" }, { last: "close", iv: "implied_volatility" })],
      { ...SOURCE, underlying, roots: [underlying], knownAt: readKnownAt("open"), pricesOf: "previous_session" },
    );

  it("reads AAPL around its split: markets of the session before, open interest of the morning, junk and stale days named", () => {
    const { snapshots, notes, sourceRows } = morning(AAPL, "AAPL");
    expect(sourceRows).toBe(43_672);
    const markets = snapshots.filter(({ underlyingPrice }) => !Number.isNaN(underlyingPrice));
    const interest = snapshots.filter(({ underlyingPrice }) => Number.isNaN(underlyingPrice));
    // The file of 2014-06-06 says nothing, so there is no market of the 5th and no open interest of the 6th.
    expect(markets.map(({ sessionDate }) => sessionDate)).toEqual([
      20140530, 20140602, 20140603, 20140604, 20140606, 20140609, 20140610, 20140611, 20140612, 20140613,
    ]);
    expect(interest.map(({ sessionDate }) => sessionDate)).toEqual([
      20140602, 20140603, 20140604, 20140605, 20140609, 20140610, 20140611, 20140612, 20140613, 20140616,
    ]);
    for (const { sessionDate, knownAt } of markets) expect(knownAt).toBe(NYSE.openOf(NYSE.nextSession(sessionDate)));
    for (const { sessionDate, knownAt } of interest) expect(knownAt).toBe(NYSE.openOf(sessionDate));
    expect(notes).toEqual([
      expect.stringMatching(/^\d+ rows have an expiry on a day without a session/),
      expect.stringMatching(/^\d+ rows have an implied volatility of 0, which means not computed/),
      expect.stringMatching(/^\d+ rows have a price of 0, which means none/),
      "1 snapshots say nothing of any contract and were left out (2014-06-06).",
      "The underlying's price repeats for three sessions or more (2014-06-11, 2014-06-12): it was probably not updated, and so perhaps the chain.",
    ]);
    // 2014-06-21 was a Saturday.
    expect(new Set(markets[0]!.expiry).has(20140621)).toBe(false);
    expect(new Set(markets[0]!.expiry).has(20140620)).toBe(true);
    // Strikes are raw: hundreds of dollars before the split, tens after.
    expect(Math.max(...markets[0]!.strike)).toBeGreaterThan(900);
    expect(markets[5]!.underlyingPrice).toBe(93.77);
  });

  it("reads TWX, whose every row of 2014-06-09 has no volume", () => {
    const { snapshots } = morning(TWX, "TWX");
    expect(snapshots).toHaveLength(10);
    expect(snapshots.every(({ length }) => length > 100)).toBe(true);
  });
});
