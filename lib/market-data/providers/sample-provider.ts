import type { PriceSeries } from "../../core/bars.ts";
import { readSampleSeries, SAMPLE_STAMPS, SAMPLE_SYMBOL } from "../sample.ts";
import type { DataProvider } from "./data-provider.ts";

/**
 * The real daily series that comes with an npm package: everything runs on it with no key and no network.
 *
 * @param readBytes - gives the bytes of the sample file; asked once
 */
export function createSampleProvider(readBytes: () => Promise<Uint8Array>): DataProvider {
  let series: Promise<PriceSeries> | undefined;
  const read = (): Promise<PriceSeries> => {
    series ??= readBytes()
      .then(readSampleSeries)
      .catch((error: unknown) => {
        // The next request tries again.
        series = undefined;
        throw error;
      });
    return series;
  };
  return {
    name: "sample",
    offer: async () => ({
      provider: "sample",
      description: "S&P 500 index, daily, 2000-01-03 to 2020-04-17, from the vega-datasets package",
      kinds: ["index"],
      symbols: [{ symbol: SAMPLE_SYMBOL, cadences: ["daily"], stamps: SAMPLE_STAMPS }],
      needs: null,
    }),
    bars: async ({ symbol, cadence }) => (symbol === SAMPLE_SYMBOL && cadence === "daily" ? await read() : undefined),
  };
}
