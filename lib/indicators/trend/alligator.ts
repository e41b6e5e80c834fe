import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import type { IndicatorInputs } from "../inputs.ts";
import { newColumn } from "../kernels/columns.ts";
import { wilder } from "../kernels/recursive.ts";
import { medianPrice } from "../shared-series.ts";

const period = (bars: number) => z.int().min(1).max(1000).default(bars);
const shift = (bars: number) => z.int().min(0).max(500).default(bars).describe("Bars by which it is displaced");

export const alligator = defineIndicator({
  name: "alligator",
  version: 1,
  category: "trend",
  subcategory: "moving average",
  timeframe: "any",
  inputs: ["high", "low"],
  params: z.strictObject({
    jaw: period(13).describe("Wilder's period of the slowest line"),
    jaw_shift: shift(8),
    teeth: period(8).describe("Wilder's period of the middle line"),
    teeth_shift: shift(5),
    lips: period(5).describe("Wilder's period of the fastest line"),
    lips_shift: shift(3),
  }),
  doc: "Williams' alligator: three Wilder averages of (high + low) / 2, each as it stands at this bar on a chart that draws it ahead.",
  notes:
    "Charts draw the lines `shift` bars ahead; the value here is the one drawn at this bar, so it was computed `shift` bars ago and nothing later enters. NaN at a gap and `shift` bars after it; the averages then go on.",
  source: "Williams, New Trading Dimensions (1998); each line is TA-Lib RMA of MEDPRICE, displaced",
  memory: "recursive",
  columns: ({ jaw, jaw_shift, teeth, teeth_shift, lips, lips_shift }) => [
    { name: `alligator_jaw_${jaw}_${jaw_shift}`, unit: "price", warmupBars: jaw - 1 + jaw_shift, flat: "price" },
    { name: `alligator_teeth_${teeth}_${teeth_shift}`, unit: "price", warmupBars: teeth - 1 + teeth_shift, flat: "price" },
    { name: `alligator_lips_${lips}_${lips_shift}`, unit: "price", warmupBars: lips - 1 + lips_shift, flat: "price" },
  ],
  warmupBars: ({ jaw, jaw_shift, teeth, teeth_shift, lips, lips_shift }) =>
    Math.max(jaw + jaw_shift, teeth + teeth_shift, lips + lips_shift) - 1,
  compute: (inputs, { jaw, jaw_shift, teeth, teeth_shift, lips, lips_shift }) => [
    displacedAverage(inputs, jaw, jaw_shift),
    displacedAverage(inputs, teeth, teeth_shift),
    displacedAverage(inputs, lips, lips_shift),
  ],
});

function displacedAverage(inputs: IndicatorInputs, bars: number, ahead: number): Float64Array {
  const { length } = inputs;
  const middle = medianPrice(inputs);
  const average = wilder(middle, bars);
  const out = newColumn(length).fill(Number.NaN, 0, Math.min(ahead, length));
  for (let i = ahead; i < length; i++) out[i] = Number.isNaN(middle[i]!) ? Number.NaN : average[i - ahead]!;
  return out;
}
