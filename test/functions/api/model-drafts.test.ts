import { describe, expect, it } from "vitest";
import { apiHarness, type Harness } from "./support.ts";

const DRAFT = { pack_id: "swingsigma", template_id: "swing_eq_daily_close", ticker: "SPX" };

interface Verdict {
  readonly valid: boolean;
  readonly model_id: string | null;
  readonly is_free: boolean;
  readonly findings: readonly { severity: string; code: string; path: string; reason: string; remedy: string }[];
  readonly model: { readonly config: { readonly label: object }; readonly columns: readonly { name: string }[] } | null;
  readonly needs: { readonly real_opens: boolean; readonly data: readonly object[]; readonly others: readonly object[] } | null;
}

async function judge({ call }: Harness, body: object): Promise<Verdict> {
  const response = await call("POST", "/v1/models/validate", { body });
  expect(response.status).toBe(200);
  return (await response.json()) as Verdict;
}

async function refusalOf({ call }: Harness, body: object): Promise<string> {
  const response = await call("POST", "/v1/models", { body });
  expect(response.status).toBeGreaterThanOrEqual(400);
  return ((await response.json()) as { detail: string }).detail;
}

describe("POST /models/validate", () => {
  it("says what a model would be, and makes none", async () => {
    const harness = apiHarness();
    const verdict = await judge(harness, DRAFT);
    expect(verdict).toMatchObject({ valid: true, model_id: "spx_eq_swing_daily", is_free: true, findings: [] });
    expect(verdict.model!.config.label).toMatchObject({ kind: "forward_return", horizon: 5, entry: "decision_close" });
    expect(verdict.model!.columns.map(({ name }) => name)).toContain("rsi_14");
    expect((await judge(harness, DRAFT)).is_free).toBe(true);
    expect((await harness.call("GET", "/v1/models/spx_eq_swing_daily?pack_id=swingsigma")).status).toBe(404);
  });

  it("says that a name is taken, beside everything else", async () => {
    const harness = apiHarness();
    await harness.call("POST", "/v1/models", { body: DRAFT });
    const verdict = await judge(harness, { ...DRAFT, indicator_set: { indicators: [{ name: "rsi" }] } });
    expect(verdict).toMatchObject({ valid: false, is_free: false, model_id: "spx_eq_swing_daily" });
    expect(verdict.findings.map(({ code }) => code)).toEqual(["CONFLICT", "indicator_count"]);
    expect(verdict.findings[0]!.reason).toBe('You have a model "spx_eq_swing_daily" in pack "swingsigma" already.');
    expect((await judge(harness, { ...DRAFT, model_id: "spx_eq_swing_daily_example" })).findings).toMatchObject([
      { code: "CONFLICT", reason: '"spx_eq_swing_daily_example" is a model of pack "swingsigma" already.' },
    ]);
    expect(await judge(harness, { ...DRAFT, model_id: "leaderboard" })).toMatchObject({ valid: false, is_free: false });
    expect((await judge(harness, { ...DRAFT, variant: "b" })).valid).toBe(true);
  });

  it("objects in the words in which creation refuses", async () => {
    const harness = apiHarness();
    const incoherent = [
      { cadence: "5m" },
      { horizon: "long" },
      { indicator_set: { indicators: [{ name: "rsi" }, { name: "vwap" }, { name: "ret" }] } },
      { policy: { execution: { brackets: { enabled: true, mode: "percent", stop_loss: 0.1, take_profit: 0.5, min_rr: 1 } } } },
      { gates: { min_sharpe: 0 } },
      { strategy: "nobody_wrote_it" },
      { indicator_set: { indicators: [{ name: "rsi", window: -1 }, { name: "ret" }, { name: "roc" }] } },
    ];
    for (const change of incoherent) {
      const verdict = await judge(harness, { ...DRAFT, ...change });
      const errors = verdict.findings.filter(({ severity }) => severity === "error");
      expect([change, verdict.valid, errors.length > 0]).toEqual([change, false, true]);
      expect(await refusalOf(harness, { ...DRAFT, ...change })).toContain(errors[0]!.reason);
    }
  });

  it("takes exactly what creation takes", async () => {
    for (const body of [DRAFT, { ...DRAFT, algo: "logit" }, { ...DRAFT, risk_profile: "conservative", gates: { min_sharpe: 2 } }]) {
      const harness = apiHarness();
      expect((await judge(harness, body)).valid).toBe(true);
      expect((await harness.call("POST", "/v1/models", { body })).status).toBe(201);
    }
  });

  it("names what the model reads", async () => {
    const harness = apiHarness();
    expect((await judge(harness, DRAFT)).needs).toMatchObject({
      real_opens: false,
      data: [{ what: "Daily bars", any_of: ["bars", "index"] }],
      others: [],
    });
    expect((await judge(harness, { ...DRAFT, template_id: "swing_eq_daily" })).needs).toMatchObject({
      real_opens: true,
      data: [{ what: "Daily bars with real opens", any_of: ["bars"] }],
    });
    expect((await judge(harness, { pack_id: "zerosigma", template_id: "opening_drive", ticker: "SPY" })).needs).toMatchObject({
      cadence: "5m",
      data: [{ any_of: ["bars"] }, { any_of: ["option_chains"] }, { any_of: ["flow_cells", "option_bars"] }],
      others: [{ symbol: "VIX", cadence: "daily" }],
    });
  });

  it("refuses a body that is no request for a model as creation does", async () => {
    const { call } = apiHarness();
    const answers = await Promise.all(
      ["/v1/models", "/v1/models/validate"].map(async (path) => (await call("POST", path, { body: { ...DRAFT, ticker: "s p x" } })).json()),
    );
    const [created, judged] = answers as { field_errors: object }[];
    expect(judged!.field_errors).toEqual(created!.field_errors);
  });
});

