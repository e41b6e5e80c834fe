import type { PriceSeries } from "../core/bars.ts";
import { sessionDateOf } from "../core/time.ts";
import { indicatorNamed } from "../indicators/catalog.ts";
import { barsPerYearOf, createIndicatorInputs, type IndicatorInputs, type OtherSeries } from "../indicators/inputs.ts";
import type { ForeignInputs } from "../indicators/plan.ts";
import { withoutStalePrices } from "../options/chain/chain-checks.ts";
import { type AdjustedBars, adjustBars } from "./adjusted-bars.ts";
import { availableAt, type MatrixData } from "./matrix-data.ts";
import type { MatrixSpec } from "./matrix-spec.ts";
import { universeCloses } from "./universe/universe-closes.ts";

/** What the indicators of a matrix read. */
export interface TableInputs {
  readonly own: IndicatorInputs;
  /** By symbol, the bars of each symbol that indicators name as their underlying. */
  readonly foreign: ReadonlyMap<string, ForeignInputs>;
}

/** Lays a matrix's data out for its indicators. */
export function tableInputs(
  spec: MatrixSpec,
  data: MatrixData,
  adjusted: AdjustedBars,
  sessionDate: Float64Array,
  flow: ReadonlyMap<string, Float64Array> | null,
): TableInputs {
  const { bars } = data.series;
  const underlyings = new Set(spec.indicators.map(({ underlying }) => underlying));
  const sameCadence = data.others.filter(({ bars: other }) => other.cadence === spec.cadence);
  return {
    own: createIndicatorInputs({
      length: bars.length,
      ...pricesOf(adjusted),
      sessionDate,
      barStart: bars.start,
      barEnd: bars.end,
      barsPerYear: barsPerYearOf(spec.cadence),
      others: new Map(data.others.map((other) => [other.bars.symbol, otherSeries(other)])),
      chains: withoutStalePrices(data.chains?.snapshots ?? []),
      ivHistory: data.ivHistory?.byTenor ?? new Map(),
      flow,
      flowCells: data.flow?.cells ?? null,
      tape: data.tape?.tape ?? null,
      universe: readsUniverse(spec) && data.universe !== null ? universeCloses(data.universe, bars.end, sessionDate) : null,
    }),
    foreign: new Map(
      sameCadence.filter(({ bars: { symbol } }) => underlyings.has(symbol)).map((other) => [other.bars.symbol, foreignInputs(other)]),
    ),
  };
}

const readsUniverse = ({ indicators }: MatrixSpec): boolean =>
  indicators.some(({ name, params }) => indicatorNamed(name).needs?.(params).universe === true);

const pricesOf = ({ open, high, low, close, volume, scale }: AdjustedBars) => ({ open, high, low, close, volume, scale });

function otherSeries({ bars }: PriceSeries): OtherSeries {
  const { open, high, low, close, volume } = adjustBars(bars);
  return {
    symbol: bars.symbol,
    length: bars.length,
    availableAt: availableAt(bars),
    sessionDate: bars.start.map(sessionDateOf),
    open,
    high,
    low,
    close,
    volume,
  };
}

function foreignInputs({ bars }: PriceSeries): ForeignInputs {
  const inputs = createIndicatorInputs({
    length: bars.length,
    ...pricesOf(adjustBars(bars)),
    sessionDate: bars.start.map(sessionDateOf),
    barStart: bars.start,
    barEnd: bars.end,
    barsPerYear: barsPerYearOf(bars.cadence),
  });
  return { inputs, availableAt: availableAt(bars) };
}
