import { distanceName, type FlowColumn, flowColumn } from "./flow-column.ts";
import { resolveSignedFlowOptions, type SignedFlowOptions } from "./signed-options.ts";

/** The columns that these options give, in order, with their units. @throws INVALID_PARAM */
export function planSignedFlowColumns(given: Partial<SignedFlowOptions> = {}): readonly FlowColumn[] {
  return plan(resolveSignedFlowOptions(given));
}

function plan(options: SignedFlowOptions): FlowColumn[] {
  const { perDistance, totals, ratios, atm, dealer, distanceMax, inTheMoney } = options;
  const least = inTheMoney ? -distanceMax : 0;
  const distances = perDistance ? Array.from({ length: distanceMax - least + 1 }, (_, i) => i + least) : [];
  const contracts = (name: string, doc: string) => flowColumn(`${name}_signed`, "contracts", doc);
  const ratio = (name: string, doc: string) => flowColumn(`${name}_signed`, "ratio", doc);
  return [
    flowColumn("flow_classified_share", "ratio", "Share of the bar's volume whose side is known"),
    ...distances.flatMap((k) => {
      const [name, place] = [distanceName(k), `${Math.abs(k)} strikes ${k < 0 ? "in" : "out of"} the money`];
      return [
        contracts(`calls_sold_${name}`, `Calls that sellers started, ${place}`),
        contracts(`puts_sold_${name}`, `Puts that sellers started, ${place}`),
        contracts(`calls_bought_${name}`, `Calls that buyers started, ${place}`),
        contracts(`puts_bought_${name}`, `Puts that buyers started, ${place}`),
      ];
    }),
    ...(totals
      ? [
          contracts("calls_sold_total", "Calls that sellers started at all distances"),
          contracts("puts_sold_total", "Puts that sellers started at all distances"),
          contracts("calls_bought_total", "Calls that buyers started at all distances"),
          contracts("puts_bought_total", "Puts that buyers started at all distances"),
        ]
      : []),
    ...(ratios
      ? [
          ratio("sold_ratio", "Calls sold over calls and puts sold"),
          ratio("sold_flow_ratio", "Calls less puts sold, over both"),
          ratio("call_sell_share", "Calls sold over calls sold and bought"),
          ratio("put_sell_share", "Puts sold over puts sold and bought"),
          ratio("flow_imbalance", "Calls bought less sold, minus puts bought less sold, over all of them"),
        ]
      : []),
    ...(atm
      ? [
          contracts("atm_calls_sold", "Calls that sellers started at the money and one strike above"),
          contracts("atm_puts_sold", "Puts that sellers started at the money and one strike below"),
        ]
      : []),
    ...(dealer
      ? [
          flowColumn("mm_inv_gamma_signed", "usd", "Dollars of gamma for a move of 1 % if dealers took the other side since the open"),
          flowColumn("mm_inv_delta_signed", "shares", "Delta of the same book"),
          flowColumn("mm_inv_charm_signed", "shares", "Change of that delta in one hour"),
          flowColumn("mm_inv_vanna_signed", "shares", "Change of that delta for one volatility point"),
          flowColumn("mm_profit_dir_simple_signed", "index", "Direction of the spot in which that book keeps more premium"),
          flowColumn("divergence_score_signed", "index", "Flow more bullish (above 0) or more bearish than the price since the open"),
        ]
      : []),
  ];
}
