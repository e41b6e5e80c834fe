import type { EvaluationPlan } from "#lib/backtest/evaluation-plan.schema.ts";
import { tradableSides } from "#lib/backtest/selection.ts";
import { SigmaError } from "#lib/errors/sigma-error.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import type { Policy } from "#lib/policies/policy.schema.ts";
import type { Variant } from "#lib/sweeps/variant.schema.ts";
import { contractRules, makeContractTape, needsMinutes } from "./contract-tape.ts";
import { ownSource } from "./load-matrix-data.ts";
import type { ModelContext } from "./model-context.ts";
import type { StepPorts } from "./ports.ts";
import { isSessionBound } from "./session-bound.ts";
import { storeContractTape } from "./stored-contract-tape.ts";

interface ContractsAsk {
  readonly config: ModelConfig;
  readonly policy: Policy;
  readonly direction: EvaluationPlan["direction"];
  readonly variants: readonly Variant[];
  readonly matrix: Matrix;
  readonly longestHoldBars: number;
  readonly firstDecision: number;
}

/**
 * Makes and stores the contract tape that the variants of an option model share.
 *
 * @throws UNPROCESSABLE for a universe and for verticals, DATA_UNAVAILABLE naming who has option chains
 */
export async function planContracts(ports: StepPorts, { owner, model, prefix }: ModelContext, ask: ContractsAsk) {
  const { config, policy, direction, matrix } = ask;
  if (config.data.universe !== undefined)
    throw new SigmaError(
      "UNPROCESSABLE",
      `The model trades options on the universe "${config.data.universe}", and option trades are of one symbol. Name one symbol, or set instrument: stocks.`,
      { universe: config.data.universe },
    );
  const { selection } = policy.execution.options;
  if (selection.option_mode !== "single")
    throw new SigmaError(
      "UNPROCESSABLE",
      `The policy "${policy.name}" asks for option_mode "${selection.option_mode}", and trades are of single calls and puts. Set it to single.`,
      { option_mode: selection.option_mode },
    );
  const params = ask.variants.map((variant) => variant.params);
  const rules = contractRules(policy, config, params);
  const { long, short } = tradableSides(direction, policy.execution.option_type);
  const tape = await makeContractTape(ports.marketData, ownSource(owner, config), {
    matrix,
    rules,
    targetDelta: selection.target_delta,
    weeklyOk: selection.weekly_ok,
    sides: { long: long && model.strategy?.side !== "short", short: short && model.strategy?.side !== "long" },
    firstRow: ask.firstDecision,
    entry: matrix.info.label.entry,
    longestHoldBars: ask.longestHoldBars,
    sessionBound: isSessionBound(config),
    everyMinute: needsMinutes(policy, matrix.info.label, params),
  });
  return {
    sha: await storeContractTape(ports.artifacts, prefix, tape),
    rules: rules.map(({ dteTarget, strike }) => ({ dte_target: dteTarget, strike })) as NonNullable<
      EvaluationPlan["contract_tape"]
    >["rules"],
    stamps: tape.sources.flatMap(({ facts }) => facts.stamps),
  };
}
