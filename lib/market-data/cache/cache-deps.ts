import type { TradingCalendar } from "../../core/calendar.ts";
import type { ArtifactStore } from "../../ports/artifact-store.ts";
import type { Clock } from "../../ports/clock.ts";
import type { HistorySource } from "../history-source.ts";
import type { DownloadLease } from "./download-lease.ts";

/** What every part of the cache works with. */
export interface CacheDeps {
  readonly source: HistorySource;
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
  readonly calendar: TradingCalendar;
  readonly lease: DownloadLease;
}
