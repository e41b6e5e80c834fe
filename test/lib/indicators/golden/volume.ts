import { expect } from "vitest";
import {
  columnsOf,
  firstKnown,
  type Golden,
  mustAgreeAt,
  mustEqualAt,
  onQuotes,
  quotes,
  reference,
  rounded,
  skender,
  TULIP,
} from "./golden.ts";

export const volumeGolden: readonly Golden[] = [
  skender("obv", "obv", skenderObv, "the reference begins at 0, TA-Lib and we with the first volume"),
  onQuotes("obv", "TA-Lib 0.8.1 OBV", talibObv),
  onQuotes("cmf", "the published checks of skender cmf", skenderCmf),
  onQuotes("mfi", "TA-Lib 0.8.1 MFI and the published checks of skender mfi", talibMfi),
  { indicator: "mfi", against: "Tulip", check: tulipMfi },
  onQuotes("adl", "TA-Lib 0.8.1 AD and the published checks of skender adl", talibAdl),
  { indicator: "adl", against: "Achelis, Technical Analysis from A to Z, page 50", check: achelisAdl },
  onQuotes("chaikin_osc", "TA-Lib 0.8.1 ADOSC and the published checks of skender chaikin-osc", talibChaikin),
  { indicator: "chaikin_osc", against: "Achelis, Technical Analysis from A to Z, page 99", check: achelisChaikin },
  { indicator: "chaikin_osc", against: "Tulip", check: tulipChaikin },
  onQuotes("force_index", "the published checks of skender force", skenderForce),
  {
    indicator: "ease_of_movement",
    against: "Achelis, Technical Analysis from A to Z, page 132",
    differs: "volume by 10,000 there, by 100,000,000 here: a factor of 10,000",
    check: achelisEase,
  },
  onQuotes("ease_of_movement", "ta 0.11.0 sma_ease_of_movement", taEase),
  { indicator: "nvi", against: "Achelis, Technical Analysis from A to Z, page 216", check: achelisNvi },
  onQuotes("nvi", "ta 0.11.0 and Tulip 0.4.0", taNvi),
  { indicator: "pvi", against: "Tulip, adapted from Achelis", check: tulipPvi },
  onQuotes("pvi", "Tulip 0.4.0", tulipPviOnQuotes),
  onQuotes("pvt", "ta 0.11.0 volume_price_trend", taPvt, "it is unknown at the first bar, where ours is 0"),
  onQuotes("klinger", "the published checks of skender kvo", skenderKlinger),
];

function skenderObv(): void {
  const { volume } = quotes();
  const shifted = reference("obv")["obv"]!.map((value) => value + volume![0]!);
  expect(columnsOf({ name: "obv" }, quotes())["obv"]).toEqual(shifted);
}

function talibObv(): void {
  mustEqualAt(columnsOf({ name: "obv" }, quotes())["obv"], [
    [20, 155_032_620],
    [60, 758_380_860],
    [249, 1_877_627_768],
    [501, 636_552_384],
  ]);
}

function skenderCmf(): void {
  const cmf = columnsOf({ name: "cmf", window: 20 }, quotes())["cmf_20"];
  expect(firstKnown(cmf)).toBe(19);
  mustAgreeAt(cmf, [
    [49, "0.350596"],
    [249, "-0.040226"],
    [501, "-0.123754"],
  ]);
}

function talibMfi(): void {
  const mfi = columnsOf({ name: "mfi", window: 14 }, quotes())["mfi_14"];
  expect(firstKnown(mfi)).toBe(14);
  mustEqualAt(mfi, [
    [20, 53.65321280146353],
    [60, 46.46465159360547],
    [249, 66.00714159805115],
    [501, 39.94937704125047],
  ]);
  mustAgreeAt(mfi, [
    [439, "69.0622"],
    [501, "39.9494"],
  ]);
  mustAgreeAt(columnsOf({ name: "mfi", window: 4 }, quotes())["mfi_4"], [
    [31, "100"],
    [43, "0"],
  ]);
}

function tulipMfi(): void {
  const expected = [61.172, 67.308, 62.796, 64.661, 45.238, 67.841, 85.578, 85.963, 87.504, 84.647];
  expect(rounded(columnsOf({ name: "mfi", window: 5 }, TULIP)["mfi_5"], 3)).toEqual(expected);
}

function talibAdl(): void {
  const adl = columnsOf({ name: "adl" }, quotes())["adl"];
  mustEqualAt(adl, [
    [20, 485410044.7052619],
    [60, 1277207081.2847161],
    [249, 3266400865.73927],
    [501, 3439986548.4174113],
  ]);
  mustAgreeAt(adl, [
    [249, "3266400865.74"],
    [501, "3439986548.42"],
  ]);
}

