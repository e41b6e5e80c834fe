import { NYSE } from "../../core/calendar.ts";
import type { OptionBars, OptionChain, OptionRight } from "../../core/option-data.ts";
import type { DateNumber } from "../../core/time.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import type { LabelEntry } from "../../matrix/label.schema.ts";
import type { Matrix } from "../../matrix/matrix.ts";
import type { Sides } from "../selection.ts";
import { CHOSEN, chooseContract, deltaOf, NO_CHAIN, volatilityOf } from "./choose-contract.ts";
import { isQuote } from "./contract-prices.ts";
import type { ContractRule, ContractTerms } from "./contract-rule.ts";
import { type ContractChoices, type ContractSource, type ContractTape, choiceAt, type UnderlyingMinutes } from "./contract-tape.ts";

/** About 40 bytes each while a tape is made. */
const MAX_OBSERVATIONS = 4_000_000;
const MINUTE_MS = 60_000;
/** Trades after an open that may stand for the price at it. */
const OPENING_MS = 15 * MINUTE_MS;

export interface ContractTapePlan extends ContractTerms {
  readonly matrix: Pick<Matrix, "info" | "rows" | "ts" | "barStart" | "sessionDate" | "close">;
  readonly rules: readonly ContractRule[];
  /** Rights that may be bought: calls where buys trade, puts where sells do. */
  readonly sides: Sides;
  /** First row that may decide. */
  readonly firstRow: number;
  readonly entry: LabelEntry;
  /** Longest hold of any variant, in bars; a trade of a session-bound model ends in its session. */
  readonly longestHoldBars: number;
  readonly sessionBound: boolean;
  /** Whether exits or entries inside a bar need prices of every minute. */
  readonly everyMinute: boolean;
}

/** Makes a contract tape session after session, in order. It keeps what the sessions before chose, and nothing of their chains. */
export interface ContractTapeBuilder {
  /** Sessions of rows that may decide, or that may follow one that did. */
  readonly sessions: readonly DateNumber[];
  /**
   * Lets the decisions of a session choose, and notes what its snapshots quote of all contracts that a trade may hold.
   *
   * @param snapshots - of that session, ascending by the moment they were known
   * @returns expiries whose minute bars would say more
   */
  session(date: DateNumber, snapshots: readonly OptionChain[]): DateNumber[];
  /** Notes minute bars of a session's contracts, after its snapshots. */
  traded(bars: OptionBars): void;
  finish(minutes: UnderlyingMinutes | null, sources: readonly ContractSource[]): ContractTape;
}

/** A contract that some decision chose. */
interface Held {
  readonly strike: number;
  readonly expiry: DateNumber;
  readonly right: number;
  /** Last row whose decision chose it, and last row at which a trade may hold it. */
  chosen: number;
  until: number;
  /** Where the last snapshot had it: snapshots of a session list contracts in one order. */
  place: number;
  readonly ms: number[];
  readonly bid: number[];
  readonly ask: number[];
  readonly traded: number[];
}

