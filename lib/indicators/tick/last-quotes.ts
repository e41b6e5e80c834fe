import type { IndicatorInputs } from "../inputs.ts";

/**
 * For each row the place of the last quote that came within the bar, before its end; -1 where none did, or where it is crossed,
 * locked or without size.
 */
export function lastQuotes(inputs: IndicatorInputs): Float64Array {
  return inputs.shared.get("last_quote", () => {
    const out = new Float64Array(inputs.length).fill(-1);
    const quotes = inputs.tape?.quotes;
    if (!quotes) return out;
    const { ts, bid, ask, bidSize, askSize } = quotes;
    let next = 0;
    for (let t = 0; t < out.length; t++) {
      while (next < quotes.length && ts[next]! < inputs.barEnd[t]!) next += 1;
      const last = next - 1;
      if (last < 0 || ts[last]! < inputs.barStart[t]!) continue;
      const sound = bid[last]! > 0 && ask[last]! > bid[last]! && bidSize[last]! >= 0 && askSize[last]! >= 0;
      if (sound && bidSize[last]! + askSize[last]! > 0) out[t] = last;
    }
    return out;
  });
}
