import { describe, expect, it } from "vitest";
import * as z from "zod";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { defineIndicator } from "#lib/indicators/define-indicator.ts";
import type { IndicatorInputs } from "#lib/indicators/inputs.ts";
import {
  type Case,
  flatViolations,
  gapViolations,
  memoryViolations,
  perturbationViolations,
  scalingViolations,
  truncationViolations,
  warmupViolations,
} from "./laws.ts";
import { describeLaws } from "./laws-suite.ts";
import { DAILY, type Grid, HOURLY, randomWalk, roughWalk } from "./series.ts";

for (const definition of INDICATORS.values()) if (!definition.needs) describeLaws(definition);

describe("the causality laws catch a look-ahead", () => {
  const planted = (name: string, compute: (close: Float64Array, window: number) => Float64Array): Case => ({
    definition: defineIndicator({
      name,
      version: 1,
      category: "trend",
      subcategory: "planted",
      timeframe: "any",
      inputs: ["close"],
      params: z.strictObject({ window: z.int().min(1).default(5) }),
      doc: "Planted.",
      source: "none",
      memory: "finite",
      columns: () => [{ name, unit: "price", flat: "price" }],
      warmupBars: () => 0,
      compute: (inputs, { window }) => [compute(inputs.close, window)],
    }),
    params: { window: 5 },
    grid: DAILY,
  });
  const centred = planted("centred_mean", (close, window) =>
    close.map((_, i) => close.slice(Math.max(0, i - window), i + 2).reduce((sum, value) => sum + value, 0)),
  );
  const wholeSample = planted("whole_sample_score", (close) => {
    const known = close.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    return close.map((value) => value - mean);
  });
  const backfilled = planted("backfilled", (close) => {
    const out = close.slice();
    for (let i = out.length - 2; i >= 0; i--) if (Number.isNaN(out[i])) out[i] = out[i + 1]!;
    return out;
  });

  it.each([centred, wholeSample, backfilled])("reports $definition.name", (one) => {
    const columns = roughWalk(400, "planted");
    expect(truncationViolations(one, columns)).not.toEqual([]);
    const caught = [50, 100, 150, 200, 250].flatMap((t) => perturbationViolations(one, columns, t, 2));
    if (one !== backfilled) expect(caught).not.toEqual([]);
  });

  it("reports a column that says it is known in a part of each session and never is", () => {
    const { definition, ...rest } = planted("never_known", (close) => close.map(() => Number.NaN));
    const partly = (grid: Grid, compute = definition.compute): Case => ({
      ...rest,
      grid,
      definition: { ...definition, compute, columns: () => [{ name: "never_known", unit: "price", flat: "price", partOfSession: true }] },
    });
    expect(warmupViolations(partly(HOURLY))).not.toEqual([]);
    expect(gapViolations(partly(HOURLY), 20, 2)).not.toEqual([]);
    const afternoons = ({ close }: IndicatorInputs) => [close.map((value, i) => (i % 7 > 3 ? value : Number.NaN))];
    expect(warmupViolations(partly(HOURLY, afternoons))).toEqual([]);
    expect(flatViolations(partly(HOURLY, afternoons), 100, 1)).toEqual([]);
  });

  it("reports a warm-up that is declared wrongly, a flat value that is not, and a memory that is longer", () => {
    const lagged = planted("lagged", (close) => close.map((_, i) => close[i - 3] ?? Number.NaN));
    expect(warmupViolations(lagged)).not.toEqual([]);
    expect(memoryViolations(lagged, randomWalk(50, "planted"))).not.toEqual([]);
    expect(
      scalingViolations(
        planted("squared", (close) => close.map((v) => v * v)),
        randomWalk(50, "planted"),
        4,
        1,
        0,
      ),
    ).not.toEqual([]);
    expect(
      flatViolations(
        planted("shifted", (close) => close.map((v) => v + 1)),
        100,
        1,
      ),
    ).not.toEqual([]);
    const poisoned = planted("poisoned", (close) => {
      let total = 0;
      return close.map((value) => {
        total += value;
        return total;
      });
    });
    expect(gapViolations(poisoned, 20, 2)).not.toEqual([]);
  });
});
