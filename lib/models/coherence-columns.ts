import { matchesGlob } from "../core/match-glob.ts";
import { nearestName } from "../errors/nearest.ts";
import type { DefinitionCode } from "../packs/coherence-rules.ts";
import { columnsRead } from "../packs/condition.schema.ts";
import { type Finding, finding } from "../packs/finding.ts";
import { BAR_COLUMNS } from "../packs/pack-limits.ts";
import { isSelected } from "./column-globs.ts";
import type { ModelFacts, ModelRule } from "./model-facts.ts";

/** Rules on names of columns: patterns that must name some, and rules that must find what they read. */
export const COLUMN_RULES: readonly ModelRule[] = [patternsName, constraintsName, strategyColumnsProduced, momentumColumnProduced];

const namesOf = ({ columns, flowColumns }: ModelFacts): string[] => [...columns.map(({ name }) => name), ...flowColumns];

function patternsName(facts: ModelFacts): Finding[] {
  const { custom } = facts.config.features;
  const names = namesOf(facts);
  return (["include", "exclude"] as const).flatMap((list) =>
    strangers(custom[list], names).map((glob) =>
      finding("pattern_names_nothing", `features.custom.${list}`, `"${glob}" is no computed column.`, remedyFor(glob, names)),
    ),
  );
}

/** Monotone constraints name features. */
function constraintsName(facts: ModelFacts): Finding[] {
  const { learner, features } = facts.config;
  if (!("monotone" in learner.params)) return [];
  const names = namesOf(facts).filter((name) => isSelected(name, features.custom));
  return strangers(Object.keys(learner.params.monotone ?? {}), names).map((glob) =>
    finding("pattern_names_nothing", "learner.params.monotone", `"${glob}" is no feature.`, remedyFor(glob, names)),
  );
}

const strangers = (globs: readonly string[], names: readonly string[]): readonly string[] =>
  globs.filter((glob) => !names.some((name) => matchesGlob(name, glob)));

function remedyFor(glob: string, names: readonly string[]): string {
  const nearest = nearestName(glob, names);
  return nearest ? `Did you mean "${nearest}"?` : "Remove it, or add the indicator that computes such a column.";
}

function strategyColumnsProduced(facts: ModelFacts): Finding[] {
  const { strategy } = facts;
  if (!strategy) return [];
  const wanted = columnsRead("all" in strategy.entry ? strategy.entry.all : strategy.entry.any);
  const reader = { path: `strategies.${strategy.name}.entry`, who: `Strategy "${strategy.name}"`, error: "MODEL_INVALID" } as const;
  return unavailable(wanted, facts, "column_not_produced", reader);
}

function momentumColumnProduced(facts: ModelFacts): Finding[] {
  const { momentum_gate, momentum_column } = facts.policy.execution;
  if (!momentum_gate) return [];
  const reader = { path: "policy.execution.momentum_column", who: "The momentum gate", error: "POLICY_INVALID" } as const;
  return unavailable([momentum_column], facts, "momentum_column_not_produced", reader);
}

interface Reader {
  readonly path: string;
  readonly who: string;
  readonly error: Finding["error"];
}

function unavailable(wanted: readonly string[], facts: ModelFacts, code: DefinitionCode, { path, who, error }: Reader): Finding[] {
  const names = namesOf(facts);
  return [...new Set(wanted)].flatMap((name) => {
    if (BAR_COLUMNS.has(name)) return [];
    if (!names.includes(name)) {
      const nearest = nearestName(name, names);
      const remedy = nearest ? `Did you mean "${nearest}"?` : "Add the indicator that computes it.";
      return [finding(code, path, `${who} reads "${name}", which no indicator of the model computes.`, remedy, error)];
    }
    if (isSelected(name, facts.config.features.custom)) return [];
    return [finding("column_excluded", path, `${who} reads "${name}", which features.custom leaves out of the matrix.`, undefined, error)];
  });
}
