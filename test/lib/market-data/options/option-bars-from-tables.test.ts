import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OPTION_BAR_FIELDS } from "#lib/market-data/options/option-bar-fields.ts";
import { type OptionBarsSource, optionBarsFromTables } from "#lib/market-data/options/option-bars-from-tables.ts";
import { readCsvTable } from "#lib/market-data/source/csv-table.ts";
import { describeWithShared, sharedPath } from "../../../support/shared-data.ts";

const SOURCE: OptionBarsSource = { underlying: "SPY", roots: ["SPY"], name: "bars.csv", barLabel: "start" };
const HEADER = "contract,timestamp,open,high,low,close,volume,vwap";
const BAR = "O:SPY240701C00545000,2024-07-01T09:30:00-04:00,1.1,1.3,1.0,1.2,10,1.15";
const LATER = BAR.replace("09:30", "09:31");
const PUT = BAR.replace("C00545", "P00545");

function read(rows: readonly string[], changes: Partial<OptionBarsSource> & { header?: string } = {}) {
  const { header = HEADER, ...source } = changes;
  const table = readCsvTable([header, ...rows].join("\n"), OPTION_BAR_FIELDS, { name: "bars.csv" });
  return optionBarsFromTables([table], { ...SOURCE, ...source });
}
const refusal = (issue: string) => expect.objectContaining({ code: "DATA_INVALID", message: expect.stringContaining(issue) });

describe("optionBarsFromTables", () => {
  it("reads the bars of a session by start, then contract, whatever the order of the rows", () => {
    const { sessions, notes, sourceRows, droppedRows } = read([LATER, BAR, PUT]);
    expect(sessions).toEqual([
      {
        underlying: "SPY",
        sessionDate: 20240701,
        length: 3,
        start: Float64Array.from(["13:30", "13:30", "13:31"], (time) => Date.parse(`2024-07-01T${time}Z`)),
        expiry: Float64Array.of(20240701, 20240701, 20240701),
        strike: Float64Array.of(545, 545, 545),
        right: Int8Array.of(-1, 1, 1),
        open: Float64Array.of(1.1, 1.1, 1.1),
        high: Float64Array.of(1.3, 1.3, 1.3),
        low: Float64Array.of(1, 1, 1),
        close: Float64Array.of(1.2, 1.2, 1.2),
        volume: Float64Array.of(10, 10, 10),
        vwap: Float64Array.of(1.15, 1.15, 1.15),
      },
    ]);
    expect({ notes, sourceRows, droppedRows }).toEqual({ notes: [], sourceRows: 3, droppedRows: 0 });
  });

  it("gives each session its own entry, and takes stamps at the ends of the minutes", () => {
    const next = BAR.replace("2024-07-01T09:30", "2024-07-02T09:30").replace("240701", "240702");
    const { sessions } = read([next, BAR]);
    expect(sessions.map(({ sessionDate, length }) => [sessionDate, length])).toEqual([
      [20240701, 1],
      [20240702, 1],
    ]);
    const byEnd = read([BAR.replace("09:30", "09:31"), PUT.replace("09:30", "16:00")], { barLabel: "end" });
    expect(byEnd.sessions[0]!.start[0]).toBe(Date.parse("2024-07-01T13:30Z"));
    expect(() => read([BAR.replace("09:30", "09:31"), PUT.replace("09:30", "16:00")])).toThrow(refusal('set it to "end"'));
  });

  it("leaves other underlyings and extended hours out, and counts them", () => {
    const { notes, droppedRows } = read([BAR, BAR.replace("SPY", "QQQ"), BAR.replace("09:30", "08:00")]);
    expect(droppedRows).toBe(2);
    expect(notes).toEqual(["1 rows of other underlyings were left out.", "1 rows outside regular trading hours were left out."]);
  });

  it("has an unknown vwap where the source has none, and says what that costs", () => {
    const { sessions, notes } = read([BAR.slice(0, BAR.lastIndexOf(","))], { header: HEADER.replace(",vwap", "") });
    expect([...sessions[0]!.vwap]).toEqual([Number.NaN]);
    expect(notes).toEqual(["The source has no vwap: it is unknown in every bar, and so is the premium."]);
  });

  it.each<[string, string, string]>([
    ["a price of 0", BAR.replace("1.1,1.3,1.0", "0,1.3,1.0"), 'column "open": expected a finite price above 0, found "0"'],
    ["a high below the close", BAR.replace("1.3", "1.15"), 'column "high": expected the high to be at least "1.2", found "1.15"'],
    ["a low above the open", BAR.replace("1.0,", "1.15,"), 'column "low": expected the low to be at most "1.1", found "1.15"'],
    [
      "a vwap outside the range",
      BAR.replace("1.15", "1.5"),
      'column "vwap": expected a price between low and high ("1" to "1.3"), found "1.5"',
    ],
    ["a negative volume", BAR.replace(",10,", ",-10,"), 'column "volume": expected a volume of 0 or more'],
    [
      "a bar after the expiry",
      BAR.replace("2024-07-01T09", "2024-07-02T09"),
      'column "timestamp": expected a bar up to the contract\'s last day "2024-07-01", found "2024-07-02"',
    ],
    ["a second inside a minute", BAR.replace("09:30:00", "09:30:30"), "expected 1m bars aligned to New York's clock"],
    ["a contract that is none", BAR.replace("O:SPY240701C00545000", "SPY 545 call"), 'column "contract": expected an option\'s symbol'],
    ["a bar twice", PUT, 'line 3, column "timestamp": duplicated bar: "2024-07-01T13:30:00.000Z" of this contract is also at line 2'],
  ])("refuses %s, with its place", (_, row, issue) => {
    expect(() => read([PUT, row])).toThrow(refusal(issue));
    expect(() => read([PUT, row])).toThrow(/^bars\.csv: line 3, /);
  });

  it("refuses a file of which no row is left", () => {
    expect(() => read([BAR.replace("SPY", "QQQ"), BAR.replace("09:30", "08:00")])).toThrow(
      refusal(
        'expected bars of options on "SPY" inside 09:30 to 16:00 New York time, found none (1 rows of other underlyings, 1 outside these hours)',
      ),
    );
  });
});

