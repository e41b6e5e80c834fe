import { last, mean, type Oracle, score } from "./arithmetic.ts";

export const volumeOracles: Readonly<Record<string, Oracle>> = {
  obv({ close, volume }, _, t) {
    let [before, total, started] = [Number.NaN, 0n, false];
    for (let i = 0; i <= t; i++) {
      if (Number.isNaN(close[i]!) || Number.isNaN(volume[i]!)) continue;
      if (!started) total = BigInt(volume[i]!);
      else total += BigInt(Math.sign(close[i]! - before) * volume[i]!);
      [before, started] = [close[i]!, true];
    }
    return [Number.isNaN(close[t]!) || Number.isNaN(volume[t]!) ? Number.NaN : Number(total)];
  },
  vol_zscore: ({ volume }, { window }, t) => [score(last(volume, t, window!))],
  vol_ratio({ volume }, { window }, t) {
    const usual = mean(last(volume, t, window!));
    return [usual > 0 ? volume[t]! / usual : Number.NaN];
  },
};
