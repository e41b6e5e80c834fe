import { describe, expect, it } from "vitest";
import type { GateStatus } from "#lib/leaderboard/gate.schema.ts";
import { chosenFrom } from "../../../../web/src/ui/results/chosen.ts";
import { cartRowOf, nameOfResult, nearDuplicates, type ResultRow } from "../../../../web/src/ui/results/result-row.ts";
import { trainingOrders } from "../../../../web/src/ui/results/training-orders.ts";
import { rowWith } from "../../../lib/leaderboard/rows.fixture.ts";

const row = (row_id: string, change: { model_id?: string; status?: GateStatus; equity?: number[] } = {}): ResultRow =>
  ({
    ...rowWith({ row_id, gate: { status: change.status ?? "PASS", reasons: [] } }),
    ...(change.model_id === undefined ? {} : { model_id: change.model_id }),
    ...(change.equity === undefined ? {} : { equity: change.equity }),
  }) as ResultRow;

describe("trainingOrders", () => {
  it("makes one run a model, in the order of the rows", () => {
    const { orders } = trainingOrders([row("a"), row("b", { model_id: "other" }), row("c")]);
    expect(orders.map(({ model_id, rows }) => [model_id, rows.map(({ row_id }) => row_id)])).toEqual([
      ["spx_eq_swing_daily", ["a", "c"]],
      ["other", ["b"]],
    ]);
  });

  it("knows what the gate wants said", () => {
    const asked = (status: GateStatus) => {
      const { needsReason, needsResearch } = trainingOrders([row("a"), row("b", { status })]);
      return [needsReason, needsResearch];
    };
    expect(asked("PASS")).toEqual([false, false]);
    expect(asked("MARGINAL")).toEqual([true, false]);
    expect(asked("MARGINAL_SIG")).toEqual([true, false]);
    expect(asked("FAIL")).toEqual([false, true]);
  });

  it("takes five rows of a model at most", () => {
    const six = ["a", "b", "c", "d", "e", "f"].map((id) => row(id));
    expect(trainingOrders(six.slice(1)).tooMany).toEqual([]);
    expect(trainingOrders(six).tooMany).toEqual(["spx_eq_swing_daily"]);
  });
});

describe("nearDuplicates", () => {
  it("finds rows of one model that win and lose together", () => {
    const a = row("a", { equity: [1, 1.1, 1, 1.2, 1.1] });
    const b = row("b", { equity: [1, 1.2, 1, 1.4, 1.2] });
    const c = row("c", { equity: [1, 0.9, 1, 0.8, 0.9] });
    const d = row("d", { equity: a.equity as number[], model_id: "other" });
    expect(nearDuplicates([a, b, c, d]).map((pair) => pair.map(({ row_id }) => row_id))).toEqual([["a", "b"]]);
  });

  it("finds none in curves that never move, or that differ in length", () => {
    const flat = [row("a", { equity: [1, 1, 1, 1] }), row("b", { equity: [1, 1, 1, 1] }), row("c", { equity: [1, 2, 3] })];
    expect(nearDuplicates(flat)).toEqual([]);
  });
});

describe("chosenFrom", () => {
  it("keeps what the list does not show, and adds what was chosen last", () => {
    const [a, b, c] = [row("a"), row("b"), row("c")];
    const cart = [cartRowOf(c), cartRowOf(a)];
    expect(chosenFrom(cart, [a, b], new Set(["b"])).map(({ row_id }) => row_id)).toEqual(["c", "b"]);
    expect(chosenFrom(cart, [a, b], new Set(["a", "b", "c"])).map(({ row_id }) => row_id)).toEqual(["c", "a", "b"]);
  });
});

describe("nameOfResult", () => {
  it("tells a variant by its settings, and by how its model was put together", () => {
    expect(nameOfResult(row("a"))).toBe("edge ≥ 0.1, top 35%, hold 10");
    const composition = { id: "0123456789abcdef", label: "aggressive", change: {} };
    expect(nameOfResult({ ...row("a"), composition } as ResultRow)).toBe("aggressive: edge ≥ 0.1, top 35%, hold 10");
  });
});