/** Bars of the book's tables for the accumulation/distribution line and the Chaikin oscillator. */
const ACHELIS = {
  high: [8.625, 8.875, 9.375, 10.125, 9.375, 10.125, 10, 9.75, 9.5, 9.625, 10, 9.75, 9.125, 9.25, 9.375, 9.375, 9.375, 8.625, 8.625, 8.625],
  low: [8.25, 8.375, 8.375, 8.75, 8.75, 9.25, 9.125, 9.375, 9, 8.875, 9.375, 8.75, 8.75, 9.125, 9.25, 9.125, 8.625, 8.25, 8.25, 7.875],
  close: [
    8.625, 8.375, 9.375, 8.75, 9.375, 9.875, 9.375, 9.625, 9.125, 9.25, 9.75, 8.875, 8.875, 9.125, 9.375, 9.25, 8.625, 8.5, 8.5, 7.875,
  ],
  volume: [
    19194, 10768, 20032, 55218, 13172, 22245, 15987, 9646, 10848, 14470, 14973, 15799, 16860, 6568, 8312, 5573, 11480, 6366, 8394, 12616,
  ],
};

function achelisAdl(): void {
  const expected = [
    19194, 8426, 28458, -26760, -13588, -4054.429, -10906, -7690.666, -13114.666, -13114.666, -10120.066, -21969.316, -27589.316,
    -34157.316, -25845.316, -25845.316, -37325.316, -35203.316, -32405.316, -45021.316,
  ];
  const adl = columnsOf({ name: "adl" }, ACHELIS)["adl"]!;
  for (const [i, value] of adl.entries()) expect(Math.abs(value - expected[i]!), `bar ${i}`).toBeLessThan(2e-3);
}

function talibChaikin(): void {
  const oscillator = columnsOf({ name: "chaikin_osc" }, quotes())["chaikin_osc_3_10"];
  expect(firstKnown(oscillator)).toBe(9);
  mustEqualAt(oscillator, [
    [20, 73296551.22753727],
    [60, 44001876.47825909],
    [249, -19572234.603155136],
    [501, -19135200.721845627],
  ]);
  mustAgreeAt(oscillator, [[501, "-19135200.72"]]);
}

function achelisChaikin(): void {
  const first14 = Object.fromEntries(Object.entries(ACHELIS).map(([name, values]) => [name, values.slice(0, 14)])) as typeof ACHELIS;
  const expected = [-7539.927, -5614.803, -8087.032, -10151.396, -12162.872];
  const oscillator = columnsOf({ name: "chaikin_osc" }, first14)["chaikin_osc_3_10"]!.slice(9);
  for (const [i, value] of oscillator.entries()) expect(Math.abs(value - expected[i]!), `bar ${i}`).toBeLessThan(2e-3);
}

function tulipChaikin(): void {
  const expected = [
    1900759.847, 399262.04, -241806.815, 757828.287, 1068830.285, 328526.246, 1466909.296, 3475262.287, 4653474.793, 5067839.265,
    3474675.616,
  ];
  expect(rounded(columnsOf({ name: "chaikin_osc", fast: 2, slow: 5 }, TULIP)["chaikin_osc_2_5"], 3)).toEqual(expected);
}

function skenderForce(): void {
  const force = columnsOf({ name: "force_index", window: 13 }, quotes())["force_index_13"];
  expect(firstKnown(force)).toBe(13);
  mustAgreeAt(force, [
    [13, "10668240.778"],
    [24, "15883211.364"],
    [149, "7598218.196"],
    [249, "23612118.994"],
    [501, "-16824018.428"],
  ]);
}

function achelisEase(): void {
  const bars = {
    high: [23.75, 23.75, 23.75, 25.0625, 26.25, 26.875, 27, 26.875, 28, 28.1875, 27.6875, 27.1875, 26.25, 26.5, 26, 25.875, 25.375, 25.5],
    low: [
      23, 23.1875, 23.25, 23.5, 25, 25.8125, 25.875, 25.75, 26.3125, 27.375, 27.125, 26, 25.1875, 25.375, 24.875, 24.3125, 24.25, 24.75,
    ],
    volume: [
      125733, 83819, 111390, 211366, 240664, 219933, 155943, 138913, 226220, 164528, 132053, 109900, 138313, 143421, 106053, 141425, 96921,
      93208,
    ],
  };
  const expected = [
    0.0063, 0.0014, 0.0578, 0.0698, 0.0347, 0.0068, -0.0101, 0.0629, 0.0309, -0.016, -0.0878, -0.0672, 0.0172, -0.053, -0.038, -0.0326,
    0.0251,
  ];
  const ease = columnsOf({ name: "ease_of_movement", window: 1 }, { ...bars, close: bars.low })["ease_of_movement_1"]!.slice(1);
  expect(ease.map((value) => Number((value / 10_000).toFixed(4)))).toEqual(expected);
}

