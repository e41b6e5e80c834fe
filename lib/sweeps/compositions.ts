import { canonicalJson } from "../core/canonical-json.ts";
import { sha256OfJson } from "../core/digest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import type { ModelChange } from "../models/model-change.schema.ts";
import type { GridContext } from "./axes.ts";
import type { Composition } from "./composition.schema.ts";
import { planVariants } from "./grid.ts";
import { isComposed, type SweepRequest } from "./sweep.schema.ts";
import type { Variant } from "./variant.schema.ts";
import { variantOf } from "./variant-id.ts";

/** Most compositions of one sweep: each may need a matrix and a fit of every fold. */
export const MOST_COMPOSITIONS = 20;

interface Part {
  readonly label: string;
  readonly change: ModelChange;
}

/**
 * The compositions that a request stands for, in the order of the axes, the last one fastest: indicator sets, feature
 * sets, strategies, risk profiles, learner parameters, and the hours that are trained on. Equal ones once.
 *
 * @param context - of the model's own grid, for the sets of hours
 * @returns empty for a sweep of the model as it is
 * @throws INVALID_PARAM when training follows the hours of a daily model, which has none
 * @throws UNPROCESSABLE when there are more than allowed
 */
export function planCompositions(request: SweepRequest, context: GridContext): Composition[] {
  if (!isComposed(request)) return [];
  const { indicator_sets, feature_sets, strategy_variants, risk_profiles, ml_params } = request.axes ?? {};
  const axes: readonly (readonly Part[])[] = [
    ...axis(indicator_sets, (indicator_set) => ({ label: `set ${indicator_set}`, change: { indicator_set } })),
    ...axis(feature_sets, (feature_set) => ({ label: `features ${feature_set.name}`, change: { feature_set } })),
    ...axis(strategy_variants, (name) => ({ label: `strategy ${name}`, change: { strategy: name === "none" ? null : name } })),
    ...axis(risk_profiles, (risk_profile) => ({ label: risk_profile, change: { risk_profile } })),
    ...axis(ml_params, (params) => ({ label: learnerLabel(params), change: { ml_params: params } })),
    ...(request.hours_scope === "train" ? [trainedHours(request, context)] : []),
  ];
  const count = axes.reduce((total, { length }) => total * length, 1);
  if (count > MOST_COMPOSITIONS) {
    throw new SigmaError(
      "UNPROCESSABLE",
      `The sweep has "${count}" compositions, at most "${MOST_COMPOSITIONS}" are allowed: each is fitted by itself. Shorten an axis.`,
      { compositions: count, max_compositions: MOST_COMPOSITIONS },
    );
  }
  let chosen: readonly (readonly Part[])[] = [[]];
  for (const values of axes) chosen = chosen.flatMap((before) => values.map((value) => [...before, value]));
  const compositions = chosen.map((parts): Composition => {
    const change: ModelChange = Object.assign({}, ...parts.map((part) => part.change));
    const label = parts.map((part) => part.label).join(", ");
    return { id: sha256OfJson(JSON.parse(JSON.stringify(change))).slice(0, 16), label: label.slice(0, 300), change };
  });
  return [...new Map(compositions.map((composition) => [composition.id, composition])).values()];
}

/**
 * The grid of one composition: the model's own, each variant marked as the composition's. Where training follows the
 * hours, only the variants that trade in the hours that were trained on.
 *
 * @param context - of the composed model, with the number of variants that this composition may have
 */
export function composedVariants(request: SweepRequest, context: GridContext, { id, change }: Composition): Variant[] {
  const { train_hours } = change;
  const key = train_hours?.join(",");
  return planVariants(request, context)
    .filter(({ params }) => request.hours_scope !== "train" || key === params.hours?.join(","))
    .map(({ params }) => variantOf({ ...params, composition: id }, context.labelHorizonBars));
}

/** The grid's sets of hours, each fitted on its own rows; without hours the model's own training hours stay. */
function trainedHours(request: SweepRequest, context: GridContext): Part[] {
  if (context.cadence === "daily") {
    throw new SigmaError(
      "INVALID_PARAM",
      'Hours do not apply to daily bars, so there is nothing to train by hours. Leave hours_scope out, or set it to "trade".',
      { field: "hours_scope" },
      { fieldErrors: [{ path: "hours_scope", issue: "hours do not apply at daily cadence" }] },
    );
  }
  const sets = new Map(planVariants(request, context).map(({ params }) => [params.hours?.join(","), params.hours]));
  return [...sets.values()].map((hours) =>
    hours === null ? { label: "all hours", change: {} } : { label: `hours ${hours.join("|")}`, change: { train_hours: hours } },
  );
}

function axis<T>(values: readonly T[] | undefined, part: (value: T) => Part): (readonly Part[])[] {
  return values === undefined ? [] : [values.map(part)];
}

function learnerLabel({ name, algo, params }: NonNullable<ModelChange["ml_params"]>): string {
  if (name !== undefined) return name;
  const told = Object.entries(params).map(([key, value]) => `${key} ${typeof value === "object" ? canonicalJson(value) : value}`);
  return [...(algo === undefined ? [] : [algo]), ...told].join(" ") || "own parameters";
}