/** @throws UNPROCESSABLE when the tape would be larger than memory should bear */
export function createContractTapeBuilder(plan: ContractTapePlan): ContractTapeBuilder {
  const { matrix, rules, sides, firstRow, entry } = plan;
  const { rows, ts, barStart, sessionDate } = matrix;
  const rights = [...(sides.long ? [1] : []), ...(sides.short ? [-1] : [])] as OptionRight[];
  const shape = { firstRow, rules };
  const choices = emptyChoices(Math.max(0, rows - firstRow) * rules.length * 2);
  const held: Held[] = [];
  const byKey = new Map<string, number>();
  const rowsOf = sessionRows(sessionDate, firstRow);
  // Entries at the deciding close leave at closes too, so that snapshots price all of them; the night's end at an open.
  const overNight = matrix.info.label.kind === "close_to_open";
  const opensAtOpen = entry === "next_open";
  // A signal of a side that does not trade closes at the next open, and so ends a label over the night.
  const closesAtOpen = overNight || (opensAtOpen && sides.long !== sides.short);
  let active: Held[] = [];
  /** Of the active ones, those without a quote in the session's snapshots: their trades are all that is known. */
  let unquoted: ReadonlySet<Held> = new Set();
  let observations = 0;

  const idOf = (strike: number, expiry: number, right: number): number => {
    const key = `${expiry}/${right}/${strike}`;
    const known = byKey.get(key);
    if (known !== undefined) return known;
    byKey.set(key, held.length);
    held.push({ strike, expiry, right, chosen: -1, until: -1, place: 0, ms: [], bid: [], ask: [], traded: [] });
    return held.length - 1;
  };

  const note = (contract: Held, ms: number, bid: number, ask: number, traded: number): void => {
    contract.ms.push(ms);
    contract.bid.push(bid);
    contract.ask.push(ask);
    contract.traded.push(traded);
    observations++;
    if (observations > MAX_OBSERVATIONS)
      throw new SigmaError(
        "UNPROCESSABLE",
        `The options of this run have more than ${MAX_OBSERVATIONS} prices. Shorten the window, the holds or the axes strike_selection and dte_target.`,
        { limit: MAX_OBSERVATIONS },
      );
  };

  const chooseAt = (row: number, lastRow: number, markets: readonly OptionChain[], morning: OptionChain | undefined): void => {
    const chain = markets.findLast(({ knownAt }) => knownAt > barStart[row]! && knownAt <= ts[row]!);
    const { session, ms } = entryOf(entry, sessionDate[row]!, overNight ? NYSE.closeOf(sessionDate[row]!) : ts[row]!);
    for (let rule = 0; rule < rules.length; rule++) {
      for (const right of rights) {
        const at = choiceAt(shape, row, rule, right);
        if (chain === undefined) {
          choices.choice[at] = NO_CHAIN;
          continue;
        }
        const spot = Number.isNaN(chain.underlyingPrice) ? matrix.close[row]! : chain.underlyingPrice;
        const { index, choice } = chooseContract(chain, { ...plan, rule: rules[rule]!, right, entrySession: session, entryMs: ms, spot });
        choices.choice[at] = choice;
        if (choice !== CHOSEN) continue;
        const id = idOf(chain.strike[index]!, chain.expiry[index]!, right);
        const contract = held[id]!;
        contract.chosen = row;
        contract.until = Math.max(contract.until, Math.min(row + plan.longestHoldBars, plan.sessionBound ? lastRow : rows - 1));
        choices.contract[at] = id;
        choices.bid[at] = chain.bid[index]!;
        choices.ask[at] = chain.ask[index]!;
        choices.last[at] = chain.last[index]!;
        choices.iv[at] = volatilityOf(chain, index, spot);
        choices.delta[at] = deltaOf(chain, index, spot);
        choices.openInterest[at] = openInterestOf(chain, index, morning);
        choices.volume[at] = chain.volume[index]!;
      }
    }
  };

  return {
    sessions: [...rowsOf.keys()],
    session(date, snapshots) {
      const span = rowsOf.get(date);
      if (span === undefined) return [];
      const markets = snapshots.filter(hasMarket);
      // A snapshot of the morning may know nothing but the open interest.
      const morning = snapshots.find(({ openInterest }) => openInterest.some((value) => value > 0));
      const atOpen = held.filter(
        ({ chosen, until }) => until >= span.start && (closesAtOpen || (opensAtOpen && chosen === span.start - 1)),
      );
      for (let row = span.start; row < span.end; row++) chooseAt(row, span.end - 1, markets, morning);
      active = held.filter(({ until }) => until >= span.start);
      const quotedOnes = new Set<Held>();
      for (const contract of active) {
        for (const chain of markets) {
          const i = placeOf(chain, contract);
          if (i < 0) continue;
          const quoted = isQuote(chain.bid[i]!, chain.ask[i]!);
          if (quoted) quotedOnes.add(contract);
          if (quoted) note(contract, chain.knownAt, chain.bid[i]!, chain.ask[i]!, Number.NaN);
          else if (chain.last[i]! > 0) note(contract, chain.knownAt, Number.NaN, Number.NaN, chain.last[i]!);
        }
      }
      unquoted = new Set(active.filter((contract) => !quotedOnes.has(contract)));
      const wanted = plan.everyMinute ? active : [...atOpen, ...unquoted];
      return [...new Set(wanted.map(({ expiry }) => expiry))].filter((expiry) => expiry >= date).sort((a, b) => a - b);
    },
    traded({ length, start, strike, right, vwap, close, sessionDate: date, expiry }) {
      const opening = NYSE.openOf(date) + OPENING_MS;
      const ofExpiry = active.filter((contract) => contract.expiry === expiry);
      const wholeDay = plan.everyMinute || ofExpiry.some((contract) => unquoted.has(contract));
      for (let i = 0; i < length; i++) {
        if (!wholeDay && start[i]! >= opening) break;
        const contract = ofExpiry.find((one) => one.strike === strike[i] && one.right === right[i]);
        if (!plan.everyMinute && start[i]! >= opening && contract && !unquoted.has(contract)) continue;
        const price = vwap[i]! > 0 ? vwap[i]! : close[i]!;
        if (contract && price > 0) note(contract, start[i]! + MINUTE_MS, Number.NaN, Number.NaN, price);
      }
    },
    finish: (minutes, sources) => ({
      schemaVersion: 1,
      symbol: matrix.info.symbol,
      matrixSha: matrix.info.matrixSha,
      terms: { targetDelta: plan.targetDelta, weeklyOk: plan.weeklyOk },
      rules,
      firstRow,
      rows,
      strike: Float64Array.from(held, ({ strike }) => strike),
      expiry: Float64Array.from(held, ({ expiry }) => expiry),
      right: Float64Array.from(held, ({ right }) => right),
      choices,
      prices: pricesOf(held),
      minutes,
      sources,
    }),
  };
}

