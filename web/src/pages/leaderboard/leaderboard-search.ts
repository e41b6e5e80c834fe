import { newYorkWallToUtc } from "#lib/core/time.ts";
import type { GateStatus } from "#lib/leaderboard/gate.schema.ts";

/** What the address of the leaderboard holds. */
export interface LeaderboardSearch {
  readonly pack?: string;
  readonly model?: string;
  /** Results of this sweep alone. */
  readonly sweep?: string;
  readonly gate?: Exclude<GateStatus, "ungated">;
  readonly profile?: "conservative" | "balanced" | "aggressive";
  readonly symbol?: string;
  readonly tag?: string;
  readonly simulated?: boolean;
  readonly by?: "model";
  /** Days in New York on which a result was judged, both inclusive. */
  readonly from?: string;
  readonly to?: string;
  readonly sort?: string;
  readonly q?: string;
  /** The row whose details are open. */
  readonly row?: string;
}

/** Orders that the API knows over all rows; any other is an order of what was read. */
const SERVER_ORDERS: Readonly<Record<string, "score" | "sharpe" | "total_return">> = {
  "-score": "score",
  "-sharpe": "sharpe",
  "-total_return": "total_return",
};

/** The moment at which a day in New York begins, or the one some days later. */
function beginOf(date: string, daysLater = 0): string {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  return new Date(newYorkWallToUtc(year, month, day + daysLater, 0, 0)).toISOString();
}

/** What the API is asked for. */
export function leaderboardQuery({ pack, model, sweep, gate, profile, symbol, tag, simulated, from, to, by, sort }: LeaderboardSearch) {
  const order = sort === undefined ? undefined : SERVER_ORDERS[sort];
  return {
    limit: 200,
    ...(pack === undefined ? {} : { pack_id: pack }),
    ...(model === undefined ? {} : { model_id: model }),
    ...(sweep === undefined ? {} : { sweep_id: sweep }),
    ...(gate === undefined ? {} : { gate_status: gate }),
    ...(profile === undefined ? {} : { risk_profile: profile }),
    ...(symbol === undefined ? {} : { symbol }),
    ...(tag === undefined ? {} : { tag }),
    ...(simulated === undefined ? {} : { simulated: simulated ? ("true" as const) : ("false" as const) }),
    ...(from === undefined ? {} : { created_from: beginOf(from) }),
    ...(to === undefined ? {} : { created_to: beginOf(to, 1) }),
    ...(by === undefined ? {} : { by }),
    ...(order === undefined || order === "score" ? {} : { sort: order }),
  };
}

/** Whether any filter is set. */
export const isFiltered = (search: LeaderboardSearch): boolean =>
  Object.keys(leaderboardQuery(search)).some((key) => key !== "limit" && key !== "sort");
