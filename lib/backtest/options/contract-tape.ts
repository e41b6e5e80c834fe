import type { SeriesFacts } from "../../core/bars.ts";
import type { ContractRule, ContractTerms } from "./contract-rule.ts";

/** The contract that each decision would buy, and what was known of it then. One entry for each row, rule and right. */
export interface ContractChoices {
  /** Index into the tape's contracts; -1 = none. */
  readonly contract: Float64Array;
  /** A place in `CHOICES`. */
  readonly choice: Float64Array;
  /** Dollars a share; NaN = unknown. */
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly last: Float64Array;
  /** A fraction a year, and per share. */
  readonly iv: Float64Array;
  readonly delta: Float64Array;
  /** The morning's. */
  readonly openInterest: Float64Array;
  /** Contracts traded in the session so far. */
  readonly volume: Float64Array;
}

/** Observed prices of the contracts, one contract after the other, each ascending in time. Dollars a share. */
export interface ContractPrices {
  /** Where each contract's observations begin; one entry more than contracts. */
  readonly first: Float64Array;
  /** When it was known, UTC ms. */
  readonly ms: Float64Array;
  /** NaN = no quote then. */
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  /** Of trades: the last one, or a minute's volume-weighted average; NaN = no trade. */
  readonly traded: Float64Array;
}

/** Raw high and low of the underlying's minutes, by the minutes' ends. */
export interface UnderlyingMinutes {
  readonly endMs: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
}

/**
 * What trades of options read beside the underlying's bars: for every decision of a matrix the contract that each rule would buy,
 * chosen from the chain as it was known then, and the prices of those contracts while a trade could hold them. It depends on no
 * threshold and no filter, so that every variant reads one tape. Immutable; stored under the digest of its bytes.
 */
export interface ContractTape {
  readonly schemaVersion: 1;
  readonly symbol: string;
  readonly matrixSha: string;
  readonly terms: ContractTerms;
  readonly rules: readonly ContractRule[];
  /** Decisions of the rows from `firstRow` up to `rows` of the matrix. */
  readonly firstRow: number;
  readonly rows: number;
  /** Strike in dollars, expiry date and right (1 call, -1 put) of each contract. */
  readonly strike: Float64Array;
  readonly expiry: Float64Array;
  readonly right: Float64Array;
  readonly choices: ContractChoices;
  readonly prices: ContractPrices;
  /** Null where nothing asked for them, or nobody has them. */
  readonly minutes: UnderlyingMinutes | null;
  /** Which data it was made from. */
  readonly sources: readonly ContractSource[];
}

export interface ContractSource {
  readonly role: "chains" | "option_bars" | "minutes";
  readonly facts: Pick<SeriesFacts, "provider" | "fingerprint" | "stamps">;
}

/** Place of a decision's choice. @param right - 1 call, -1 put */
export function choiceAt({ firstRow, rules }: Pick<ContractTape, "firstRow" | "rules">, row: number, rule: number, right: number): number {
  return ((row - firstRow) * rules.length + rule) * 2 + (right > 0 ? 0 : 1);
}

/**
 * The part of a tape that a view of the first `rows` rows may read: their choices, and what was known by `lastMs`. The arrays
 * are copies that end there.
 */
export function contractTapeUntil(tape: ContractTape, rows: number, lastMs: number): ContractTape {
  const kept = Math.max(0, Math.min(rows, tape.rows) - tape.firstRow) * tape.rules.length * 2;
  const { first, ...columns } = tape.prices;
  const known: number[] = [];
  const starts = new Float64Array(first.length);
  for (let contract = 0; contract + 1 < first.length; contract++) {
    for (let i = first[contract]!; i < first[contract + 1]! && columns.ms[i]! <= lastMs; i++) known.push(i);
    starts[contract + 1] = known.length;
  }
  const pick = (column: Float64Array): Float64Array => Float64Array.from(known, (i) => column[i]!);
  return {
    ...tape,
    rows: Math.min(rows, tape.rows),
    choices: mapChoices(tape.choices, (column) => column.slice(0, kept)),
    prices: { first: starts, ms: pick(columns.ms), bid: pick(columns.bid), ask: pick(columns.ask), traded: pick(columns.traded) },
    minutes: tape.minutes === null ? null : minutesUntil(tape.minutes, lastMs),
  };
}

function minutesUntil({ endMs, high, low }: UnderlyingMinutes, lastMs: number): UnderlyingMinutes {
  const kept = firstAfter(endMs, lastMs, 0, endMs.length);
  return { endMs: endMs.slice(0, kept), high: high.slice(0, kept), low: low.slice(0, kept) };
}

function mapChoices(choices: ContractChoices, change: (column: Float64Array) => Float64Array): ContractChoices {
  return Object.fromEntries(Object.entries(choices).map(([name, column]) => [name, change(column)])) as unknown as ContractChoices;
}

/** Place of the first value after a moment in an ascending part of an array; `end` when there is none. */
export function firstAfter(times: Float64Array, moment: number, start: number, end: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
