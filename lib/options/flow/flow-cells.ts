import type { Cadence } from "../../core/bars.ts";
import type { FlowCells, OptionBars, OptionTape } from "../../core/option-data.ts";
import { SigmaError } from "../../errors/sigma-error.ts";
import { createFlowCellBuilder, SHARES_PER_CONTRACT } from "./cell-builder.ts";

/**
 * Sums one session's option bars into bars of the model's cadence, strike by strike.
 *
 * Option bars belong to the bar in which they start, so they must not be longer than the cadence. What trades after the close
 * (options on large funds do until 16:15) is left out. A bar without volume adds nothing; unknown volume or price makes the sum
 * unknown. Who bought and who sold is not in bars: NaN.
 *
 * @returns contracts, and premium in US dollars: volume x vwap x 100
 * @throws DATA_INVALID when the contracts expire on another day or the bars do not ascend; INVALID_PARAM when there is no such session
 */
export function flowCellsFromBars(bars: OptionBars, cadence: Cadence): FlowCells {
  const builder = createFlowCellBuilder(bars, cadence, false);
  for (let i = 0; i < bars.length; i++) {
    const volume = bars.volume[i]!;
    if (volume === 0) continue;
    const sums = builder.at(bars.start[i]!, bars.strike[i]!);
    if (!sums) continue;
    const premium = volume * bars.vwap[i]! * SHARES_PER_CONTRACT;
    if (bars.right[i] === 1) {
      sums.callVolume += volume;
      sums.callPremium += premium;
    } else {
      sums.putVolume += volume;
      sums.putPremium += premium;
    }
  }
  return builder.finish();
}

/**
 * Sums one session's trades into bars of the model's cadence, strike by strike. Volume counts every trade; bought and sold
 * those whose side is known.
 *
 * @param sides - of each trade, as `signTrades` gives them: 1 = bought, -1 = sold, 0 = unknown
 * @returns contracts, and premium in US dollars: size x price x 100
 * @throws DATA_INVALID as `flowCellsFromBars`, or when there is not one side for each trade
 */
export function flowCellsFromTape(tape: OptionTape, sides: Int8Array, cadence: Cadence): FlowCells {
  const { trades, strike, right } = tape;
  if (sides.length !== trades.length) {
    throw new SigmaError(
      "DATA_INVALID",
      `Expected ${trades.length} sides, one for each trade of ${tape.underlying}; found ${sides.length}.`,
      {
        trades: trades.length,
        sides: sides.length,
      },
    );
  }
  const builder = createFlowCellBuilder(tape, cadence, true);
  for (let i = 0; i < trades.length; i++) {
    const contract = trades.contract[i]!;
    const sums = builder.at(trades.ts[i]!, strike[contract]!);
    if (!sums) continue;
    const size = trades.size[i]!;
    const premium = size * trades.price[i]! * SHARES_PER_CONTRACT;
    if (right[contract] === 1) {
      sums.callVolume += size;
      sums.callPremium += premium;
      if (sides[i] === 1) {
        sums.callBought += size;
        sums.callBoughtPremium += premium;
      } else if (sides[i] === -1) {
        sums.callSold += size;
        sums.callSoldPremium += premium;
      }
    } else {
      sums.putVolume += size;
      sums.putPremium += premium;
      if (sides[i] === 1) {
        sums.putBought += size;
        sums.putBoughtPremium += premium;
      } else if (sides[i] === -1) {
        sums.putSold += size;
        sums.putSoldPremium += premium;
      }
    }
  }
  return builder.finish();
}

/**
 * Puts the cells of several sessions into one table.
 *
 * @param parts - of one underlying, ascending in time
 * @throws DATA_INVALID when there is none, they are of several underlyings, or they overlap or descend
 */
export function mergeFlowCells(parts: readonly FlowCells[]): FlowCells {
  const [first] = parts;
  if (!first) throw new SigmaError("DATA_INVALID", "Expected the option flow of at least one session, found none.", {});
  let last = Number.NEGATIVE_INFINITY;
  for (const { underlying, length, barStart } of parts) {
    if (underlying !== first.underlying) {
      throw new SigmaError("DATA_INVALID", `Expected option flow of "${first.underlying}" only; found "${underlying}".`, { underlying });
    }
    if (length === 0) continue;
    if (!(barStart[0]! > last)) {
      throw new SigmaError("DATA_INVALID", `Option flow of ${underlying}: sessions must ascend and not overlap. Sort them by date.`, {
        underlying,
      });
    }
    last = barStart[length - 1]!;
  }
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const joined = (column: (part: FlowCells) => Float64Array): Float64Array => {
    const out = new Float64Array(length);
    let at = 0;
    for (const part of parts) {
      out.set(column(part), at);
      at += part.length;
    }
    return out;
  };
  return {
    underlying: first.underlying,
    length,
    barStart: joined((part) => part.barStart),
    strike: joined((part) => part.strike),
    callVolume: joined((part) => part.callVolume),
    putVolume: joined((part) => part.putVolume),
    callPremium: joined((part) => part.callPremium),
    putPremium: joined((part) => part.putPremium),
    callBought: joined((part) => part.callBought),
    callSold: joined((part) => part.callSold),
    putBought: joined((part) => part.putBought),
    putSold: joined((part) => part.putSold),
    callBoughtPremium: joined((part) => part.callBoughtPremium),
    callSoldPremium: joined((part) => part.callSoldPremium),
    putBoughtPremium: joined((part) => part.putBoughtPremium),
    putSoldPremium: joined((part) => part.putSoldPremium),
  };
}
