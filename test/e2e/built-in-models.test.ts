import { describe, expect, it } from "vitest";
import { readBuiltinPacks } from "#lib/adapters/local/builtin-packs.ts";
import { ruleMask } from "#lib/backtest/rules.ts";
import { buildTape } from "#lib/backtest/tape.ts";
import { NYSE } from "#lib/core/calendar.ts";
import { formatDate, parseDate } from "#lib/core/time.ts";
import { BARS_PER_SESSION } from "#lib/indicators/inputs.ts";
import { decidesOnceASession, type Label, labelHorizonBars } from "#lib/matrix/label.schema.ts";
import type { Matrix } from "#lib/matrix/matrix.ts";
import { matrixNeeds } from "#lib/matrix/matrix-spec.ts";
import type { ModelConfig } from "#lib/models/model-config.schema.ts";
import { resolveModel } from "#lib/models/resolve-model.ts";
import type { ResolvedModel } from "#lib/models/resolved-model.ts";
import { packIds } from "#lib/packs/pack-source.ts";
import { resolvePack } from "#lib/packs/resolve-pack.ts";
import type { EntryRule } from "#lib/packs/strategy.schema.ts";
import { createLibraryLab } from "./library-lab.ts";

/** The day after the simulated market's last session. */
const SIMULATED_UNTIL = "2025-01-01";
/** What the names that indicators ask for are called on the simulated market. */
const DATA = {
  provider: "simulated",
  symbol: "SIMMKT",
  others: {
    VIX: { provider: "simulated", symbol: "SIMVIX" },
    VIX3M: { provider: "simulated", symbol: "SIMVIX3M" },
    SPY: { provider: "simulated", symbol: "SIM00" },
  },
} as const;
/** Edges just above the base rate and no calibration, so that fair data give trades too. */
const BACKTEST = { threshold_mode: "edge", thresholds: [0.01], calibration: "none" } as const;

/** Half a year is enough where nothing is fitted. */
const BUILT_FROM = "2024-07-01";

/** Walk-forward begins with 60 labels, which takes a headfake two years: most sessions put no question. */
const isRare = ({ kind }: Label): boolean => kind === "headfake_reversal";
const splitsFor = (label: Label) => (isRare(label) ? { kind: "purged_kfold", splits: 5 } : { kind: "walk_forward", splits: 2 });

const builtin = readBuiltinPacks();
const packs = packIds(builtin).map((id) => resolvePack(builtin, id));
const models = packs.flatMap((pack) =>
  pack.modelIds.map((modelId) => {
    const model = resolveModel(pack, { ...builtin, modelId });
    return { pack: pack.pack.id, modelId, model, window: shortWindow(model) };
  }),
);
const lab = createLibraryLab();

/**
 * The newest sessions that are enough for two folds: years of daily bars cost little and labels of months need them; days of
 * five-minute bars hold as many decisions. A label that decides once a session gives at most one row a day.
 */
function shortWindow({ config, indicatorEntries }: Pick<ResolvedModel, "config" | "indicatorEntries">): {
  readonly start: string | null;
  readonly end: string | null;
} {
  const { cadence, data, label, window } = config;
  const { chains, flow } = matrixNeeds(config, indicatorEntries, data.symbol);
  const light = cadence === "daily" && !chains && !flow && config.instrument === "stocks";
  if (data.provider === "sample" || light) return window;
  const start = NYSE.addSessions(parseDate(window.end ?? SIMULATED_UNTIL), -sessionsFor(label, cadence));
  return { start: formatDate(Math.max(start, window.start === null ? 0 : parseDate(window.start))), end: window.end };
}

/** The same, of which the last half year is enough. */
function buildWindow(model: Pick<ResolvedModel, "config" | "indicatorEntries">): ReturnType<typeof shortWindow> {
  const { start, end } = shortWindow(model);
  return { start: start !== null && start < BUILT_FROM ? BUILT_FROM : start, end };
}

function sessionsFor(label: Label, cadence: ModelConfig["cadence"]): number {
  if (isRare(label)) return 215;
  if (decidesOnceASession(label)) return 240;
  const perSession = BARS_PER_SESSION[cadence];
  const ahead = Math.ceil(labelHorizonBars(label, cadence) / perSession);
  return Math.max(12, Math.ceil(400 / perSession)) + 6 * ahead;
}

/** The sides that labels or returns take, and the last row that has one. */
function labelled({ y, ts }: Matrix): { readonly up: number; readonly down: number; readonly last: number } {
  let up = 0;
  let down = 0;
  let last = Number.NaN;
  for (const [row, value] of y.entries()) {
    if (Number.isNaN(value)) continue;
    if (value > 0) up += 1;
    if (value < 0) down += 1;
    last = ts[row]!;
  }
  return { up, down, last };
}

const emptyFeatures = ({ info, features }: Matrix): string[] =>
  info.features.flatMap(({ name }, i) => (features[i]!.every((value) => Number.isNaN(value)) ? [name] : []));

