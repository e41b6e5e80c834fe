import { createRng } from "../../core/rng.ts";
import { moments } from "../../metrics/moments.ts";
import { type EvaluationContext, evaluateOrders, evaluateVariant, selectOrders, type VariantEvaluation } from "../evaluate-variant.ts";
import { type BreakEven, breakEvenCost } from "./break-even.ts";
import { capacityOf, IMPACT_COEFFICIENT } from "./capacity.ts";
import { costsTimes } from "./changed-costs.ts";
import { laterOrders } from "./later-entry.ts";
import { MIN_CLUSTERS, randomEntries } from "./random-entries.ts";
import type { Capacity, Outcome, Robustness, Spread } from "./robustness.schema.ts";

const RANDOM_DRAWS = 200;
const LATER_BARS = [1, 2] as const;

export interface RobustnessInput {
  readonly level: Robustness["level"];
  /** The path that the headline shows, and the headline on it. */
  readonly context: EvaluationContext;
  readonly headline: VariantEvaluation;
  /** Of the random entries. */
  readonly seed: number;
  /** Why there are no refits, where there are none. */
  readonly withoutRefits: "not_asked_for" | "imported_model_is_not_fitted";
  /** The headline's variant on models of other seeds, its own first; null = not asked for. */
  readonly seeds: readonly { readonly seed: number; readonly evaluation: VariantEvaluation }[] | null;
  /** The same on models of permuted labels. */
  readonly permuted: { readonly blockRows: number; readonly evaluations: readonly VariantEvaluation[] } | null;
}

/** Asks of a backtest's headline what it would be worth if its assumptions, its luck or its learner's draw were others. */
export function buildRobustness(input: RobustnessInput): Robustness {
  const { context, headline } = input;
  const { params, terms } = headline;
  const gaps = new Gaps();
  const selected = selectOrders(context, params);
  const reached = headline.metrics.residual.sharpe;
  const doubled = evaluateVariant(costsTimes(context, 2), params);
  return {
    level: input.level,
    costs_doubled: gaps.outcome("costs_doubled", doubled),
    later_entry: LATER_BARS.map((bars, i) => ({
      bars,
      ...gaps.outcome(`later_entry.${i}`, evaluateOrders(context, params, laterOrders(context, selected, bars, terms.holdBars))),
    })),
    break_even: {
      charged_bps: terms.slippageBps + terms.commissionBps,
      total_return_bps: gaps.breakEven("break_even.total_return_bps", breakEvenCost(context, params, selected, "total_return")),
      residual_bps: gaps.breakEven("break_even.residual_bps", breakEvenCost(context, params, selected, "alpha_annual")),
    },
    capacity: capacityJson(input, gaps),
    random_entries: randomJson(input, selected, gaps),
    learner_seeds:
      input.seeds === null
        ? gaps.none("learner_seeds", input.withoutRefits)
        : {
            results: input.seeds.map(({ seed, evaluation }, i) => ({
              seed,
              ...gaps.outcome(`learner_seeds.results.${i}`, evaluation),
            })),
            residual_sharpe: gaps.spread("learner_seeds.residual_sharpe", ratiosOf(input.seeds.map(({ evaluation }) => evaluation))),
          },
    permuted_labels:
      input.permuted === null
        ? gaps.none("permuted_labels", input.withoutRefits)
        : {
            block_rows: input.permuted.blockRows,
            results: input.permuted.evaluations.map((evaluation, draw) => ({
              draw,
              ...gaps.outcome(`permuted_labels.results.${draw}`, evaluation),
            })),
            residual_sharpe: gaps.spread("permuted_labels.residual_sharpe", ratiosOf(input.permuted.evaluations)),
            reached: reached === null ? 0 : ratiosOf(input.permuted.evaluations).filter((ratio) => ratio >= reached).length,
          },
    undefined_reasons: gaps.reasons,
  };
}

