import { expect } from "vitest";
import {
  columnsOf,
  firstKnown,
  type Golden,
  mustAgreeAt,
  mustEqual,
  mustEqualAt,
  onQuotes,
  quotes,
  reference,
  rounded,
  skender,
  TULIP,
} from "./golden.ts";

export const volatilityGolden: readonly Golden[] = [
  skender("true_range", "tr", () => mustEqual(columnsOf({ name: "true_range" }, quotes())["true_range"], reference("tr")["tr"])),
  {
    indicator: "true_range",
    against: "Tulip",
    differs: "from its second bar: the first bar has no previous close",
    check: tulipTrueRange,
  },
  skender("atr", "atr", () => mustEqual(columnsOf({ name: "atr", window: 14 }, quotes())["atr_14"], reference("atr")["atr"])),
  { indicator: "atr", against: "TA-Lib's seed from bar 1, on Tulip's bars", check: talibAtr },
  skender("natr", "atr", () => mustEqual(columnsOf({ name: "natr", window: 14 }, quotes())["natr_14"], reference("atr")["atrp"])),
  onQuotes("natr", "TA-Lib 0.8.1 NATR", talibNatr),
  skender("bollinger_bands", "bb", () => {
    const columns = columnsOf({ name: "bollinger_bands", window: 20, num_std: 2 }, quotes());
    const expected = reference("bb");
    mustEqual(columns["bb_mid_20_2"], expected["sma"]);
    mustEqual(columns["bb_upper_20_2"], expected["upperBand"]);
    mustEqual(columns["bb_lower_20_2"], expected["lowerBand"]);
    mustEqual(columns["bb_pctb_20_2"], expected["percentB"]);
    mustEqual(columns["bb_width_20_2"], expected["width"]);
  }),
  skender("zscore", "bb", () => mustEqual(columnsOf({ name: "zscore", window: 20 }, quotes())["zscore_20"], reference("bb")["zScore"])),
  onQuotes("rolling_std", "TA-Lib 0.8.1 STDDEV", talibDeviation),
  { indicator: "rolling_std", against: "Achelis, Technical Analysis from A to Z, page 309", check: achelisDeviation },
  onQuotes("donchian", "the published checks of skender donchian", skenderDonchian),
  onQuotes("keltner", "the published checks of skender keltner", skenderKeltner),
  onQuotes(
    "chaikin_volatility",
    "Tulip 0.4.0 cvi",
    tulipChaikin,
    "its average starts from the first range: compared from bar 249, where the seed is forgotten",
  ),
  onQuotes("volatility", "pandas 3.1.1, log returns, rolling(20).std() x sqrt(252)", pandasVolatility),
  onQuotes("ewma_vol", "pandas 3.1.1, ewm(alpha=0.06, adjust=False)", pandasEwma, "its seed is the first square: compared at the last bar"),
  onQuotes("skew", "pandas 3.1.1, log returns, rolling.skew()", pandasSkew),
  onQuotes("kurtosis", "pandas 3.1.1, log returns, rolling.kurt()", pandasKurtosis),
];

function tulipTrueRange(): void {
  const expected = [1.25, 1.97, 0.65, 0.85, 0.79, 0.84, 2.0, 0.85, 0.89, 1.87, 1.19, 1.22, 1.11, 0.86];
  expect(rounded(columnsOf({ name: "true_range" }, TULIP)["true_range"], 6)).toEqual(expected);
}

function talibAtr(): void {
  const expected = [1.102, 1.0496, 1.2397, 1.1617, 1.1074, 1.2599, 1.2459, 1.2407, 1.2146, 1.1437];
  expect(rounded(columnsOf({ name: "atr", window: 5 }, TULIP)["atr_5"], 4)).toEqual(expected);
}

function talibNatr(): void {
  const natr = columnsOf({ name: "natr", window: 14 }, quotes())["natr_14"];
  expect(firstKnown(natr)).toBe(14);
  mustEqualAt(natr, [
    [20, 0.6367797473602396],
    [60, 0.6991173488354349],
    [249, 0.518653461702816],
    [501, 2.507235929486017],
  ]);
}

