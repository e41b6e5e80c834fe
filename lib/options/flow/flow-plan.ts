import { distanceName, type FlowColumn, flowColumn } from "./flow-column.ts";
import { type FlowOptions, resolveFlowOptions } from "./flow-options.ts";

/** The columns that these options give, in order, with their units. @throws INVALID_PARAM */
export function planFlowColumns(given: Partial<FlowOptions> = {}): readonly FlowColumn[] {
  return plan(resolveFlowOptions(given));
}

function plan(options: FlowOptions): FlowColumn[] {
  const { perDistance, totals, ratios, atm, mmProfitDirSimple, divergenceScore, distanceMax, flowSide, ratioWindows } = options;
  const sold = flowSide === "volume" ? "traded in the bar" : "that sellers started in the bar";
  const distances = perDistance ? Array.from({ length: 2 * distanceMax + 1 }, (_, i) => i - distanceMax) : [];
  return [
    ...distances.flatMap((k) => {
      const [name, place] = [distanceName(k), placeOf(k)];
      return [
        flowColumn(`calls_sold_${name}`, "contracts", `Calls ${sold}, ${place}`),
        flowColumn(`puts_sold_${name}`, "contracts", `Puts ${sold}, ${place}`),
        flowColumn(`calls_premium_${name}`, "usd", `Premium of the calls ${sold}, ${place}`),
        flowColumn(`puts_premium_${name}`, "usd", `Premium of the puts ${sold}, ${place}`),
      ];
    }),
    ...(totals
      ? [
          flowColumn("calls_sold_total", "contracts", `Calls ${sold} at all distances`),
          flowColumn("puts_sold_total", "contracts", `Puts ${sold} at all distances`),
          flowColumn("calls_premium_total", "usd", `Premium of the calls ${sold} at all distances`),
          flowColumn("puts_premium_total", "usd", `Premium of the puts ${sold} at all distances`),
        ]
      : []),
    ...(ratios
      ? [
          flowColumn("pc_ratio", "ratio", "Puts sold over calls sold"),
          flowColumn("imbalance", "contracts", "Calls sold less puts sold"),
          flowColumn("dealer_sold_premium_imbalance", "ratio", "Puts' less calls' premium over their sum"),
          ...ratioWindows.map((window) =>
            flowColumn(soldFlowRatioName(window), "ratio", `Puts sold over calls sold, mean of the last ${window} bars`),
          ),
        ]
      : []),
    ...(atm
      ? [
          flowColumn("atm_calls", "contracts", `Calls ${sold} at the anchor`),
          flowColumn("atm_puts", "contracts", `Puts ${sold} at the anchor`),
          flowColumn("atm_pc_ratio", "ratio", "Puts sold over calls sold at the anchor"),
          flowColumn("atm_imbalance", "contracts", "Calls sold less puts sold at the anchor"),
        ]
      : []),
    ...(mmProfitDirSimple ? [flowColumn("mm_profit_dir_simple", "index", "Sign of puts sold less calls sold")] : []),
    ...(divergenceScore
      ? [flowColumn("divergence_score", "index", "Minus the sign of the bar's return times mm_profit_dir_simple: 1 = they disagree")]
      : []),
  ];
}

const placeOf = (distance: number): string =>
  distance === 0 ? "at the anchor" : `${Math.abs(distance)} steps ${distance < 0 ? "below" : "above"} the anchor`;

export const soldFlowRatioName = (window: number): string => (window === 1 ? "sold_flow_ratio" : `sold_flow_ratio_${window}`);
