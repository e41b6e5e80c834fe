import { NYSE } from "#lib/core/calendar.ts";
import type { OptionChain } from "#lib/core/option-data.ts";
import type { Columns } from "../series.ts";
import { last, leastSquaresThrough, mean, type Oracle, score, sum } from "./arithmetic.ts";
import { bookOf, contractsIn, eod, lastOfSession, latest, snapshotAt } from "./chain-arithmetic.ts";

const known = (x: number): boolean => !Number.isNaN(x);

const putsPerCall = (chain: OptionChain, scope: string, what: "open" | "volume"): number => {
  if (!(what === "open" ? bookOf(chain).goodOpen : bookOf(chain).goodVolume)) return Number.NaN;
  const total = (call: boolean): number =>
    sum(
      contractsIn(chain, scope)
        .filter((one) => one.call === call && known(one[what]))
        .map((one) => one[what]),
    );
  return total(true) > 0 ? total(false) / total(true) : Number.NaN;
};

function putsLessCalls(chain: OptionChain): number {
  const traded = contractsIn(chain, "all").filter(({ volume }) => known(volume));
  if (!bookOf(chain).goodVolume || traded.length === 0) return Number.NaN;
  return sum(traded.map(({ call, volume }) => (call ? -volume : volume)));
}

const totalOpen = (chain: OptionChain, from = 0): number => {
  const open = contractsIn(chain, "all").filter((one) => one.expiry >= from && known(one.open));
  return bookOf(chain).goodOpen && open.length > 0 ? sum(open.map((one) => one.open)) : Number.NaN;
};

/** The last close that the rows up to t know of a session. */
const closeOf = ({ close, sessionDate }: Columns, session: number, t: number): number => {
  const row = [...sessionDate.slice(0, t).keys()].findLast((i) => sessionDate[i] === session && known(close[i]!));
  return row === undefined ? Number.NaN : close[row]!;
};

const scope = (params: Record<string, number>): string => String(params["expiry"]);

export const optionsFlowOracles: Readonly<Record<string, Oracle>> = {
  pcr_volume: (bars, params, t) => [latest(bars, t, ["volume"], (chain) => putsPerCall(chain, scope(params), "volume"))],
  pcr_oi: (bars, params, t) => [latest(bars, t, ["open"], (chain) => putsPerCall(chain, scope(params), "open"))],
  pcr_eod: (bars, params, t) => [eod(bars, t, ["volume"], (chain) => putsPerCall(chain, scope(params), "volume"))],
  div_eod(bars, _, t) {
    const [one, two] = [NYSE.addSessions(bars.sessionDate[t]!, -1), NYSE.addSessions(bars.sessionDate[t]!, -2)];
    const change = Math.sign(closeOf(bars, one, t) - closeOf(bars, two, t));
    return [-change * Math.sign(eod(bars, t, ["volume"], putsLessCalls))];
  },
  oi_change_1d(bars, _, t) {
    const now = snapshotAt(bars, t, ["open"]);
    const before = now && lastOfSession(bars.extras!.chains, NYSE.previousSession(now.sessionDate), now.knownAt, ["open"]);
    if (!now || !before) return [Number.NaN];
    const first = Math.min(...bookOf(now).contracts.map(({ expiry }) => expiry));
    const earlier = totalOpen(before, first);
    return [earlier > 0 ? totalOpen(now) / earlier - 1 : Number.NaN];
  },
  oi_trend(bars, { window }, t) {
    const now = snapshotAt(bars, t, ["open"]);
    if (!now) return [Number.NaN];
    const mornings = Array.from({ length: window! }, (_, k) => {
      const session = NYSE.addSessions(now.sessionDate, -k);
      const chain = lastOfSession(bars.extras!.chains, session, now.knownAt, ["open"]);
      return { x: -k, y: chain ? totalOpen(chain) : Number.NaN };
    }).filter(({ y }) => known(y));
    if (mornings.length < 0.6 * window!) return [Number.NaN];
    return [leastSquaresThrough(mornings) / mean(mornings.map(({ y }) => y))];
  },
  sold_flow_ratio({ extras }, { window }, t) {
    const [calls, puts] = [extras!.flow!.get("calls_sold_total")!, extras!.flow!.get("puts_sold_total")!];
    return [
      mean(
        last(
          calls.map((value, i) => (puts[i]! + 1e-6) / (value + 1e-6)),
          t,
          window!,
        ),
      ),
    ];
  },
  flow_imbalance_z({ extras }, { window }, t) {
    const [calls, puts] = [extras!.flow!.get("calls_sold_total")!, extras!.flow!.get("puts_sold_total")!];
    return [
      score(
        last(
          calls.map((value, i) => value - puts[i]!),
          t,
          window!,
        ),
      ),
    ];
  },
  unusual_volume_oi: (bars, params, t) => [
    latest(bars, t, ["volume"], (chain) => {
      const { goodOpen, goodVolume } = bookOf(chain);
      const both = contractsIn(chain, scope(params)).filter(({ open, volume }) => known(open) && known(volume));
      const all = sum(both.map(({ volume }) => volume));
      const unusual = sum(both.filter(({ open, volume }) => volume > params["multiple"]! * open).map(({ volume }) => volume));
      return goodOpen && goodVolume && all > 0 ? unusual / all : Number.NaN;
    }),
  ],
};
