import { describe, expect, it } from "vitest";
import type { Bars } from "#lib/core/bars.ts";
import { createRng } from "#lib/core/rng.ts";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { prepareMatrix } from "#lib/matrix/build-matrix.ts";
import { type BarTable, buildTable, type TableBuilder } from "#lib/matrix/build-table.ts";
import { leakCuts } from "#lib/matrix/leak-cuts.ts";
import type { LeakageReport } from "#lib/matrix/leakage.schema.ts";
import { checkLeakage, requireNoLeakage } from "#lib/matrix/leakage.ts";
import { barsOnly } from "#lib/matrix/matrix-data.ts";
import type { MatrixSpec } from "#lib/matrix/matrix-spec.ts";
import { randomSeries, specOf } from "./fixtures.ts";

/** The honest builder with one more column. */
const planting =
  (values: (bars: Bars, table: BarTable) => Float64Array): TableBuilder =>
  (spec, data) => {
    const table = buildTable(spec, data);
    const { bars } = data.series;
    const info = { name: "planted_leak", indicator: "planted", version: 1, unit: "ratio" };
    return { ...table, info: [...table.info, info], features: [...table.features, values(bars, table)] };
  };

const meanOf = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0) / column.length;

const LEAKS: Record<string, (bars: Bars, table: BarTable) => Float64Array> = {
  "a z-score over the whole sample": ({ close }) => {
    const mean = meanOf(close);
    const deviation = Math.sqrt(meanOf(close.map((price) => (price - mean) ** 2)));
    return close.map((price) => (price - mean) / deviation);
  },
  "a return shifted one bar into the future": ({ close }) => close.map((price, i) => close[i + 1]! / price - 1),
  "a price adjusted for later actions": ({ close, factor }) => close.map((price, i) => price * factor[i]!),
  "a price adjusted with the last factor": ({ close, factor, length }) =>
    close.map((price, i) => (price * factor[i]!) / factor[length - 1]!),
  "a centred moving average": ({ close }) => close.map((price, i) => (close[i - 1]! + price + (close[i + 1] ?? price)) / 3),
  "the share of the series that has passed": ({ close, length }) => close.map((_, i) => i / length),
  "the label itself": (_, { label }) => label.y.slice(),
  "the daily high, known only at the session's end": ({ high }, { sessionDate }) => {
    const highest = new Map<number, number>();
    high.forEach((price, i) => {
      highest.set(sessionDate[i]!, Math.max(price, highest.get(sessionDate[i]!) ?? 0));
    });
    return sessionDate.map((date) => highest.get(date)!);
  },
  "a backward fill of gaps": ({ close }) => {
    const filled = close.map((price, i) => (i % 5 === 3 ? Number.NaN : price));
    for (let i = filled.length - 2; i >= 0; i--) if (Number.isNaN(filled[i]!)) filled[i] = filled[i + 1]!;
    return filled;
  },
};

async function check(
  build: TableBuilder,
  options: { readonly cadence?: "daily" | "hourly"; readonly actions?: boolean; readonly bars?: number; readonly seed?: number } = {},
): Promise<LeakageReport> {
  const { cadence = "hourly", actions = true, bars: count = 700, seed = 3 } = options;
  const series = randomSeries({ bars: count, cadence, actions, seed });
  const spec = specOf({ cadence });
  const { data, table } = prepareMatrix(spec, barsOnly(series), build);
  return checkLeakage(spec, data, table, build);
}

