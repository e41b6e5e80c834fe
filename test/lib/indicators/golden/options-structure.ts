import { expect } from "vitest";
import { NYSE } from "#lib/core/calendar.ts";
import type { FlowCells, OptionChain } from "#lib/core/option-data.ts";
import type { IndicatorInputs } from "#lib/indicators/inputs.ts";
import type { IndicatorEntry } from "#lib/indicators/resolve.ts";
import { chainOf, pair, type TestContract } from "../../options/chain/build-chain.ts";
import { closingChain, columnsOnDays } from "./day-bars.ts";
import type { Golden } from "./golden.ts";

export const optionsStructureGolden: readonly Golden[] = [
  { indicator: "max_pain", against: "statistics.md 13", check: maxPain },
  { indicator: "dist_to_max_pain", against: "statistics.md 13", differs: "the close two dollars above it is ours", check: distToMaxPain },
  { indicator: "gex_naive", against: "statistics.md 13", check: gexNaive },
  { indicator: "gex_signed", against: "statistics.md flow 2 and 3", check: gexSigned },
];

const SESSION = 20240701;
const at = (entry: IndicatorEntry, chains: readonly OptionChain[], data: Parameters<typeof columnsOnDays>[2] = {}): number =>
  Object.values(columnsOnDays(entry, [SESSION], { chains, ...data }))[0]![0]!;

const open = (strike: number, call: number, put: number): TestContract[] => [
  { strike, right: 1, openInterest: call },
  { strike, right: -1, openInterest: put },
];
const TEXTBOOK = closingChain(SESSION, [...open(95, 9, 21), ...open(100, 45, 33), ...open(105, 25, 5)]);

function maxPain(): void {
  expect(at({ name: "max_pain" }, [TEXTBOOK])).toBe(100);
}

function distToMaxPain(): void {
  expect(at({ name: "dist_to_max_pain" }, [TEXTBOOK], { close: [102] })).toBeCloseTo(0.02, 12);
  expect(at({ name: "distance_to_max_pain" }, [TEXTBOOK], { close: [102] })).toBeCloseTo(0.02, 12);
}

function gexNaive(): void {
  const contract = (strike: number, right: 1 | -1, openInterest: number, gamma: number): TestContract => ({
    strike,
    right,
    openInterest,
    gamma,
  });
  const index = [
    contract(4990, 1, 1200, 0.003),
    contract(5000, 1, 2500, 0.0032),
    contract(5010, 1, 1800, 0.003),
    contract(4990, -1, 2000, 0.003),
    contract(5000, -1, 2600, 0.0032),
    contract(5010, -1, 900, 0.003),
  ];
  expect(at({ name: "gex_naive" }, [closingChain(SESSION, index, 5000)])).toBeCloseTo(-500_000, 6);
  const glossary = closingChain(SESSION, [contract(520, 1, 62_000, 0.038)], 520);
  expect(at({ name: "gex_naive" }, [glossary]) / 1e6).toBeCloseTo(637.06, 2);
}

/** The tape of flow 2 as one bar's cells, the gammas of flow 3. */
function gexSigned(): void {
  const start = NYSE.openOf(SESSION);
  const gammas = [0.1020741386, 0.1335374225, 0.1508805022, 0.1473625358, 0.1245211349];
  const chain = chainOf(
    gammas.flatMap((gamma, k) => pair(498 + k, { gamma, expiry: SESSION })),
    { sessionDate: SESSION, knownAt: NYSE.closeOf(SESSION) - 7_200_000, underlyingPrice: 500.3 },
  );
  const column = (...values: number[]): Float64Array => Float64Array.from(values);
  const [callBought, callSold] = [column(0, 0, 0, 5, 0), column(0, 0, 10, 10, 20)];
  const [putBought, putSold] = [column(0, 12, 9, 0, 0), column(30, 8, 0, 0, 0)];
  const unread = column(0, 0, 0, 0, 0);
  const flowCells: FlowCells = {
    underlying: "SPY",
    length: 5,
    barStart: unread.map(() => start),
    strike: column(498, 499, 500, 501, 502),
    callVolume: callBought.map((bought, i) => bought + callSold[i]!),
    putVolume: putBought.map((bought, i) => bought + putSold[i]!),
    callPremium: unread,
    putPremium: unread,
    callBought,
    callSold,
    putBought,
    putSold,
    callBoughtPremium: unread,
    callSoldPremium: unread,
    putBoughtPremium: unread,
    putSoldPremium: unread,
  };
  const data: Partial<Omit<IndicatorInputs, "close">> = { flowCells, barEnd: column(NYSE.closeOf(SESSION) - 7_200_000) };
  expect(at({ name: "gex_signed" }, [chain], data)).toBeCloseTo(1_478_319.98, 2);
}
