import { describe, expect, it } from "vitest";
import * as z from "zod";
import { BacktestReportSchema } from "#lib/backtest/report.schema.ts";
import { LeaderboardRowSchema } from "#lib/leaderboard/rows.schema.ts";
import { PathSpreadSchema } from "#lib/metrics/path-spread.schema.ts";
import { RunMetricsSchema } from "#lib/metrics/run-metrics.schema.ts";
import { SignificanceSchema } from "#lib/metrics/significance.schema.ts";
import { HoldoutSchema } from "#lib/publishing/trained-model.schema.ts";
import { GLOSSARY, isTermKey } from "../../../web/src/words/glossary.ts";

type Shape = Readonly<Record<string, unknown>>;

/** Keys of all numbers of a schema, nested ones with a dot; lists and tables of numbers count under their own key. */
function numbersOf(schema: z.ZodType, prefix = ""): string[] {
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
  return walk(json, prefix);
}

function walk(node: Shape, path: string): string[] {
  const branches = [node, ...((node["anyOf"] as Shape[] | undefined) ?? [])];
  return branches.flatMap((branch) => {
    const types = typesOf(branch);
    if (types.includes("number") || types.includes("integer")) return [path];
    if (types.includes("array")) return isNumber(branch["items"] as Shape) ? [path] : [];
    if (!types.includes("object")) return [];
    const properties = branch["properties"] as Record<string, Shape> | undefined;
    if (properties === undefined) return isNumber(branch["additionalProperties"] as Shape) ? [path] : [];
    return Object.entries(properties).flatMap(([key, value]) => walk(value, path === "" ? key : `${path}.${key}`));
  });
}

/** `["number", "null"]` where a value may be unknown. */
const typesOf = ({ type }: Shape): readonly string[] => (Array.isArray(type) ? (type as string[]) : typeof type === "string" ? [type] : []);

const isNumber = (node: Shape | undefined): boolean =>
  node !== undefined &&
  [node, ...((node["anyOf"] as Shape[] | undefined) ?? [])].some((branch) =>
    typesOf(branch).some((type) => /^(number|integer)$/.test(type)),
  );

const missing = (keys: readonly string[]): string[] => [...new Set(keys)].filter((key) => !isTermKey(key));

describe("GLOSSARY", () => {
  it("has every number of a run's metrics, the residual and benchmark ones included", () => {
    const keys = numbersOf(RunMetricsSchema);
    expect(keys).toEqual(expect.arrayContaining(["sharpe", "residual.alpha_annual", "benchmark.calmar", "fold_sharpe", "trades_by_hour"]));
    expect(keys.length).toBeGreaterThan(50);
    expect(missing(keys)).toEqual([]);
  });

  it("has every number that says how far luck explains a result", () => {
    const keys = numbersOf(SignificanceSchema);
    expect(keys).toEqual(expect.arrayContaining(["dsr", "pbo", "trials", "effective_trials"]));
    expect(missing(keys)).toEqual([]);
  });

  it("has every number of the paths and of a leaderboard row that is not an input of the variant", () => {
    expect(missing(numbersOf(PathSpreadSchema, "paths"))).toEqual([]);
    const own = numbersOf(LeaderboardRowSchema).filter(
      (key) => !/^(metrics|significance|paths|params|gate|composition|equity|schema_version)\b/.test(key),
    );
    expect(own).toEqual(expect.arrayContaining(["score", "q_value", "plateau.height"]));
    expect(missing(own)).toEqual([]);
  });

  it("has every number of the holdout and of the forecasts' scores", () => {
    expect(missing(numbersOf(HoldoutSchema, "holdout"))).toEqual([]);
    const { scores } = BacktestReportSchema.shape;
    const keys = numbersOf(scores)
      .map((key) => key.split(".").at(-1)!)
      .filter((key) => key !== "rows");
    expect(keys).toEqual(expect.arrayContaining(["log_loss", "auc", "brier_resolution", "r2"]));
    expect(missing(keys)).toEqual([]);
  });

  it("explains each in one sentence of plain words", () => {
    for (const [key, { name, definition }] of Object.entries(GLOSSARY)) {
      expect(name, key).toMatch(/^[A-Zq]/);
      expect(definition, key).toMatch(/^\S.*\.$/);
      expect(definition.length, key).toBeLessThanOrEqual(160);
      expect(definition.slice(0, -1), `${key} is one sentence`).not.toMatch(/\. [A-Z]/);
    }
  });

  it("says what DSR, PBO and the trial count are, by their letters", () => {
    expect(GLOSSARY.dsr.definition).toMatch(/^DSR: /);
    expect(GLOSSARY.pbo.definition).toMatch(/^PBO: /);
    expect(GLOSSARY.trials.definition).toMatch(/^N: /);
    expect(GLOSSARY.effective_trials.definition).toMatch(/^N̂: /);
  });
});