function talibDeviation(): void {
  const deviation = columnsOf({ name: "rolling_std", window: 20 }, quotes())["rolling_std_20"];
  expect(firstKnown(deviation)).toBe(19);
  mustEqualAt(deviation, [
    [20, 0.9576579504186223],
    [60, 1.22908288980034],
    [249, 2.0070874420415343],
    [501, 10.920211536412733],
  ]);
}

function achelisDeviation(): void {
  const close = [21.4375, 21.6875, 22.125, 21.5625, 21.8125, 21.4375, 21.5, 21.1875, 20.6875, 20.9375];
  const expected = [0.2358, 0.2358, 0.2531, 0.2016, 0.3758, 0.3052];
  expect(rounded(columnsOf({ name: "rolling_std", window: 5 }, { close })["rolling_std_5"], 4)).toEqual(expected);
}

function skenderDonchian(): void {
  const columns = columnsOf({ name: "donchian", window: 20 }, quotes());
  expect(firstKnown(columns["donchian_upper_20"])).toBe(20);
  mustAgreeAt(columns["donchian_mid_20"], [
    [20, "214.2700"],
    [249, "254.2850"],
    [485, "265.5350"],
    [501, "251.5050"],
  ]);
  mustAgreeAt(columns["donchian_upper_20"], [
    [20, "217.0200"],
    [249, "258.7000"],
    [485, "274.3900"],
    [501, "273.5900"],
  ]);
  mustAgreeAt(columns["donchian_lower_20"], [
    [20, "211.5200"],
    [249, "249.8700"],
    [485, "256.6800"],
    [501, "229.4200"],
  ]);
}

function skenderKeltner(): void {
  const columns = columnsOf({ name: "keltner", window: 20, multiplier: 2, atr_window: 10 }, quotes());
  expect(firstKnown(columns["keltner_upper_20_2_10"])).toBe(19);
  mustAgreeAt(columns["keltner_upper_20_2_10"], [
    [485, "275.4260"],
    [501, "262.1873"],
  ]);
  mustAgreeAt(columns["keltner_mid_20_2_10"], [
    [485, "265.4599"],
    [501, "249.3519"],
  ]);
  mustAgreeAt(columns["keltner_lower_20_2_10"], [
    [485, "255.4938"],
    [501, "236.5165"],
  ]);
  mustAgreeAt(columns["keltner_width_20_2_10"], [
    [485, "0.075085"],
    [501, "0.102950"],
  ]);
}

function tulipChaikin(): void {
  mustEqualAt(columnsOf({ name: "chaikin_volatility" }, quotes())["chaikin_vol_10_10"], [
    [249, -32.717008073508836],
    [501, 37.863023562049705],
  ]);
}

function pandasVolatility(): void {
  const volatility = columnsOf({ name: "volatility", window: 20 }, quotes())["close_vol_20"];
  expect(firstKnown(volatility)).toBe(20);
  mustEqualAt(volatility, [
    [20, 0.0610964677027725],
    [60, 0.07014873797816217],
    [249, 0.05954119634277179],
    [501, 0.2926541331559079],
  ]);
}

function pandasEwma(): void {
  const volatility = columnsOf({ name: "ewma_vol" }, quotes())["ewma_vol_0p94"];
  expect(firstKnown(volatility)).toBe(17);
  mustEqualAt(volatility, [[501, 0.2799708118675488]]);
}

function pandasSkew(): void {
  const skew = columnsOf({ name: "skew", window: 60 }, quotes())["skew_60"];
  expect(firstKnown(skew)).toBe(60);
  mustEqualAt(skew, [
    [60, 0.09186020509049939],
    [249, 0.6313912164901145],
    [501, 0.37141502961579564],
  ]);
  mustEqualAt(columnsOf({ name: "skew", window: 20 }, quotes())["skew_20"], [
    [20, 0.3992854625275766],
    [501, 1.0222913706125805],
  ]);
}

function pandasKurtosis(): void {
  const kurtosis = columnsOf({ name: "kurtosis", window: 60 }, quotes())["kurtosis_60"];
  expect(firstKnown(kurtosis)).toBe(60);
  mustEqualAt(kurtosis, [
    [60, 1.7756964532956296],
    [249, 0.19198296830812628],
    [501, 1.1473898196193728],
  ]);
  mustEqualAt(columnsOf({ name: "kurtosis", window: 20 }, quotes())["kurtosis_20"], [
    [20, -0.37850549745721995],
    [501, 2.5170426820895377],
  ]);
}
