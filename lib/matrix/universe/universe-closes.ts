import { sessionDateOf } from "../../core/time.ts";
import type { UniverseCloses } from "../../indicators/inputs.ts";
import { adjustBars } from "../adjusted-bars.ts";
import type { UniverseSeries } from "../matrix-data.ts";
import { isMember } from "./membership.ts";

/**
 * The closes of a universe's members as each row knew them: the last adjusted close of the row's own session (on each
 * symbol's first scale), by the row's decision time. A symbol that was no member in that session, or has no bar of it yet, is
 * unknown.
 *
 * @param barEnd - decision time of each row, ascending
 * @param sessionDate - session of each row
 */
export function universeCloses(members: readonly UniverseSeries[], barEnd: Float64Array, sessionDate: Float64Array): UniverseCloses {
  return {
    symbols: members.map(({ membership }) => membership.symbol),
    closes: members.map(({ membership, series: { bars } }) => {
      const { close } = adjustBars(bars);
      const out = new Float64Array(barEnd.length).fill(Number.NaN);
      let known = 0;
      for (let row = 0; row < out.length; row++) {
        while (known < bars.length && bars.end[known]! <= barEnd[row]!) known += 1;
        const session = sessionDate[row]!;
        if (known === 0 || !isMember(membership, session) || sessionDateOf(bars.start[known - 1]!) !== session) continue;
        out[row] = close[known - 1]!;
      }
      return out;
    }),
  };
}
