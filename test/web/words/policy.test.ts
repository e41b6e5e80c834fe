import { describe, expect, it } from "vitest";
import { PolicySchema } from "#lib/policies/policy.schema.ts";
import { valueAt } from "../../../web/src/words/features.ts";
import { POLICY_SETTINGS } from "../../../web/src/words/policy.ts";

const USUAL = PolicySchema.parse({ name: "usual", version: 1 });

const leaves = (value: unknown, path = ""): string[] =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`))
    : [path];

/** Names of the document, what the model's own settings say, what follows the label, and what nothing reads or trades. */
const LEFT_OUT = [
  "name",
  "version",
  "risk_profile",
  "risk_budget",
  "execution.brackets.entry_mode",
  "execution.slippage_tolerance",
  "execution.wait_for_confirmation",
  "execution.options.selection.option_mode",
  "execution.options.selection.spread_width",
];

describe("POLICY_SETTINGS", () => {
  const settings = Object.values(POLICY_SETTINGS).flat();

  it("have every setting of a policy that does something", () => {
    const paths = leaves(USUAL).filter((path) => !LEFT_OUT.includes(path) && !path.startsWith("risk_budget"));
    expect(settings.map(({ path }) => path).toSorted()).toEqual(paths.toSorted());
  });

  it("offer the choices of the schema", () => {
    for (const { path, options = [] } of settings)
      for (const { value } of options) {
        const keys = path.split(".");
        const document = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
        expect(PolicySchema.safeParse({ name: "x", version: 1, ...(document as object) }).error, path).toBeUndefined();
      }
  });

  it("ask of brackets, sizes and buffers only where they are used", () => {
    const shown = (change: Readonly<Record<string, unknown>>, intraday = false): string[] =>
      settings
        .filter(({ when }) => when?.((path) => change[path] ?? valueAt(USUAL, path), { trades: "stocks", intraday }) ?? true)
        .map(({ path }) => path);
    expect(shown({})).not.toContain("execution.brackets.atr_mult_stop");
    expect(shown({})).not.toContain("execution.limit_buffer_bps");
    expect(shown({ "execution.order_type": "limit_buffer" })).toContain("execution.limit_buffer_bps");
    const percent = { "execution.brackets.enabled": true, "execution.brackets.mode": "percent" };
    expect(shown(percent)).toEqual(expect.arrayContaining(["execution.brackets.stop_loss", "execution.brackets.min_rr"]));
    expect(shown(percent)).not.toContain("execution.brackets.atr_period");
    expect(shown(percent)).not.toContain("execution.brackets.time_stop_minutes");
    expect(shown({ "execution.brackets.enabled": true }, true)).toContain("execution.brackets.time_stop_minutes");
  });
});
