import { describe, expect, it } from "vitest";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import { describeWithShared } from "../../support/shared-data.ts";
import { calendarGolden } from "./golden/calendar.ts";
import { dailyGolden } from "./golden/daily.ts";
import { intradayGolden } from "./golden/intraday.ts";
import { momentumGolden } from "./golden/momentum.ts";
import { optionsFlowGolden } from "./golden/options-flow.ts";
import { optionsStructureGolden } from "./golden/options-structure.ts";
import { optionsVolatilityGolden } from "./golden/options-volatility.ts";
import { regimeGolden } from "./golden/regime.ts";
import { trendGolden } from "./golden/trend.ts";
import { volatilityGolden } from "./golden/volatility.ts";
import { volumeGolden } from "./golden/volume.ts";

const GOLDEN = [
  ...trendGolden,
  ...momentumGolden,
  ...volatilityGolden,
  ...volumeGolden,
  ...intradayGolden,
  ...dailyGolden,
  ...calendarGolden,
  ...regimeGolden,
  ...optionsVolatilityGolden,
  ...optionsFlowGolden,
  ...optionsStructureGolden,
];

const titleOf = ({ indicator, against, differs }: (typeof GOLDEN)[number]): string =>
  `${indicator} against ${against}${differs === undefined ? "" : ` (${differs})`}`;

describe("published values", () => {
  for (const golden of GOLDEN.filter(({ files }) => files === undefined)) it(titleOf(golden), golden.check);

  it("are compared for definitions of the registry, at least sixty of them", () => {
    const compared = new Set(GOLDEN.map(({ indicator }) => indicator));
    for (const indicator of compared) expect([...INDICATORS.keys()]).toContain(indicator);
    console.log(
      `${compared.size} of ${INDICATORS.size} definitions are compared with published values:\n${GOLDEN.map(titleOf).join("\n")}`,
    );
    expect(compared.size).toBeGreaterThanOrEqual(60);
  });
});

describeWithShared("the reference results, 502 daily bars", [...new Set(GOLDEN.flatMap(({ files = [] }) => files))], () => {
  for (const golden of GOLDEN.filter(({ files }) => files !== undefined)) it(titleOf(golden), golden.check);
});
