import { canonicalJson } from "../core/canonical-json.ts";
import { issueWords } from "../errors/issue-words.ts";
import { nearestName } from "../errors/nearest.ts";
import { SigmaError } from "../errors/sigma-error.ts";
import { INDICATORS, indicatorNamed } from "./catalog.ts";
import type { IndicatorDefinition, IndicatorParams } from "./define-indicator.ts";

/** One line of an indicator set: a name and flat parameters. */
export type IndicatorEntry = { readonly name: string; readonly [param: string]: unknown };

/** Bar columns that a close-based indicator may read instead of the close. */
const SOURCE_COLUMNS = ["open", "high", "low", "close", "volume"] as const;
export type SourceColumn = (typeof SOURCE_COLUMNS)[number];

export interface ResolvedIndicator {
  readonly name: string;
  readonly version: number;
  /** Canonical spelling, defaults filled in. */
  readonly params: IndicatorParams;
  /** The bar column read in place of the close. */
  readonly column: SourceColumn;
  /** The symbol to compute on, in upper case; null = the model's own. Whoever supplies the inputs decides. */
  readonly underlying: string | null;
  /** Whether an unknown value is filled with the one before it, at most one bar old, with a flag column beside each column. */
  readonly carryForward: boolean;
  /** Identity of the computation: equal keys give equal columns. */
  readonly key: string;
}

const NAME_ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    returns: "ret",
    stddev: "rolling_std",
    roll_std: "rolling_std",
    bollinger: "bollinger_bands",
    momentum_score: "momentum_score_total",
    iv_skew_25d_rr: "iv_skew_25d",
    iv_skew25_delta: "iv_skew_25d",
    options_smile: "iv_smile_wings",
    distance_to_max_pain: "dist_to_max_pain",
    oi_concentration: "oi_concentration_hhi",
  }),
);

const LENGTH_NAMES = ["window", "period", "length"] as const;
const PARAM_ALIASES: ReadonlyMap<string, string> = new Map([["mult", "multiplier"]]);

/** The registry's spelling of an indicator's name; other names come back as they are. */
function canonicalIndicatorName(name: string): string {
  return NAME_ALIASES.get(name) ?? name;
}

/**
 * Turns a line of an indicator set into a checked, canonical request.
 *
 * `rsi_14` means `rsi` with its length 14; `window`, `period` and `length` are one parameter (an indicator that
 * has two lengths takes each by its own name).
 *
 * @throws INDICATOR_UNKNOWN with the nearest name
 * @throws INVALID_PARAM naming the parameter, its bound and the value found
 */
export function resolveIndicator(entry: IndicatorEntry): ResolvedIndicator {
  const { definition, length } = definitionOf(entry.name);
  const { name: _name, column, underlying, carry_forward, ...given } = entry;
  const label = definition.name;
  const raw: Record<string, unknown> = {};
  if (length !== undefined) raw[lengthParam(definition, "window")!] = length;
  for (const [spelling, value] of Object.entries(given)) {
    const param = paramNamed(definition, spelling);
    if (Object.hasOwn(raw, param) && raw[param] !== value)
      throw invalid(label, param, `is given twice, as "${String(raw[param])}" and as "${String(value)}"`);
    raw[param] = value;
  }
  const source = readColumn(definition, column);
  const symbol = readUnderlying(label, underlying);
  const parsed = definition.params.safeParse(raw, { error: issueWords });
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw invalid(label, String(path[0] ?? "parameters"), message);
  }
  const params = parsed.data as IndicatorParams;
  const identity = { name: label, version: definition.version, params, column: source, underlying: symbol };
  const carryForward = readCarryForward(label, carry_forward);
  return { ...identity, carryForward, key: canonicalJson(carryForward ? { ...identity, carryForward } : identity) };
}

function definitionOf(text: unknown): { definition: IndicatorDefinition; length?: number } {
  if (typeof text !== "string") throw new SigmaError("INDICATOR_UNKNOWN", `An indicator's name is a text; found "${String(text)}".`, {});
  const name = canonicalIndicatorName(text);
  const whole = INDICATORS.get(name);
  if (whole) return { definition: whole };
  const split = /^(.+)_(\d{1,5})$/.exec(name);
  const stem = split && INDICATORS.get(canonicalIndicatorName(split[1]!));
  if (stem && lengthParam(stem, "window")) return { definition: stem, length: Number(split[2]) };
  if (stem)
    throw new SigmaError(
      "INDICATOR_UNKNOWN",
      `No indicator has the name "${name}", and "${stem.name}" has no single length to take from it; give its parameters by name.`,
      { name, nearest: stem.name },
    );
  return { definition: indicatorNamed(name) };
}

/** The parameter that a length word means here: the one of that name, or the indicator's only length. */
function lengthParam(definition: IndicatorDefinition, word: string): string | undefined {
  const lengths = LENGTH_NAMES.filter((name) => name in definition.params.shape);
  return lengths.find((name) => name === word) ?? lengths[0];
}

function paramNamed(definition: IndicatorDefinition, spelling: string): string {
  const known = Object.keys(definition.params.shape);
  if (known.includes(spelling)) return spelling;
  const { paramAliases = {} } = definition;
  if (Object.hasOwn(paramAliases, spelling)) return paramAliases[spelling]!;
  const general = PARAM_ALIASES.get(spelling);
  if (general && known.includes(general)) return general;
  if ((LENGTH_NAMES as readonly string[]).includes(spelling)) {
    const length = lengthParam(definition, spelling);
    if (length) return length;
  }
  const nearest = nearestName(spelling, known);
  const hint = nearest ? `did you mean "${nearest}"?` : known.length > 0 ? `known parameters are ${known.join(", ")}` : "it takes none";
  throw invalid(definition.name, spelling, `is not a parameter of this indicator; ${hint}`);
}

function readColumn(definition: IndicatorDefinition, column: unknown): SourceColumn {
  if (column === undefined) return "close";
  const known = SOURCE_COLUMNS.find((name) => name === column);
  if (!known) throw invalid(definition.name, "column", `must be one of ${SOURCE_COLUMNS.join(", ")}; found "${String(column)}"`);
  if (known !== "close" && !readsCloseOnly(definition))
    throw invalid(definition.name, "column", `can only be "close", because it reads ${definition.inputs.join(", ")}; found "${known}"`);
  return known;
}

const readsCloseOnly = (definition: IndicatorDefinition): boolean => definition.inputs.length === 1 && definition.inputs[0] === "close";

function readUnderlying(label: string, underlying: unknown): string | null {
  if (underlying === undefined || underlying === null) return null;
  if (typeof underlying === "string" && /^[A-Z0-9^][A-Z0-9.:_-]{0,31}$/.test(underlying.toUpperCase())) return underlying.toUpperCase();
  throw invalid(label, "underlying", `must be a symbol such as "SPY"; found "${String(underlying)}"`);
}

function readCarryForward(label: string, value: unknown): boolean {
  if (value === undefined || typeof value === "boolean") return value === true;
  throw invalid(label, "carry_forward", `must be true or false; found "${String(value)}"`);
}

function invalid(indicator: string, param: string, issue: string): SigmaError {
  return new SigmaError(
    "INVALID_PARAM",
    `Parameter "${param}" of indicator "${indicator}" ${issue}${issue.endsWith("?") ? "" : "."}`,
    { indicator, param },
    { fieldErrors: [{ path: param, issue }] },
  );
}
