import { SigmaError } from "../errors/sigma-error.ts";
import type { GridContext } from "./axes.ts";
import { conditionsOf } from "./filters.ts";
import type { SweepAxes } from "./sweep.schema.ts";
import type { VariantParams } from "./variant.schema.ts";

/** One value of an axis: what it sets, and the text of the request that it came from. */
export interface Choice {
  readonly set: Partial<VariantParams>;
  readonly group?: string | null;
}

const OPTION_AXES = ["option_type", "strike_selection", "dte_target", "contract_size"] as const satisfies readonly (keyof SweepAxes)[];

/**
 * The axes of a custom grid besides thresholds, hours and shares, in the order in which they are multiplied. An axis that
 * is absent is not there: the policy's value stays.
 *
 * @throws INVALID_PARAM for option axes of a model of stocks, and for sessions where bars are none
 * @throws UNPROCESSABLE for a filter on a column that the matrix does not have
 */
export function customAxes(axes: SweepAxes, context: GridContext): (readonly Choice[])[] {
  requireOptions(axes, context);
  const of = <T>(values: readonly T[] | undefined, set: (value: T) => Partial<VariantParams>): (readonly Choice[])[] =>
    values === undefined ? [] : [values.map((value) => ({ set: set(value) }))];
  return [
    ...of(holds(axes, context), (hold_bars) => ({ hold_bars })),
    ...of(axes.stop_loss, (stop_loss) => ({ stop_loss })),
    ...of(axes.take_profit, (take_profit) => ({ take_profit })),
    ...of(axes.time_stop, (time_stop_bars) => ({ time_stop_bars })),
    ...of(axes.momentum_min, (momentum_min) => ({ momentum_min })),
    ...of(axes.slippage, (slippage) => ({ slippage })),
    ...of(axes.position_size, (position_size) => ({ position_size })),
    ...of(axes.max_positions, (max_positions) => ({ max_positions })),
    ...of(axes.entry_type, (entry_type) => ({ entry_type })),
    ...of(axes.filters, (filter) => ({ filters: filter === "none" ? null : conditionsOf(filter, context.columns) })),
    ...of(axes.option_type, (option_type) => ({ option_type })),
    ...of(axes.strike_selection, (strike_selection) => ({ strike_selection })),
    ...of(axes.dte_target, (dte_target) => ({ dte_target })),
    ...of(axes.contract_size, (contract_size) => ({ contract_size })),
  ];
}

/** A session is one bar at daily cadence; within a day its bars differ from day to day, so bars must be counted. */
function holds({ hold_bars, hold_days }: SweepAxes, { cadence }: GridContext): readonly number[] | undefined {
  if (hold_days === undefined || cadence === "daily") return hold_bars ?? hold_days;
  throw refused("hold_days", "counts sessions, which fits daily bars only: an early close has fewer bars. Use hold_bars for this model");
}

function requireOptions(axes: SweepAxes, { instrument }: GridContext): void {
  const asked = OPTION_AXES.find((axis) => axes[axis] !== undefined);
  if (asked === undefined || instrument === "options") return;
  throw refused(asked, "concerns options, and this model trades stocks. Leave the axis out, or use a model with instrument: options");
}

function refused(axis: keyof SweepAxes, issue: string): SigmaError {
  return new SigmaError("INVALID_PARAM", `The axis "${axis}" ${issue}.`, { axis }, { fieldErrors: [{ path: `axes.${axis}`, issue }] });
}