function capacityJson({ context, headline }: RobustnessInput, gaps: Gaps): Capacity {
  const { halfSharpe, halfSharpeReason, noAlpha, noAlphaReason, medianDollarVolume, knownShare } = capacityOf(context, headline);
  const noVolume = headline.options !== null ? noAlphaReason : headline.trades.count === 0 ? "no_trades" : "dollar_volume_unknown";
  return {
    impact_coefficient: IMPACT_COEFFICIENT,
    half_sharpe_usd: gaps.or("capacity.half_sharpe_usd", halfSharpe, halfSharpeReason),
    no_alpha_usd: gaps.or("capacity.no_alpha_usd", noAlpha, noAlphaReason),
    median_dollar_volume: gaps.or("capacity.median_dollar_volume", medianDollarVolume, noVolume),
    known_share: gaps.or("capacity.known_share", knownShare, headline.options === null ? "no_trades" : noAlphaReason),
  };
}

function randomJson(
  { context, headline, seed }: RobustnessInput,
  selected: ReturnType<typeof selectOrders>,
  gaps: Gaps,
): Robustness["random_entries"] {
  const draw = randomEntries(context, headline, selected);
  const reached = headline.metrics.residual.sharpe;
  const ratios: number[] = [];
  let trades = 0;
  const rng = createRng(`random entries ${seed}`);
  for (let i = 0; draw !== null && i < RANDOM_DRAWS; i++) {
    const { metrics } = evaluateOrders(context, headline.params, draw(rng));
    if (metrics.residual.sharpe === null) continue;
    ratios.push(metrics.residual.sharpe);
    trades += metrics.trades;
  }
  const nothing = draw === null ? `trade_groups_below_${MIN_CLUSTERS}` : "no_defined_draw";
  const sorted = Float64Array.from(ratios).sort();
  const p95 = sorted[Math.ceil(0.95 * sorted.length - 1e-9) - 1] ?? Number.NaN;
  const above = reached === null ? Number.NaN : ratios.filter((ratio) => ratio >= reached).length;
  return {
    draws: ratios.length,
    mean_trades: gaps.or("random_entries.mean_trades", trades / ratios.length, nothing),
    residual_sharpe: {
      ...gaps.spread("random_entries.residual_sharpe", ratios, nothing),
      p95: gaps.or("random_entries.residual_sharpe.p95", p95, nothing),
    },
    p_value: gaps.or(
      "random_entries.p_value",
      ratios.length === 0 ? Number.NaN : (1 + above) / (1 + ratios.length),
      ratios.length === 0 ? nothing : "headline_undefined",
    ),
  };
}

const ratiosOf = (evaluations: readonly VariantEvaluation[]): number[] =>
  evaluations.flatMap(({ metrics }) => metrics.residual.sharpe ?? []);

/** Turns what is undefined into null and remembers why. */
class Gaps {
  readonly reasons: Record<string, string> = {};

  or(key: string, value: number, reason: string): number | null {
    if (Number.isFinite(value)) return value;
    this.reasons[key] = reason;
    return null;
  }

  none(key: string, reason: string): null {
    this.reasons[key] = reason;
    return null;
  }

  breakEven(key: string, found: BreakEven): number | null {
    return "bps" in found ? found.bps : this.or(key, Number.NaN, found.reason);
  }

  outcome(key: string, { metrics }: VariantEvaluation): Outcome {
    const why = (name: string): string => metrics.undefined_reasons[name] ?? "undefined";
    return {
      trades: metrics.trades,
      total_return: this.or(`${key}.total_return`, metrics.total_return ?? Number.NaN, why("total_return")),
      annual_return: this.or(`${key}.annual_return`, metrics.annual_return ?? Number.NaN, why("annual_return")),
      sharpe: this.or(`${key}.sharpe`, metrics.sharpe ?? Number.NaN, why("sharpe")),
      residual_sharpe: this.or(`${key}.residual_sharpe`, metrics.residual.sharpe ?? Number.NaN, why("residual.sharpe")),
      max_drawdown_pct: this.or(`${key}.max_drawdown_pct`, metrics.max_drawdown_pct ?? Number.NaN, why("max_drawdown_pct")),
    };
  }

  spread(key: string, values: readonly number[], reason = "no_defined_result"): Spread {
    const { mean, sd } = moments(Float64Array.from(values));
    return {
      mean: this.or(`${key}.mean`, values.length === 0 ? Number.NaN : mean, reason),
      sd: this.or(`${key}.sd`, sd, values.length === 0 ? reason : "results_below_2"),
      min: this.or(`${key}.min`, values.length === 0 ? Number.NaN : Math.min(...values), reason),
      max: this.or(`${key}.max`, values.length === 0 ? Number.NaN : Math.max(...values), reason),
    };
  }
}