const MINUTES = "data/spy_0dte_option_minute_bars_2024-07-01_02.csv";
const FLOW = "data/spy_0dte_flow_from_minute_bars_2024-07-01_02.csv";

describeWithShared("optionBarsFromTables on real minute bars", [MINUTES, FLOW], () => {
  it("reads both sessions, 30 contracts each, and they sum to the flow by hour and strike", () => {
    const table = readCsvTable(readFileSync(sharedPath(MINUTES)), OPTION_BAR_FIELDS, { name: "minutes.csv" });
    const { sessions, notes, sourceRows, droppedRows } = optionBarsFromTables([table], SOURCE);
    expect([sourceRows, droppedRows, notes]).toEqual([16_378, 0, []]);
    expect(sessions.map(({ sessionDate }) => sessionDate)).toEqual([20240701, 20240702]);
    const sums = new Map<string, [number, number, number, number]>();
    for (const { sessionDate, length, start, strike, right, volume, vwap } of sessions) {
      expect(new Set(Array.from(strike, (value, i) => `${value} ${right[i]}`)).size).toBe(30);
      for (let i = 0; i < length; i++) {
        // In July New York is four hours behind UTC.
        const key = `${sessionDate} ${new Date(start[i]!).getUTCHours() - 4} ${strike[i]}`;
        const sum = sums.get(key) ?? [0, 0, 0, 0];
        const call = right[i] === 1 ? 0 : 1;
        sum[call] = sum[call]! + volume[i]!;
        sum[2 + call] = sum[2 + call]! + volume[i]! * vwap[i]! * 100;
        sums.set(key, sum);
      }
    }
    const anchors: Record<string, number> = { "2024-07-01": 544, "2024-07-02": 545 };
    const lines = readFileSync(sharedPath(FLOW), "utf8").trim().split("\n").slice(1);
    for (const line of lines) {
      const [date, hour, distance, ...expected] = line.split(",");
      const found = sums.get(`${date!.replaceAll("-", "")} ${hour} ${anchors[date!]! + Number(distance)}`) ?? [0, 0, 0, 0];
      for (const [i, value] of found.entries()) expect(Math.abs(value - Number(expected[i]))).toBeLessThanOrEqual(0.006);
    }
    expect(sums.size).toBeLessThanOrEqual(lines.length);
  });
});
