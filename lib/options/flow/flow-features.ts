import type { FlowColumn } from "./flow-column.ts";
import { type FlowOptions, type FlowSide, resolveFlowOptions } from "./flow-options.ts";
import { planFlowColumns } from "./flow-plan.ts";
import { planSignedFlowColumns } from "./signed-flow-plan.ts";
import { resolveSignedFlowOptions, type SignedFlowOptions } from "./signed-options.ts";

/** Switches of a model's configuration that turn same-day option flow into features. */
export interface FlowSwitches {
  readonly flow?:
    | {
        readonly flow_side: FlowSide;
        readonly signed: boolean;
        readonly per_distance: boolean;
        readonly totals: boolean;
        readonly ratios: boolean;
        readonly atm: boolean;
        readonly distance_max: number;
      }
    | null
    | undefined;
  readonly dealer?: { readonly mm_profit_dir_simple: boolean; readonly divergence_score: boolean } | null | undefined;
}

/** Which columns of same-day option flow become features. */
export interface FlowFeatures {
  readonly volume: FlowOptions;
  /** Those that count by who started a trade; null = none. */
  readonly signed: SignedFlowOptions | null;
}

/** What a configuration's switches ask for; null = no flow. @throws INVALID_PARAM */
export function flowFeaturesOf({ flow, dealer }: FlowSwitches): FlowFeatures | null {
  if (flow == null && dealer == null) return null;
  const groups = {
    perDistance: flow?.per_distance ?? false,
    totals: flow?.totals ?? false,
    ratios: flow?.ratios ?? false,
    atm: flow?.atm ?? false,
    ...(flow == null ? {} : { distanceMax: flow.distance_max }),
  };
  return {
    volume: resolveFlowOptions({
      ...groups,
      flowSide: flow?.flow_side ?? "volume",
      mmProfitDirSimple: dealer?.mm_profit_dir_simple ?? false,
      divergenceScore: dealer?.divergence_score ?? false,
    }),
    signed: flow?.signed === true ? resolveSignedFlowOptions({ ...groups, dealer: dealer != null }) : null,
  };
}

/** The features' columns in order, with unit and version. */
export const flowFeatureColumns = ({ volume, signed }: FlowFeatures): readonly FlowColumn[] => [
  ...planFlowColumns(volume),
  ...(signed === null ? [] : planSignedFlowColumns(signed)),
];
