import { beforeAll, describe, expect, it } from "vitest";
import type { StepPorts } from "#functions/shared/ports.ts";
import { createColumnWorkers } from "#lib/adapters/local/column-workers.ts";
import { validatePack } from "#lib/coherence/validate-pack.ts";
import { INDICATORS } from "#lib/indicators/catalog.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import type { CreateModelRequest } from "#lib/models/create-model.schema.ts";
import { createPackLab, PACK } from "./pack-lab.ts";

type Entry = Readonly<Record<string, string | number | boolean>> & { readonly name: string };
type Case = Omit<CreateModelRequest, "pack_id" | "ticker" | "indicator_set" | "data"> & {
  readonly indicators_of?: readonly [Entry, ...Entry[]];
  readonly data?: Partial<NonNullable<CreateModelRequest["data"]>>;
};

/** Every kind of model that a pack can describe: label, horizon, cadence, instrument and kind of data. */
const CASES: Readonly<Record<string, Case>> = {
  zero_dte: {
    asset_type: "opt",
    horizon: "0dte",
    cadence: "hourly",
    window: { start: "2024-03-12", end: "2024-03-15" },
    indicators_of: [
      { name: "atm_iv", days: 0 },
      { name: "iv_skew_25d", days: 0 },
      { name: "implied_move", days: 0 },
      { name: "dist_to_gamma_peak" },
      { name: "gex_signed" },
      { name: "flow_imbalance_z", window: 5 },
    ],
    features: { flow: { signed: true, atm: true, distance_max: 3 }, dealer: {}, oi: { include: true } },
    label: { kind: "next_bar_direction" },
  },
  zero_dte_volume: {
    asset_type: "opt",
    horizon: "0dte",
    cadence: "15m",
    window: { start: "2024-03-12", end: "2024-03-15" },
    features: { flow: { atm: true, distance_max: 2 }, dealer: {} },
    label: { kind: "next_bar_direction", band: { kind: "trailing_sigma", k: 0.2, window: 20 } },
  },
  headfake: {
    asset_type: "eq",
    horizon: "intraday",
    cadence: "hourly",
    window: { start: "2024-01-16", end: "2024-03-15" },
    label: { kind: "headfake_reversal", window_end: "11:00", move_atr: 0.05, reverse_atr: 0.05, atr_window: 5 },
  },
  pin: {
    asset_type: "opt",
    horizon: "0dte",
    cadence: "hourly",
    window: { start: "2024-02-12", end: "2024-03-15" },
    indicators_of: [{ name: "dist_to_oi_peak" }, { name: "pin_risk" }, { name: "rsi", window: 7 }],
    label: { kind: "pin_drift", drift_start: "14:00", drift_atr: 0.02, atr_window: 5 },
  },
  regime: {
    asset_type: "eq",
    horizon: "swing",
    cadence: "daily",
    window: { start: "2024-01-08", end: "2024-03-15" },
    data: { others: { VIX: { provider: "simulated", symbol: "SIM:LAB:VIX" }, VIX3M: { provider: "simulated", symbol: "SIM:LAB:VIX3M" } } },
    indicators_of: [
      { name: "vix_level" },
      { name: "vix_term_slope" },
      { name: "vix_percentile", window: 20 },
      { name: "atm_iv", days: 30 },
      { name: "iv_rank_52w" },
    ],
    label: { kind: "forward_return", horizon: 3 },
  },
  overnight: {
    asset_type: "eq",
    horizon: "overnight",
    cadence: "15m",
    window: { start: "2024-02-01", end: "2024-03-15" },
    indicators_of: [{ name: "session_return" }, { name: "minutes_to_close" }, { name: "rsi", window: 7 }],
    label: { kind: "close_to_open" },
  },
  overnight_daily: { asset_type: "eq", horizon: "overnight", cadence: "daily", label: { kind: "close_to_open" } },
  barrier: {
    asset_type: "eq",
    horizon: "swing",
    cadence: "daily",
    label: { kind: "triple_barrier", horizon: 10, up: 1, down: 1, sigma: { kind: "trailing", window: 20 }, touch: "high_low" },
  },
  sessions: {
    asset_type: "eq",
    horizon: "swing",
    cadence: "hourly",
    window: { start: "2024-02-01", end: "2024-03-15" },
    label: { kind: "forward_return", horizon: 2, unit: "sessions", task: "regress" },
  },
  long: { asset_type: "eq", horizon: "long", cadence: "daily", label: { kind: "forward_return", horizon: 63 } },
  ticks: {
    asset_type: "eq",
    horizon: "intraday",
    cadence: "5m",
    window: { start: "2024-03-13", end: "2024-03-15" },
    indicators_of: [{ name: "quote_imbalance" }, { name: "microprice" }, { name: "vpin", bucket: 20_000, window: 10 }],
    label: { kind: "next_bar_direction" },
  },
  relative: {
    asset_type: "eq",
    horizon: "swing",
    cadence: "daily",
    data: { symbol: "SIM:LAB:03" },
    indicators_of: [
      { name: "relative_strength", benchmark: "SIM:LAB", window: 10 },
      { name: "rsi", window: 7, underlying: "SIM:LAB" },
      { name: "ret", window: 3, carry_forward: true },
    ],
    label: { kind: "forward_return", horizon: 5 },
  },
  universe: {
    asset_type: "eq",
    horizon: "swing",
    cadence: "daily",
    data: { universe: "few" },
    indicators_of: [
      { name: "market_breadth", window: 20 },
      { name: "rsi", window: 7 },
      { name: "ret", window: 5 },
    ],
    label: { kind: "forward_return", horizon: 5 },
  },
};

