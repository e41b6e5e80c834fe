import { describe, expect, it } from "vitest";
import { CreateModelSchema } from "#lib/models/create-model.schema.ts";
import {
  type DraftValues,
  draftFrom,
  draftFromScratch,
  draftSchema,
  FIELDS_OF,
  isRequest,
  nextVariant,
  readDraft,
  requestOf,
  stepOfPath,
  stepsOf,
  type Template,
} from "../../../../web/src/pages/create/draft.ts";

const TEMPLATE = {
  pack_id: "swingsigma",
  name: "swing_eq_daily_close",
  model: {
    asset_type: "eq",
    horizon: "swing",
    cadence: "daily",
    indicator_set: "eq_default",
    label: { kind: "forward_return", horizon: 5, entry: "decision_close", unit: "bars", band: { kind: "none" }, task: "classify" },
  },
} as unknown as Template;
const FIT = { provider: "sample", symbol: "SPX", others: {} };

const changed = (change: Partial<DraftValues>): DraftValues => ({ ...draftFrom(TEMPLATE, FIT).values, ...change });

describe("requestOf", () => {
  it("says no more than was chosen: what the template says stays the template's", () => {
    expect(requestOf(draftFrom(TEMPLATE, FIT).values, TEMPLATE)).toEqual({
      pack_id: "swingsigma",
      template_id: "swing_eq_daily_close",
      ticker: "SPX",
      asset_type: "eq",
      horizon: "swing",
      cadence: "daily",
      data: { provider: "sample", symbol: "SPX" },
    });
  });

  it("says what was changed, in the API's own shape", () => {
    const request = requestOf(
      changed({
        strategy: "none",
        label: { ...TEMPLATE.model.label, horizon: 10 },
        indicator_set: { indicators: [{ name: "rsi", window: 7 }, { name: "ret" }, { name: "roc" }] },
        gates: { min_sharpe: 1, min_dsr: undefined },
        policy: { risk: {}, execution: { slippage_bps: 2, brackets: {}, options: { selection: {} } }, alerting: {} },
        features: { flow: null },
      }),
      TEMPLATE,
    );
    expect(request).toMatchObject({
      strategy: null,
      label: { horizon: 10 },
      gates: { min_sharpe: 1 },
      policy: { execution: { slippage_bps: 2 } },
      features: { flow: null },
      indicator_set: { indicators: [{ name: "rsi", window: 7 }, { name: "ret" }, { name: "roc" }] },
    });
    expect(request["gates"]).toEqual({ min_sharpe: 1 });
    expect(CreateModelSchema.safeParse(request).success).toBe(true);
  });

  it("is no request before pack and ticker are known", () => {
    expect(isRequest(requestOf(draftFromScratch("swingsigma").values, undefined))).toBe(false);
    expect(isRequest(requestOf({ ...draftFromScratch("swingsigma").values, ticker: "SPX" }, undefined))).toBe(true);
  });
});

describe("draftSchema", () => {
  it("objects in the API's own words, at the field's own path", () => {
    const values = changed({ ticker: "s p x", data: { provider: "sample", symbol: undefined, others: {} } });
    const parsed = draftSchema(() => TEMPLATE).safeParse(values);
    const own = CreateModelSchema.safeParse(requestOf(values, TEMPLATE));
    expect(parsed.error!.issues.map(({ path, message }) => [path.join("."), message])).toEqual(
      own.error!.issues.map(({ path, message }) => [path.join("."), message]),
    );
    expect(parsed.error!.issues.map(({ path }) => path.join("."))).toEqual(["ticker", "data.symbol"]);
  });
});

describe("stepOfPath", () => {
  it.each([
    ["ticker", "basics"],
    ["data.symbol", "basics"],
    ["instrument", "basics"],
    ["model_id", "basics"],
    ["features.flow.flow_side", "flow"],
    ["features.custom.exclude", "indicators"],
    ["indicators", "indicators"],
    ["indicator_set", "indicators"],
    ["label.horizon", "settings"],
    ["policy.execution.brackets.entry_mode", "settings"],
    ["limits.min_dsr", "settings"],
    ["", "settings"],
  ] as const)("sends %j to %s", (path, step) => {
    expect(stepOfPath(path)).toBe(step);
  });

  it("finds the step of every field that a step asks for", () => {
    for (const [step, fields] of Object.entries(FIELDS_OF))
      for (const field of fields) if (field !== "features") expect([field, stepOfPath(field)]).toEqual([field, step]);
  });
});

describe("stepsOf", () => {
  it("asks of option flow for options only", () => {
    expect(stepsOf({ asset_type: "eq" })).not.toContain("flow");
    expect(stepsOf({ asset_type: "opt" })).toHaveLength(6);
  });
});

describe("readDraft", () => {
  it("reads back what was kept, and nothing else", () => {
    const draft = draftFrom(TEMPLATE, FIT);
    expect(readDraft(JSON.stringify(draft))).toEqual(JSON.parse(JSON.stringify(draft)));
    for (const text of [null, "", "{", "[]", "null", '{"values":{"pack_id":1}}', '{"values":{},"plan":{}}'])
      expect(readDraft(text)).toBeUndefined();
  });
});

describe("nextVariant", () => {
  it("counts on from the variant that is taken", () => {
    expect([undefined, "", "v2", "v9", "blue", "blue_2"].map(nextVariant)).toEqual(["v2", "v2", "v3", "v10", "blue_2", "blue_3"]);
  });
});