/**
 * Session and moment at which a position would open: known from the calendar, whatever bars follow.
 *
 * @param at - the decision's moment, or the close that it waits for, UTC ms
 */
function entryOf(entry: LabelEntry, session: DateNumber, at: number): { readonly session: DateNumber; readonly ms: number } {
  if (entry === "decision_close" || at < NYSE.closeOf(session)) return { session, ms: at };
  const next = NYSE.nextSession(session);
  return { session: next, ms: NYSE.openOf(next) };
}

/** Half-open row ranges of the sessions from a row on. */
function sessionRows(sessionDate: Float64Array, firstRow: number): Map<DateNumber, { start: number; end: number }> {
  const spans = new Map<DateNumber, { start: number; end: number }>();
  for (let row = firstRow; row < sessionDate.length; row++) {
    const date = sessionDate[row]!;
    const span = spans.get(date);
    if (span) span.end = row + 1;
    else spans.set(date, { start: row, end: row + 1 });
  }
  return spans;
}

const hasMarket = ({ ask, last, iv }: OptionChain): boolean =>
  ask.some((value) => value > 0) || last.some((value) => value > 0) || iv.some((value) => value > 0);

/** The morning's open interest: of the snapshot itself, else of the one that opened the session. */
function openInterestOf(chain: OptionChain, index: number, morning: OptionChain | undefined): number {
  const own = chain.openInterest[index]!;
  if (!Number.isNaN(own) || morning === undefined) return own;
  const contract = { strike: chain.strike[index]!, expiry: chain.expiry[index]!, right: chain.right[index]!, place: index };
  const place = placeOf(morning, contract);
  return place < 0 ? Number.NaN : morning.openInterest[place]!;
}

function placeOf(
  { length, strike, expiry, right }: OptionChain,
  contract: { readonly strike: number; readonly expiry: number; readonly right: number; place: number },
): number {
  const isIt = (i: number): boolean => strike[i] === contract.strike && expiry[i] === contract.expiry && right[i] === contract.right;
  if (contract.place < length && isIt(contract.place)) return contract.place;
  for (let i = 0; i < length; i++) {
    if (!isIt(i)) continue;
    contract.place = i;
    return i;
  }
  return -1;
}

function emptyChoices(length: number): ContractChoices {
  const unknown = (): Float64Array => new Float64Array(length).fill(Number.NaN);
  return {
    contract: new Float64Array(length).fill(-1),
    choice: new Float64Array(length).fill(NO_CHAIN),
    bid: unknown(),
    ask: unknown(),
    last: unknown(),
    iv: unknown(),
    delta: unknown(),
    openInterest: unknown(),
    volume: unknown(),
  };
}

/** All contracts' observations, each ascending. */
function pricesOf(held: readonly Held[]): ContractTape["prices"] {
  const first = new Float64Array(held.length + 1);
  for (const [id, { ms }] of held.entries()) first[id + 1] = first[id]! + ms.length;
  const column = (): Float64Array => new Float64Array(first[held.length]!);
  const out = { first, ms: column(), bid: column(), ask: column(), traded: column() };
  for (const [id, contract] of held.entries()) {
    const order = [...contract.ms.keys()].sort((a, b) => contract.ms[a]! - contract.ms[b]! || a - b);
    for (const [k, i] of order.entries()) {
      const at = first[id]! + k;
      out.ms[at] = contract.ms[i]!;
      out.bid[at] = contract.bid[i]!;
      out.ask[at] = contract.ask[i]!;
      out.traded[at] = contract.traded[i]!;
    }
  }
  return out;
}
