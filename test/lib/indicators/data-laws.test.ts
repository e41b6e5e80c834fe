import { describe, expect, it } from "vitest";
import * as z from "zod";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { type DataNeeds, defineIndicator } from "#lib/indicators/define-indicator.ts";
import type { IndicatorInputs } from "#lib/indicators/inputs.ts";
import { type Case, memoryViolations, missingDataViolations, perturbationViolations, truncationViolations } from "./laws.ts";
import { describeLaws } from "./laws-suite.ts";
import { EVERY_DAY, HOURLY, randomWalk, roughWalk } from "./series.ts";

for (const definition of INDICATORS.values()) if (definition.needs) describeLaws(definition);

describe("the causality laws catch a look-ahead in other data", () => {
  /** Planted in other data: each is one step from honest. */
  const plantedNeed = (name: string, needs: DataNeeds, compute: (inputs: IndicatorInputs) => Float64Array, grid = EVERY_DAY): Case => ({
    definition: defineIndicator({
      name,
      version: 1,
      category: "regime",
      subcategory: "planted",
      timeframe: "any",
      inputs: ["chains", "others", "flowCells"],
      params: z.strictObject({}),
      doc: "Planted.",
      source: "none",
      memory: "finite",
      needs: () => needs,
      columns: () => [{ name, unit: "index" }],
      warmupBars: () => 0,
      compute: (inputs) => [compute(inputs)],
    }),
    params: {},
    grid,
  });
  const rowsOf = ({ length }: IndicatorInputs, at: (t: number) => number | undefined): Float64Array =>
    Float64Array.from({ length }, (_, t) => at(t) ?? Number.NaN);
  const chainsWhere = ({ chains, sessionDate }: IndicatorInputs, t: number, isKnown: (knownAt: number) => boolean) =>
    chains.findLast((chain) => chain.sessionDate === sessionDate[t] && isKnown(chain.knownAt));
  const daily = { chains: "daily" } as const;
  const vix = { dailySymbols: ["VIX"] } as const;

  const lookAheads: Case[] = [
    plantedNeed("snapshot_of_the_next_minutes", daily, (inputs) =>
      rowsOf(inputs, (t) => chainsWhere(inputs, t, (knownAt) => knownAt <= inputs.barEnd[t]! + 900_000)?.underlyingPrice),
    ),
    plantedNeed(
      "snapshot_of_the_session_at_its_first_bar",
      { chains: "intraday" },
      (inputs) => rowsOf(inputs, (t) => chainsWhere(inputs, t, () => true)?.volume[0]),
      HOURLY,
    ),
    plantedNeed("vix_of_the_day_at_its_close", vix, (inputs) => {
      const series = inputs.others.get("VIX")!;
      return rowsOf(inputs, (t) => series.close[series.sessionDate.indexOf(inputs.sessionDate[t]!)]);
    }),
    plantedNeed("vix_of_the_next_session", vix, (inputs) => {
      const series = inputs.others.get("VIX")!;
      return rowsOf(inputs, (t) => series.close[series.availableAt.findLastIndex((at) => at <= inputs.barEnd[t]!) + 1]);
    }),
    plantedNeed(
      "quote_of_the_next_bar",
      { tape: true },
      (inputs) => rowsOf(inputs, (t) => inputs.tape!.quotes.bid[inputs.tape!.quotes.ts.findLastIndex((at) => at <= inputs.barEnd[t]!)]),
      HOURLY,
    ),
    plantedNeed("flow_of_the_next_bar", { flow: true }, (inputs) => rowsOf(inputs, (t) => inputs.flow!.get("imbalance")![t + 1])),
    plantedNeed(
      "cells_of_the_session",
      { flow: true },
      (inputs) => {
        const { callBought, barStart } = inputs.flowCells!;
        return rowsOf(inputs, (t) =>
          callBought.filter((_, i) => Math.abs(barStart[i]! - inputs.barStart[t]!) <= 3_600_000).reduce((a, b) => a + b, 0),
        );
      },
      HOURLY,
    ),
    plantedNeed("breadth_of_the_next_bar", { universe: true }, (inputs) => rowsOf(inputs, (t) => inputs.universe!.closes[0]![t + 1])),
  ];

  it.each(lookAheads)("reports $definition.name, in truncation and in perturbation", (one) => {
    const columns = roughWalk(120, 1, one.grid);
    expect(truncationViolations(one, columns)).not.toEqual([]);
    const caught = Array.from({ length: 40 }, (_, k) => 3 * k).flatMap((t) => perturbationViolations(one, columns, t, 2));
    expect(caught).not.toEqual([]);
  });

  it("finds nothing in the same readings one step earlier", () => {
    const honest = [
      plantedNeed("snapshot_known", daily, (inputs) =>
        rowsOf(inputs, (t) => chainsWhere(inputs, t, (knownAt) => knownAt <= inputs.barEnd[t]!)?.underlyingPrice),
      ),
      plantedNeed("vix_known", vix, (inputs) => {
        const series = inputs.others.get("VIX")!;
        return rowsOf(inputs, (t) => series.close[series.availableAt.findLastIndex((at) => at <= inputs.barEnd[t]!)]);
      }),
      plantedNeed(
        "quote_known",
        { tape: true },
        (inputs) => rowsOf(inputs, (t) => inputs.tape!.quotes.bid[inputs.tape!.quotes.ts.findLastIndex((at) => at < inputs.barEnd[t]!)]),
        HOURLY,
      ),
    ];
    for (const one of honest) {
      const columns = roughWalk(120, 1, one.grid);
      expect(truncationViolations(one, columns)).toEqual([]);
      for (let t = 0; t < 120; t += 3) expect(perturbationViolations(one, columns, t, 2)).toEqual([]);
    }
  });

  it("reports more history than a definition says that it reads, and a value where there are no data", () => {
    const older = plantedNeed("three_sessions_back", { ...vix, historySessions: 1 }, (inputs) => {
      const series = inputs.others.get("VIX")!;
      return rowsOf(inputs, (t) => series.close[series.availableAt.findLastIndex((at) => at <= inputs.barEnd[t]!) - 3]);
    });
    expect(memoryViolations(older, randomWalk(60, 1, EVERY_DAY))).not.toEqual([]);
    const carriedForward = plantedNeed("carried_forward", daily, (inputs) =>
      rowsOf(
        inputs,
        (t) => inputs.chains.findLast((chain) => chain.knownAt <= inputs.barEnd[t]! && chain.underlyingPrice > 0)?.underlyingPrice,
      ),
    );
    expect(missingDataViolations(carriedForward, 5, 4)).not.toEqual([]);
  });
});