describe("GET /model_templates", () => {
  it("says of every template what it reads", async () => {
    const { call } = apiHarness();
    const { rows } = (await (await call("GET", "/v1/model_templates?limit=200")).json()) as {
      rows: { name: string; pack_id: string; needs: { data: { any_of: string[] }[]; others: object[] } }[];
    };
    expect(rows.every(({ needs }) => needs.data.length > 0)).toBe(true);
    const onIndex = rows.filter(({ needs }) => needs.others.length === 0 && needs.data.every(({ any_of }) => any_of.includes("index")));
    expect(onIndex.map(({ name }) => name)).toEqual(["long_eq_quarter_close", "eq_next_day_close", "swing_eq_daily_close"]);
  });
});

describe("POST /preview_matrix", () => {
  it("shows the matrix of a draft as it shows that of the model that is made of it", async () => {
    const harness = apiHarness();
    const draft = { ...DRAFT, indicator_set: { indicators: [{ name: "rsi", window: 7 }, { name: "ret" }, { name: "zscore" }] } };
    const drafted = await harness.call("POST", "/v1/preview_matrix", { body: { pack_id: DRAFT.pack_id, draft } });
    expect(drafted.status).toBe(200);
    const of = (await drafted.json()) as { columns: { name: string }[]; matrix_sha: string };
    expect(of.columns.map(({ name }) => name)).toContain("rsi_7");
    expect((await harness.call("GET", "/v1/models/spx_eq_swing_daily?pack_id=swingsigma")).status).toBe(404);
    await harness.call("POST", "/v1/models", { body: draft });
    const body = { pack_id: DRAFT.pack_id, model_id: "spx_eq_swing_daily" };
    expect(await (await harness.call("POST", "/v1/preview_matrix", { body })).json()).toEqual(of);
  });

  it("wants a model or a draft of the pack that it names", async () => {
    const { call } = apiHarness();
    for (const body of [
      { pack_id: "swingsigma" },
      { pack_id: "swingsigma", model_id: "spx_eq_swing_daily", draft: DRAFT },
      { pack_id: "longsigma", draft: DRAFT },
    ])
      expect((await call("POST", "/v1/preview_matrix", { body })).status).toBe(400);
  });

  it("refuses an incoherent draft with every objection", async () => {
    const { call } = apiHarness();
    const draft = { ...DRAFT, indicator_set: { indicators: [{ name: "rsi" }] } };
    const response = await call("POST", "/v1/preview_matrix", { body: { pack_id: "swingsigma", draft } });
    expect(response.status).toBe(422);
    expect(((await response.json()) as { field_errors: { path: string }[] }).field_errors.map(({ path }) => path)).toEqual(["indicators"]);
  });
});
