import { describe, expect, it } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import { barEndOf } from "#lib/core/session.ts";
import { availableAt, dataUntil, type MatrixData } from "#lib/matrix/matrix-data.ts";
import { richData } from "./rich-data.ts";

const data = richData({ cadence: "hourly", sessions: 6, flowSessions: 3 });

/** When each entry of every kind of data was known, as the data themselves say. */
const KINDS: Readonly<Record<string, (data: MatrixData) => readonly number[]>> = {
  "own bars": ({ series }) => [...series.bars.end],
  VIX: ({ others }) => [...availableAt(others[0]!.bars)],
  chains: ({ chains }) => chains!.snapshots.map(({ knownAt }) => knownAt),
  "flow cells": ({ flow }) => Array.from(flow!.cells.barStart, (start) => barEndOf(start, "hourly")),
  "listed strikes": ({ flow }) => [...flow!.listed!.keys()].map((session) => NYSE.openOf(session)),
  trades: ({ tape }) => [...tape!.tape.trades.ts],
  quotes: ({ tape }) => [...tape!.tape.quotes.ts],
  "a member's bars": ({ universe }) => [...universe![1]!.series.bars.end],
};

describe("dataUntil", () => {
  it.each(Object.entries(KINDS))("keeps of %s what was known at the moment, and nothing that came a millisecond later", (_, timesOf) => {
    const times = timesOf(data);
    const moment = times[Math.floor(times.length / 2)]!;
    for (const time of [moment, moment - 1]) {
      const known = times.filter((at) => at <= time);
      expect(known.length).toBeGreaterThan(0);
      expect(known.length).toBeLessThan(times.length);
      expect(timesOf(dataUntil(data, time))).toEqual(known);
    }
  });

  it("keeps all at the last moment of all", () => {
    for (const timesOf of Object.values(KINDS)) expect(timesOf(dataUntil(data, Number.MAX_SAFE_INTEGER))).toEqual(timesOf(data));
  });
});