/** A rule that drops nothing is no rule, and one that drops everything trades nothing. */
function expectSelective(entry: EntryRule, matrix: Matrix): void {
  const passed = ruleMask(entry, buildTape(matrix)).reduce((count, bit) => count + bit, 0);
  expect(passed).toBeGreaterThan(0);
  expect(passed).toBeLessThan(0.9 * matrix.rows);
}

describe("built-in models", () => {
  it("are in every pack", () => {
    for (const pack of packs) expect(pack.modelIds.length, pack.pack.id).toBeGreaterThan(0);
  });

  it.each(models.map((one) => ({ ...one, data: `${one.model.config.data.provider} ${one.model.config.data.symbol}` })))(
    "$pack/$modelId builds, backtests, trains and signals on $data from $window.start on",
    async ({ pack, modelId, model, window }) => {
      const { built, matrix } = await lab.build(pack, modelId, window);
      expect(built).toMatchObject({ leakage: "ok", forced: [] });
      expect(built.quality).not.toBe("fail");
      const { up, down, last } = labelled(matrix);
      expect(Math.min(up, down)).toBeGreaterThan(0);
      expect(emptyFeatures(matrix)).toEqual([]);
      if (model.strategy !== null) expectSelective(model.strategy.entry, matrix);

      const { result, report } = await lab.backtest(pack, modelId, { ...BACKTEST, splits: splitsFor(model.config.label) });
      expect(report.variants).toHaveLength(1);
      expect(result.metrics.trades).toBeGreaterThan(0);
      expect(Number.isFinite(result.metrics.total_return)).toBe(true);
      // A verdict rests on what was measured, and hours never stand between a model and its own idea.
      expect(result.gate.reasons.map(({ code }) => code)).not.toContain("hours_not_allowed");

      const signal = await lab.signal(pack, modelId, result.best_rows[0]!, last);
      expect(["BUY", "SELL", "HOLD"]).toContain(signal.signal);
      expect(signal).toMatchObject({ model_id: modelId, instrument: model.config.instrument === "options" ? "option" : "stock" });
      expect(signal.timestamp).toBe(new Date(last).toISOString());
    },
    180_000,
  );
});

describe("templates and idea sets that no built-in model uses", () => {
  const rest = packs.flatMap((pack) => {
    const own = models.filter((one) => one.pack === pack.pack.id).map(({ model }) => model.config);
    const templates = [...pack.templates.values()];
    const unused = templates.filter(({ name }) => !own.some(({ template_id }) => template_id === name));
    const covered = new Set([...own.map(({ indicator_set }) => indicator_set), ...unused.map(({ model }) => model.indicator_set)]);
    const ofInstrument = (set: string) => templates.find(({ model }) => set.startsWith(model.asset_type)) ?? templates[0]!;
    const sets = [...pack.indicatorSets.keys()].filter((set) => !covered.has(set));
    return [
      ...unused.map(({ name, model }) => ({ pack: pack.pack.id, template: name, set: model.indicator_set })),
      ...sets.map((set) => ({ pack: pack.pack.id, template: ofInstrument(set).name, set })),
    ];
  });

  it.each(rest)(
    "$pack/$template with $set builds, and its label takes both sides",
    async ({ pack, template, set }) => {
      const request = {
        pack_id: pack,
        template_id: template,
        model_id: `${template}_${set}`,
        ticker: "SIMMKT",
        data: DATA,
        indicator_set: set,
      };
      const { modelId, resolved } = await lab.create(request);
      const { built, matrix } = await lab.build(pack, modelId, buildWindow(resolved));
      expect(built).toMatchObject({ leakage: "ok", forced: [] });
      expect(built.quality).not.toBe("fail");
      const { up, down } = labelled(matrix);
      expect(Math.min(up, down)).toBeGreaterThan(0);
      expect(emptyFeatures(matrix)).toEqual([]);
    },
    180_000,
  );
});

describe("strategies that no built-in model uses", () => {
  const used = new Set(models.map(({ pack, model }) => `${pack}/${model.strategy?.name}`));
  const rest = packs.flatMap((pack) =>
    [...pack.strategies.values()]
      .filter(({ name }) => !used.has(`${pack.pack.id}/${name}`))
      .map(({ name, entry }) => {
        const templates = [...pack.templates.values()];
        const template = templates.find(({ model }) => model.cadence === "daily") ?? templates[0]!;
        return { pack: pack.pack.id, strategy: name, entry, template: template.name };
      }),
  );

  it.each(rest)(
    "$pack/$strategy lets some decisions pass under the template $template, and drops others",
    async (one) => {
      const { pack, strategy, entry, template } = one;
      const request = { pack_id: pack, template_id: template, model_id: `strategy_${strategy}`, ticker: "SIMMKT", data: DATA, strategy };
      const { modelId, resolved } = await lab.create(request);
      const { matrix } = await lab.build(pack, modelId, buildWindow(resolved));
      expectSelective(entry, matrix);
    },
    180_000,
  );
});