describe("checkLeakage", () => {
  it.each(Object.keys(LEAKS))("catches %s and names the column alone", async (name) => {
    const report = await check(planting(LEAKS[name]!));
    expect(report.status).toBe("fail");
    expect(report.leaks.map(({ column, indicator }) => ({ column, indicator }))).toEqual([
      { column: "planted_leak", indicator: "planted" },
    ]);
    const leak = report.leaks[0]!;
    expect(leak.row_time).toBeLessThanOrEqual(leak.cut_time);
    expect(leak.with_future).not.toBe(leak.without_future);
  });

  it("catches a leak of one bar whatever the seed", async () => {
    for (let seed = 0; seed < 20; seed++)
      expect((await check(planting(LEAKS["a return shifted one bar into the future"]!), { seed, bars: 150 })).status).toBe("fail");
  });

  it("catches a label that reads the whole sample and one whose end is stated too early", async () => {
    const withLabel =
      (change: (table: BarTable) => Partial<BarTable["label"]>): TableBuilder =>
      (spec, data) => {
        const table = buildTable(spec, data);
        return { ...table, label: { ...table.label, ...change(table) } };
      };
    const wholeSample = await check(
      withLabel(({ label }) => {
        const known = label.retFwd.filter((value) => !Number.isNaN(value));
        const mean = meanOf(known);
        return { y: label.retFwd.map((value) => (Number.isNaN(value) ? value : value > mean ? 1 : -1)) };
      }),
    );
    expect(wholeSample.leaks.map(({ column }) => column)).toContain("y");
    const early = await check(withLabel(({ label }) => ({ t1: label.t1.map((end) => end - 3_600_000 * 24) })));
    expect(early.leaks.map(({ column }) => column)).toContain("ret_fwd");
  });

  it("raises no alarm on any indicator of the registry, on either cadence, with and without actions and gaps", async () => {
    const entries = [...INDICATORS.values()].filter(({ needs }) => needs === undefined).map(({ name }) => ({ name }));
    const labels = [
      {
        kind: "forward_return",
        unit: "bars",
        task: "classify",
        entry: "next_open",
        horizon: 5,
        band: { kind: "trailing_sigma", k: 0.3, window: 40 },
      },
      { kind: "next_bar_direction", entry: "decision_close", band: { kind: "fixed_bps", bps: 20 } },
    ] as const;
    for (const cadence of ["daily", "hourly"] as const) {
      for (const actions of [false, true]) {
        for (const [i, label] of labels.entries()) {
          const series = randomSeries({ bars: 500, cadence, actions, seed: i });
          const close = series.bars.close.map((price, row) => (i === 1 && row % 97 === 50 ? Number.NaN : price));
          const spec = specOf({ cadence, horizon: i === 0 ? "swing" : "intraday", label }, entries);
          const { data, table } = prepareMatrix(spec, barsOnly({ ...series, bars: { ...series.bars, close } }));
          expect((await checkLeakage(spec, data, table)).leaks).toEqual([]);
        }
      }
    }
  });

  it("repeats exactly, and compares every feature and label column", async () => {
    const [first, second] = [await check(buildTable), await check(buildTable)];
    expect(second).toEqual(first);
    expect(first.columns_checked).toBe(2 + 4);
    expect(first.cuts.length).toBeGreaterThanOrEqual(12);
    expect(first.values_compared).toBe(first.cuts.reduce((sum, { bar }) => sum + bar + 1, 0) * 6);
  });

  it("has nothing to cut in a series of one bar", async () => {
    const series = randomSeries({ bars: 1 });
    const spec: MatrixSpec = specOf();
    const { data, table } = prepareMatrix(spec, barsOnly(series));
    expect(await checkLeakage(spec, data, table)).toMatchObject({ status: "ok", cuts: [] });
  });
});

describe("requireNoLeakage", () => {
  it("names column, indicator, time and both values", async () => {
    const report = await check(planting(LEAKS["a return shifted one bar into the future"]!));
    expect(() => requireNoLeakage(report)).toThrowError(
      expect.objectContaining({
        code: "LEAKAGE_DETECTED",
        message: expect.stringMatching(
          /^The column "planted_leak" of "planted" uses the future: its value at 20\d\d-\d\d-\d\d \(.*Z\) is "-?[\d.e-]+", but /,
        ),
        facts: expect.objectContaining({ column: "planted_leak", indicator: "planted", columns: ["planted_leak"] }),
      }),
    );
  });
  it("passes a clean report", async () => {
    const report = await check(buildTable);
    expect(() => requireNoLeakage(report)).not.toThrow();
  });
});

describe("leakCuts", () => {
  const { bars } = randomSeries({ bars: 1000, actions: true });
  const cuts = leakCuts(bars, 30, createRng("cuts"));

  it("drops the last bar alone, cuts before adjustments and alternates its probes", () => {
    expect(cuts.at(-1)).toEqual({ bar: 998, probe: "truncated" });
    // The fixture's actions take effect at bars 400, 700 and 850.
    expect(cuts.map(({ bar }) => bar)).toEqual(expect.arrayContaining([399, 699, 849]));
    cuts.slice(1).forEach(({ bar, probe }, i) => {
      expect(bar).toBeGreaterThan(cuts[i]!.bar);
      expect(probe).not.toBe(cuts[i]!.probe);
    });
  });
  it("lies after the warm-up and costs less than five builds without actions", () => {
    const plain = leakCuts(randomSeries({ bars: 1000 }).bars, 30, createRng("cuts"));
    expect(plain[0]!.bar).toBeGreaterThan(30);
    expect(plain.length).toBeGreaterThanOrEqual(12);
    expect(plain.reduce((sum, { bar, probe }) => sum + bar + (probe === "perturbed" ? 64 : 0), 0)).toBeLessThan(5 * 1000);
  });
});
