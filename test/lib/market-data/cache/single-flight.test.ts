import { describe, expect, it } from "vitest";
import { createSingleFlight } from "#lib/market-data/cache/single-flight.ts";

describe("createSingleFlight", () => {
  it("shares a piece of work while it is under way, and begins anew after it, also after a failure", async () => {
    const flight = createSingleFlight();
    let begun = 0;
    const work = async (): Promise<number> => {
      begun += 1;
      await Promise.resolve();
      if (begun === 1) throw new Error("first");
      return begun;
    };
    const both = [flight.share("a", work), flight.share("a", work)];
    await expect(both[0]).rejects.toThrow("first");
    await expect(both[1]).rejects.toThrow("first");
    expect(await flight.share("a", work)).toBe(2);
    expect(await Promise.all([flight.share("a", work), flight.share("b", work)])).toEqual([4, 4]);
  });

  it("lets work on one resource follow each other, past failures, and on others run beside", async () => {
    const flight = createSingleFlight();
    const said: string[] = [];
    const work =
      (name: string, ms: number, fails = false) =>
      async (): Promise<void> => {
        said.push(`${name} begins`);
        await new Promise((done) => setTimeout(done, ms));
        said.push(`${name} ends`);
        if (fails) throw new Error(name);
      };
    const first = flight.inTurn("x", work("first", 10, true));
    const second = flight.inTurn("x", work("second", 0));
    const beside = flight.inTurn("y", work("beside", 0));
    await expect(first).rejects.toThrow("first");
    await Promise.all([second, beside]);
    expect(said.indexOf("second begins")).toBeGreaterThan(said.indexOf("first ends"));
    expect(said.indexOf("beside ends")).toBeLessThan(said.indexOf("first ends"));
  });
});
