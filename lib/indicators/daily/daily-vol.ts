import * as z from "zod";
import { defineIndicator } from "../define-indicator.ts";
import { SESSIONS_PER_YEAR } from "../inputs.ts";
import { rollingMoments } from "../kernels/rolling.ts";
import { knownAtOpen, rolledUpSessions } from "../session-series.ts";

export const dailyVol = defineIndicator({
  name: "daily_vol",
  version: 1,
  category: "daily",
  subcategory: "dispersion",
  timeframe: "any",
  inputs: ["close", "sessionDate", "barStart"],
  params: z.strictObject({ window: z.int().min(2).max(5000).default(20).describe("Daily returns in the window") }),
  doc: "Volatility of the sessions' closes, a fraction a year, as it was known at the session's open.",
  notes:
    "Sample standard deviation of daily log returns times the square root of 252, whatever the cadence; the value of the last completed session, on daily bars too. NaN while the window holds a session without a known close, and at an unknown bar.",
  source: "std(ln(close(s) / close(s - 1)), n - 1) x sqrt(252)",
  memory: "finite",
  columns: ({ window }) => [{ name: `close_vol_${window}_d`, unit: "volatility", flat: 0 }],
  warmupBars: ({ window }, barsPerSession = 1) => (window + 1) * barsPerSession,
  compute(inputs, { window }) {
    const { close } = rolledUpSessions(inputs);
    const returns = close.map((now, s) => {
      const before = s > 0 ? close[s - 1]! : Number.NaN;
      return now > 0 && before > 0 ? Math.log(now / before) : Number.NaN;
    });
    const { std } = rollingMoments(returns, window, 1);
    for (let s = 0; s < std.length; s++) std[s] = std[s]! * Math.sqrt(SESSIONS_PER_YEAR);
    return [knownAtOpen(inputs, std)];
  },
});