function taEase(): void {
  const ease = columnsOf({ name: "ease_of_movement", window: 14 }, quotes())["ease_of_movement_14"];
  expect(firstKnown(ease)).toBe(14);
  mustEqualAt(ease, [
    [20, -0.036185359684660905],
    [60, -0.03292983657327859],
    [249, 0.339357755185375],
    [501, -2.387122785623987],
  ]);
}

/** Bars of the book's table for the negative volume index. */
const ACHELIS_INDEX = {
  close: [
    6.5313, 6.5625, 6.4688, 6.4375, 6.2188, 6.25, 6.125, 6.1563, 6.25, 6.3125, 6.4688, 6.2813, 6.125, 6.1875, 6.1563, 6.2813, 6.2188,
    6.1563, 6.1875, 6.375, 6.2813, 6.2813,
  ],
  volume: [
    10500, 6492, 6540, 8924, 5416, 4588, 16236, 2864, 3080, 5312, 12456, 3020, 12228, 5248, 6632, 4104, 4464, 6212, 3836, 7640, 3544, 4660,
  ],
};

function achelisNvi(): void {
  const expected = [
    1000, 1004.776997, 1004.776997, 1004.776997, 970.6418934, 975.5116475, 975.5116475, 980.4967111, 980.4967111, 980.4967111, 980.4967111,
    952.0767362, 952.0767362, 961.791805, 961.791805, 981.320414, 981.320414, 981.320414, 986.2937254, 986.2937254, 971.7971415,
    971.7971415,
  ];
  const nvi = columnsOf({ name: "nvi" }, ACHELIS_INDEX)["nvi"]!;
  for (const [i, value] of nvi.entries()) expect(Math.abs(value - expected[i]!), `bar ${i}`).toBeLessThan(1e-6);
}

function taNvi(): void {
  mustEqualAt(columnsOf({ name: "nvi" }, quotes())["nvi"], [
    [20, 1007.1933748001131],
    [60, 1011.2903532907806],
    [249, 1120.522131337799],
    [501, 1513.817845375923],
  ]);
}

function tulipPvi(): void {
  const expected = [
    1000, 1000, 985.7219048, 980.952381, 980.952381, 980.952381, 961.3333333, 961.3333333, 975.9650006, 985.7246506, 1010.131583,
    1010.131583, 984.9960913, 984.9960913, 980.0293231, 980.0293231, 970.2778652, 960.5264072, 960.5264072, 989.6332681, 989.6332681,
    989.6332681,
  ];
  const pvi = columnsOf({ name: "pvi" }, ACHELIS_INDEX)["pvi"]!;
  for (const [i, value] of pvi.entries()) expect(Math.abs(value - expected[i]!), `bar ${i}`).toBeLessThan(1e-6);
}

function tulipPviOnQuotes(): void {
  mustEqualAt(columnsOf({ name: "pvi" }, quotes())["pvi"], [
    [20, 1003.3557939866657],
    [60, 1041.855504330793],
    [249, 1081.9590159356783],
    [501, 761.4070493805942],
  ]);
}

function taPvt(): void {
  const pvt = columnsOf({ name: "pvt" }, quotes())["pvt"];
  expect(pvt![0]).toBe(0);
  mustEqualAt(pvt, [
    [20, 1414419.1088331882],
    [60, 5438908.958859014],
    [249, 12313710.679860812],
    [501, -32104312.281781223],
  ]);
}

function skenderKlinger(): void {
  const columns = columnsOf({ name: "klinger" }, quotes());
  expect(firstKnown(columns["klinger_34_55_13"])).toBe(56);
  expect(firstKnown(columns["klinger_signal_34_55_13"])).toBe(68);
  mustAgreeAt(columns["klinger_34_55_13"], [
    [56, "-2138454001"],
    [57, "-2265495450"],
    [68, "-1241548491"],
    [149, "-62800843"],
    [249, "-51541005"],
    [501, "-539224047"],
  ]);
  mustAgreeAt(columns["klinger_signal_34_55_13"], [
    [68, "-1489659254"],
    [149, "-18678832"],
    [249, "135207969"],
    [501, "-1548306127"],
  ]);
}
