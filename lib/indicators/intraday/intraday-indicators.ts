import type { IndicatorDefinition } from "../define-indicator.ts";
import { closeVsVwap } from "./close-vs-vwap.ts";
import { dayRangePos } from "./day-range-pos.ts";
import { first15mRangeZ } from "./first15m-range-z.ts";
import { hourOfDay } from "./hour-of-day.ts";
import { intradayVolRatio } from "./intraday-vol-ratio.ts";
import { intradayVwap } from "./intraday-vwap.ts";
import { minutesToClose } from "./minutes-to-close.ts";
import { openGapZ } from "./open-gap-z.ts";
import { openingRange } from "./opening-range.ts";
import { overnightGap } from "./overnight-gap.ts";
import { prevDayLevels } from "./prev-day-levels.ts";
import { realizedVolIntraday } from "./realized-vol-intraday.ts";
import { returnsLast30m } from "./returns-last-30m.ts";
import { rsiLastHour } from "./rsi-last-hour.ts";
import { sessionReturn } from "./session-return.ts";

/** What the session so far says. In the order of the docs. */
export const intradayIndicators: readonly IndicatorDefinition[] = [
  intradayVwap,
  closeVsVwap,
  dayRangePos,
  openGapZ,
  first15mRangeZ,
  openingRange,
  returnsLast30m,
  rsiLastHour,
  hourOfDay,
  minutesToClose,
  overnightGap,
  prevDayLevels,
  sessionReturn,
  intradayVolRatio,
  realizedVolIntraday,
];
