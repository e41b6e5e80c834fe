import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isSelected } from "#lib/models/column-globs.ts";
import { planModel } from "#lib/models/create-model.ts";
import { packIds } from "#lib/packs/pack-source.ts";
import { resolvePack } from "#lib/packs/resolve-pack.ts";
import { jsonSchemas } from "../../../cli/generate/json-schemas.ts";
import { builtin } from "./support.ts";

const swing = resolvePack(builtin, "swingsigma");
const strategies = [null, ...swing.strategies.keys()];

describe("built-in packs", () => {
  it("are an idea each", () => {
    expect(packIds(builtin)).toEqual(["longsigma", "momentumsigma", "overnightsigma", "swingsigma", "zerosigma"]);
  });

  it("start every document with its JSON Schema", () => {
    for (const path of builtin.list()) {
      const [, file] = /^# yaml-language-server: \$schema=(?:\.\.\/)+schema\/(\S+)\n/.exec(builtin.read(path)!) ?? [];
      expect(Object.keys(jsonSchemas()), path).toContain(file);
    }
  });

  it("have limits as the evaluation's table says", () => {
    expect(Object.fromEntries([...swing.riskProfiles].map(([name, { risk_budget }]) => [name, risk_budget]))).toEqual({
      conservative: {
        min_bets: 50,
        min_sharpe: 0.7,
        min_dsr: 0.95,
        max_p_oos_loss: 0.1,
        max_drawdown_pct: 20,
        adv_bps_max: 5,
        turnover_max: 1.5,
      },
      balanced: {
        min_bets: 30,
        min_sharpe: 0.5,
        min_dsr: 0.9,
        max_p_oos_loss: 0.2,
        max_drawdown_pct: 25,
        adv_bps_max: 10,
        turnover_max: 2,
      },
      aggressive: {
        min_bets: 20,
        min_sharpe: 0.4,
        min_dsr: 0.85,
        max_p_oos_loss: 0.2,
        max_drawdown_pct: 30,
        adv_bps_max: 15,
        turnover_max: 3,
      },
    });
  });

  it("have strategies as their names promise", () => {
    const { momentum_swing, mean_reversion_swing, breakout_swing } = Object.fromEntries(swing.strategies);
    expect(momentum_swing).toMatchObject({ default: true, side: "both", entry: { all: [{ column: "adx_14", op: ">", value: 25 }] } });
    expect(momentum_swing?.indicators).toEqual(
      expect.arrayContaining([
        { name: "rsi", window: 14 },
        { name: "macd", fast: 12, slow: 26, signal: 9 },
      ]),
    );
    expect(mean_reversion_swing).toMatchObject({ side: "long", entry: { all: [{ column: "adx_14", op: "<", value: 20 }] } });
    expect(mean_reversion_swing?.indicators).toEqual(
      expect.arrayContaining([
        { name: "rsi", window: 21 },
        { name: "bollinger_bands", window: 20, num_std: 2 },
      ]),
    );
    expect(breakout_swing?.entry).toEqual({
      all: [
        { column: "vol_ratio_20", op: ">", value: 2 },
        { column: "adx_14", op: ">", value: 30 },
      ],
    });
  });

  describe.each([...swing.templates])("template %s", (template_id, { model: { asset_type } }) => {
    const sets = ["default", "breakout", "meanrevert"].map((idea) => `${asset_type}_${idea}`);
    it.each(strategies.flatMap((strategy) => [...sets, "default"].map((set) => ({ strategy, set }))))(
      "makes a coherent model under $strategy and $set, without price levels among its features",
      ({ strategy, set }) => {
        const { resolved } = planModel({ pack_id: "swingsigma", template_id, ticker: "SPX", strategy, indicator_set: set }, swing);
        const { config, columns } = resolved;
        const levels = columns.filter(
          ({ name, unit }) => (unit === "price" || unit === "volume") && isSelected(name, config.features.custom),
        );
        expect(levels.map(({ name }) => name).filter((name) => !name.startsWith("macd_hist_"))).toEqual([]);
        expect(
          config.features.custom.exclude.every((glob) => columns.some(({ name }) => !isSelected(name, { include: [], exclude: [glob] }))),
        ).toBe(true);
      },
    );
  });
});

describe("jsonSchemas", () => {
  it.each(Object.entries(jsonSchemas()))("has the current %s in packs/schema (else run `npm run schemas`)", (file, text) => {
    expect(readFileSync(new URL(`../../../packs/schema/${file}`, import.meta.url), "utf8")).toBe(text);
  });
});