/** What every row of a case's matrix must hold beside its promises. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  zero_dte: [
    "atm_iv_front",
    "gex_signed",
    "calls_sold_dm3",
    "puts_sold_d3_signed",
    "pc_ratio",
    "atm_imbalance",
    "mm_profit_dir_simple",
    "mm_inv_gamma_signed",
    "divergence_score_signed",
    "dist_to_max_pain",
    "oi_concentration_hhi_21",
  ],
  zero_dte_volume: ["calls_sold_d0", "puts_premium_dm2", "divergence_score", "imbalance"],
  regime: ["vix_level", "vix_term_slope_vix_vix3m", "vix_percentile_20", "atm_iv_30", "iv_rank_52w_30"],
  ticks: ["quote_imbalance", "microprice", "vpin_20000_10"],
  relative: ["rel_strength_sim_lab_10", "rsi_7_sim_lab", "ret_3_missing"],
  universe: ["market_breadth_20"],
};

let lab: Awaited<ReturnType<typeof createPackLab>>;
/** The same system whose indicators are computed on two threads, whatever the size. */
let threaded: StepPorts;
beforeAll(async () => {
  lab = await createPackLab();
  threaded = { ...lab.ports, computeColumns: createColumnWorkers({ threads: 2, leastValues: 1, leastThreads: 2 }) };
  await lab.importUniverse("few", [
    { symbol: "SIM:LAB:00", from: "2023-10-02", to: null, delisting_return: null },
    { symbol: "SIM:LAB:01", from: "2023-11-01", to: "2024-02-01", delisting_return: -0.3 },
    { symbol: "SIM:LAB:02", from: "2023-10-02", to: null, delisting_return: null },
  ]);
  for (const [modelId, { indicators_of, data, ...rest }] of Object.entries(CASES))
    await lab.create({
      ...rest,
      model_id: modelId,
      ticker: "SIM:LAB",
      data: { provider: "simulated", symbol: "SIM:LAB", ...data },
      ...(indicators_of === undefined ? {} : { indicator_set: { indicators: [...indicators_of] } }),
    });
});

const known = (column: Float64Array): number => column.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
const featureOf = ({ info, features }: Matrix, name: string): Float64Array => {
  const at = info.features.findIndex((feature) => feature.name === name);
  if (at < 0) throw new Error(`No feature "${name}" among ${info.features.map((feature) => feature.name).join(", ")}.`);
  return features[at]!;
};

describe("a user's pack that offers everything", () => {
  it("is approved, with every indicator in its menu", () => {
    expect(validatePack(lab.resolved.documents, PACK)).toMatchObject({ status: "APPROVED" });
    expect(lab.resolved.pack.indicators.map(({ name }) => name)).toEqual([...INDICATORS.keys()]);
  });
});

describe.each(Object.keys(CASES))("the model %s", (modelId) => {
  it("has a matrix that is proven, kept, found again, and the same on any number of threads", async () => {
    const built = await lab.build(modelId);
    expect(built).toMatchObject({ leakage: "ok", forced: [], reused: false, prefix: "owners/lab-simulated/" });
    expect(built.quality).not.toBe("fail");
    expect(built.stamps).toContain("simulated");
    expect(built.stamps.includes("research_only")).toBe(modelId === "overnight_daily");
    expect(built.rows).toBeGreaterThan(0);
    expect(built.values_compared).toBeGreaterThan(built.rows);

    const { matrix, manifest } = await lab.matrix(built.prefix, built.matrix_sha);
    expect(manifest.columns).toHaveLength(built.columns);
    expect(known(matrix.y)).toBeGreaterThan(0);
    for (const name of COLUMNS[modelId] ?? []) expect(known(featureOf(matrix, name)), name).toBeGreaterThan(0);

    expect(await lab.build(modelId)).toEqual({ ...built, reused: true });
    await lab.emptyMatrices();
    expect(await lab.build(modelId, {}, threaded)).toEqual(built);
  });

  it("can be looked at before it is built, two sessions at a time", async () => {
    const preview = await lab.preview(modelId);
    expect(preview.leakage.status).toBe("ok");
    expect(preview.status).not.toBe("fail");
    expect(preview.sessions).toHaveLength(2);
    expect(preview.rows.length).toBeGreaterThan(1);
    expect(preview.rows.some(({ y }) => y !== null)).toBe(true);
  });
});
