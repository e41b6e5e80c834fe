import { describe, expect, it } from "vitest";
import { trainedOf } from "../../../../web/src/pages/backtest/trained-of.ts";

type Row = Parameters<typeof trainedOf>[0];
type Trained = Parameters<typeof trainedOf>[1][number];

const LINEAGE = { matrix_sha: "m1", config_sha: "c1" };
const ROW = { row_id: "r1", pack_id: "p", model_id: "spx", params: { composition: null }, lineage: LINEAGE } as unknown as Row;
const trained = (change: object): Trained =>
  ({
    trained_model_id: "t",
    row_id: "r2",
    pack_id: "p",
    model_id: "spx",
    variant: { params: { composition: null } },
    lineage: LINEAGE,
    created_at: "2026-01-01T00:00:00Z",
    ...change,
  }) as unknown as Trained;

describe("trainedOf", () => {
  it("finds the model of the very result before one of another result, and the newest of several", () => {
    const models = [
      trained({ trained_model_id: "alike", created_at: "2026-03-01T00:00:00Z" }),
      trained({ trained_model_id: "first", row_id: "r1" }),
      trained({ trained_model_id: "again", row_id: "r1", created_at: "2026-02-01T00:00:00Z" }),
    ];
    expect(trainedOf(ROW, models)).toMatchObject({ model: { trained_model_id: "again" }, isOwn: true });
    expect(trainedOf(ROW, models.slice(0, 1))).toMatchObject({ model: { trained_model_id: "alike" }, isOwn: false });
  });

  it("takes no model that was made of other data or of another definition", () => {
    const others = [
      trained({ row_id: null }),
      trained({ lineage: { ...LINEAGE, matrix_sha: "m2" } }),
      trained({ lineage: { ...LINEAGE, config_sha: "c2" } }),
      trained({ variant: { params: { composition: "x" } } }),
      trained({ model_id: "ndx" }),
      trained({ pack_id: "q" }),
    ];
    expect(trainedOf(ROW, others)).toBeUndefined();
  });
});
