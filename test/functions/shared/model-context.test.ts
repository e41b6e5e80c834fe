import { describe, expect, it } from "vitest";
import { loadModelContext } from "#functions/shared/model-context.ts";
import { createLab, MODEL } from "../lab.ts";

describe("loadModelContext", () => {
  it("asks for the configured world of the simulation and shares what everybody can make", async () => {
    const lab = await createLab();
    const context = await loadModelContext(lab.ports, lab.owner, "swingsigma", MODEL);
    expect(lab.asked).toEqual([
      { owner: lab.owner, provider: "simulated", symbol: "SIMEDGE", cadence: "daily", window: { start: null, end: null }, seed: 11 },
    ]);
    expect(context.prefix).toBe("");
    expect(context.lineage).toMatchObject({ matrix_sha: context.matrixSha, code_version: "0.0.0+test" });
  });

  it.each(["files", "polygon", "alpaca"] as const)(
    "keeps what is made of an owner's data of %s in the owner's folder",
    async (provider) => {
      const lab = await createLab({ model: { data: { provider, symbol: "SIMEDGE" } } });
      const { prefix } = await loadModelContext(lab.ports, lab.owner, "swingsigma", MODEL);
      expect(prefix).toBe(`owners/${lab.owner}/`);
      expect(lab.asked[0]).not.toHaveProperty("seed");
    },
  );

  it("lets a request's window stand for the configured one, with warm-up bars before its start", async () => {
    const lab = await createLab();
    const whole = await loadModelContext(lab.ports, lab.owner, "swingsigma", MODEL);
    const part = await loadModelContext(lab.ports, lab.owner, "swingsigma", MODEL, { window: { start: "2011-01-03", end: "2013-01-02" } });
    expect(part.spec.window).toEqual({ start: "2011-01-03", end: "2013-01-02" });
    expect(part.matrixSha).not.toBe(whole.matrixSha);
    expect(lab.asked[1]).toMatchObject({ window: { start: null, end: "2013-01-02" } });
    expect(part.lineage.config_sha).toBe(whole.lineage.config_sha);
  });
});
