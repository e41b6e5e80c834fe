import type { Rng } from "../../core/rng.ts";
import type { EvaluationContext, SelectedOrders, VariantEvaluation } from "../evaluate-variant.ts";

/** Trades whose sessions touch, moved together: the sessions that they span, and where in them each is decided. */
interface Cluster {
  readonly sessions: number;
  readonly orders: readonly ClusterOrder[];
}

interface ClusterOrder {
  readonly symbol: number;
  /** Session of the entry within the cluster, and the entry's bar within that session, of its symbol. */
  readonly session: number;
  readonly barInSession: number;
  /** Bars from the decision to the entry. */
  readonly ahead: number;
  readonly side: number;
  readonly size: number;
}

/** Fewer movable groups of trades than this leave nothing to draw from. */
export const MIN_CLUSTERS = 5;

/**
 * Random entries that keep everything of the headline's trades but their days: count, sides, sizes, hours, lengths and which
 * trades lie together. The groups of trades and the idle sessions between them are put in a random order.
 *
 * A place where a session is too short for an entry's hour, or across which data are missing, drops that entry; a bracket that
 * ended a trade early elsewhere may keep it open here, and the account then has no room for the next. So a draw may have a few
 * trades less.
 *
 * @param selected - the orders that the headline's trades came from
 * @returns a function that makes the orders of one draw; null with fewer than `MIN_CLUSTERS` groups
 */
export function randomEntries(
  context: EvaluationContext,
  { trades, terms }: VariantEvaluation,
  selected: SelectedOrders,
): ((rng: Rng) => SelectedOrders) | null {
  const { tape, range, decisionEnd } = context;
  const clusters = clustersOf(context, trades, selected.orders.size);
  if (clusters.length < MIN_CLUSTERS) return null;
  const firstSession = tape.session[range.start]!;
  const sessions = tape.session[range.end - 1]! - firstSession + 1;
  const busy = clusters.reduce((sum, cluster) => sum + cluster.sessions, 0);
  const firstBars = tape.firstBars();
  const fold = foldsByRow(context);

  return (rng) => {
    const side = new Int8Array(tape.rows);
    const size = new Float64Array(tape.rows);
    const order = shuffled(clusters, rng);
    const gaps = randomGaps(Math.max(0, sessions - busy), order.length, rng);
    let session = firstSession;
    let placed = 0;
    for (const [i, cluster] of order.entries()) {
      session += gaps[i]!;
      for (const entry of cluster.orders) {
        const at = session + entry.session;
        const first = at < tape.sessions ? firstBars[entry.symbol * tape.sessions + at]! : -1;
        const row = first < 0 ? -1 : tape.rowAhead(first, entry.barInSession);
        const decision = row < 0 ? -1 : tape.rowAhead(row, -entry.ahead);
        const fits = tape.session[row] === at && decision >= range.start && decision < decisionEnd;
        if (!fits || tape.nextHole[decision]! < tape.bar[decision]! + terms.holdBars) continue;
        side[decision] = entry.side;
        size[decision] = entry.size;
        placed++;
      }
      session += cluster.sessions;
    }
    return { orders: { side, size, fold }, selected: placed };
  };
}

/** Groups of trades whose sessions touch, in time order. */
function clustersOf({ tape }: EvaluationContext, trades: VariantEvaluation["trades"], sizes: Float64Array | null): Cluster[] {
  const firstBars = tape.firstBars();
  const clusters: { first: number; last: number; orders: ClusterOrder[] }[] = [];
  for (let i = 0; i < trades.count; i++) {
    const entryRow = trades.entryRow[i]!;
    const entered = tape.session[entryRow]!;
    const left = tape.session[trades.exitRow[i]!]!;
    let cluster = clusters.at(-1);
    if (cluster === undefined || entered > cluster.last) {
      cluster = { first: entered, last: left, orders: [] };
      clusters.push(cluster);
    }
    cluster.last = Math.max(cluster.last, left);
    const symbol = tape.symbol[entryRow]!;
    cluster.orders.push({
      symbol,
      session: entered - cluster.first,
      barInSession: tape.bar[entryRow]! - tape.bar[firstBars[symbol * tape.sessions + entered]!]!,
      ahead: tape.bar[entryRow]! - tape.bar[trades.decisionRow[i]!]!,
      side: trades.side[i]!,
      // As ordered: targeting scales it by the volatility of the day that it lands on.
      size: sizes === null ? 1 : sizes[trades.decisionRow[i]!]!,
    });
  }
  return clusters.map(({ first, last, orders }) => ({ sessions: last - first + 1, orders }));
}

/** Which fold's block each row lies in; the first one's before them. */
function foldsByRow({ tape, input }: EvaluationContext): Int8Array {
  const fold = new Int8Array(tape.rows);
  for (const { testStart, testEnd, fold: index } of input.predictions) fold.fill(index, testStart, testEnd);
  return fold;
}

function shuffled<T>(items: readonly T[], rng: Rng): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

/** Idle sessions before each of `count` groups: every way to spread them, over the end too, is equally likely. */
function randomGaps(idle: number, count: number, rng: Rng): number[] {
  // Stars and bars: choose which of the idle sessions and groups, in a row, are groups.
  const gaps: number[] = [];
  let left = idle;
  let groups = count;
  let gap = 0;
  while (groups > 0) {
    if (rng.uniform() * (left + groups) < groups) {
      gaps.push(gap);
      gap = 0;
      groups--;
    } else {
      gap++;
      left--;
    }
  }
  return gaps;
}
